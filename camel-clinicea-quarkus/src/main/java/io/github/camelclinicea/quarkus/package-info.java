/** An application on Camel Quarkus: the clinic's changes into a database, and an appointment for those who ask. */
package io.github.camelclinicea.quarkus;
