/** Route policies that several examples share. */
package io.github.camelclinicea.examples.policy;
