/** The main job: a clinic mirrored into a SQL database, kept up to date, and checked row by row. */
package io.github.camelclinicea.examples.mirror;
