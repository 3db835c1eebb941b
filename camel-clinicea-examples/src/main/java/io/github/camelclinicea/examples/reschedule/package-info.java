/** Moves the appointments of a CSV file, and reports the outcome of each. */
package io.github.camelclinicea.examples.reschedule;
