/** The routes that the documentation shows. */
package io.github.camelclinicea.examples.routes;
