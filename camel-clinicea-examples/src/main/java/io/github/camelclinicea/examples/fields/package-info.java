/** Reads rows by the names in an application's mapping file. */
package io.github.camelclinicea.examples.fields;
