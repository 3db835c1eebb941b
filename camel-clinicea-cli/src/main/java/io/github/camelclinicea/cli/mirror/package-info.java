/** The command {@code clinicea mirror}: mirrors a clinic into a SQL database and keeps the mirror up to date. */
package io.github.camelclinicea.cli.mirror;
