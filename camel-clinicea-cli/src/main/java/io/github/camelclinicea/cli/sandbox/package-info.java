/** The command {@code clinicea sandbox}. */
package io.github.camelclinicea.cli.sandbox;
