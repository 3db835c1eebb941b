/** Runs an application of the examples as a process that a test kills. */
package io.github.camelclinicea.examples.process;
