/** The command {@code clinicea}, and what its commands share. */
package io.github.camelclinicea.cli;
