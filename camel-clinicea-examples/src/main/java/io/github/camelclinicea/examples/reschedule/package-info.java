/** Appointments moved as a CSV file says, and a report of what became of each. */
package io.github.camelclinicea.examples.reschedule;
