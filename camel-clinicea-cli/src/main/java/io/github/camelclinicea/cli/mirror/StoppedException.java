/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

/**
 * Ends a mirror that is to stop.
 *
 * <p>Specified by {@code CommandLineIT}.
 */
final class StoppedException extends RuntimeException {}
