/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli;

/**
 * Ends work that is to stop.
 *
 * <p>Specified by {@code CommandLineIT}.
 */
public final class StoppedException extends RuntimeException {}
