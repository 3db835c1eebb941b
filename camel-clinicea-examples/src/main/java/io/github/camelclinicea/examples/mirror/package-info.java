/** Mirrors a clinic into a SQL database, keeps the mirror up to date, and compares it row by row. */
package io.github.camelclinicea.examples.mirror;
