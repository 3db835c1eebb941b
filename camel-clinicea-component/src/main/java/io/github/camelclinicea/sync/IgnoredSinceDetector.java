/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import java.time.Instant;

/**
 * Detects a server that ignores the since parameter: it sends everything each time, and the ledger hides that from the
 * route. A server that honours the parameter also shows the same rows again, as long as they lie within the overlap.
 *
 * <p>Specified by {@code SyncWarningsTest}.
 */
final class IgnoredSinceDetector {
    /** Known rows on fewer pages cost too little for a warning. */
    private static final int MANY_PAGES = 10;

    /** The server's time at the first poll after the last one that showed a new row. */
    private Instant nothingNewSince;

    private boolean noticed;

    /** Records that a poll showed a new row, however it ended. */
    void newRows() {
        nothingNewSince = null;
    }

    /**
     * Returns whether the poll proves that the server ignores the since parameter; true only once. To be asked after
     * each clean poll that showed no new row.
     */
    boolean isProvenBy(Poll poll) {
        if (nothingNewSince == null) {
            nothingNewSince = poll.clock().serverStart();
        }
        boolean proven =
                nothingNewSince != null && poll.clock().since().isAfter(nothingNewSince) && poll.pages() > MANY_PAGES;
        boolean first = proven && !noticed;
        noticed |= proven;
        return first;
    }
}
