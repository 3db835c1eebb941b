/**
 * Real processes on real databases, killed with -9 or stopped at the worst moments: what the sync contract promises must
 * hold all the same.
 */
package io.github.camelclinicea.crash;
