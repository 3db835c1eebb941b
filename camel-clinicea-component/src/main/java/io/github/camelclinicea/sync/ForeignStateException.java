/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

/**
 * The state in the repository belongs to another list. The message names the remedies.
 *
 * <p>Specified by {@code StateOwnerTest}.
 */
public final class ForeignStateException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what to do; names no server and no credential
     */
    public ForeignStateException(String message) {
        super(message);
    }
}
