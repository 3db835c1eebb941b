/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

/**
 * The state in the repository belongs to another list. The message names the remedies.
 *
 * <p>Specified by {@code StateOwnerTest}.
 */
public final class ForeignStateException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String syncId;

    /**
     * Creates the exception.
     *
     * @param syncId the sync whose state it is
     * @param message what to do; names no server and no credential
     */
    public ForeignStateException(String syncId, String message) {
        super(message);
        this.syncId = syncId;
    }

    /** Returns the sync whose state it is. */
    public String getSyncId() {
        return syncId;
    }
}
