/**
 * Runs an application on Camel Quarkus. It writes the clinic's changes into a database, and books an appointment for
 * patients who ask for one.
 */
package io.github.camelclinicea.quarkus;
