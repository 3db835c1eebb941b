/** Measures the component and its alternatives, on a server in a process of its own. */
package io.github.camelclinicea.benchmarks;
