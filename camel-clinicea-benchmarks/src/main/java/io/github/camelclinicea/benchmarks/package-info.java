/** Measures the component beside what one would use instead, on a server in a process of its own. */
package io.github.camelclinicea.benchmarks;
