/**
 * Tests the promises of the sync contract with real processes on real databases, which are killed with -9 or stopped at
 * the worst moments.
 */
package io.github.camelclinicea.crash;
