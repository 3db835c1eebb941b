/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

/** The state in the repository belongs to another list. The message says which remedies there are. */
public final class ForeignStateException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** @param message what to do; names no server and no credential */
    public ForeignStateException(String message) {
        super(message);
    }
}
