/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

/**
 * The list cannot be read in a way that keeps the sync contract. The checkpoint has not moved.
 *
 * <p>Specified by {@code SyncContractTest}.
 */
public final class SyncException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what the server did, and which option may help; no row content
     */
    public SyncException(String message) {
        super(message);
    }
}
