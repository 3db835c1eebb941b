/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

/**
 * Another node has delivered rows of the sync while this one polled. The next poll goes on from what that node left.
 *
 * <p>Specified by {@code FenceTest}.
 */
final class OvertakenException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    OvertakenException(String syncId) {
        super("Another node has delivered rows of sync " + syncId
                + " during this poll. The transaction was rolled back,"
                + " and the next poll reads the list again. Run the route under master: so that one node polls");
    }
}
