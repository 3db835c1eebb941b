/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Finds out, with a few reads, what the documentation leaves open about a real account. It reports names, types, counts
 * and statuses, never a value of a row.
 */
package io.github.camelclinicea.cli.probe;
