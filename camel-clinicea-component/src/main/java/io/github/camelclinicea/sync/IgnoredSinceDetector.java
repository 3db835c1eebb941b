/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import java.time.Instant;

/**
 * Notices a server that ignores the since-parameter: it sends everything each time, and the ledger hides that from the
 * route. A server that honours it shows the same rows again, too, as long as they lie within the overlap.
 */
final class IgnoredSinceDetector {
    /** Nothing but known rows on fewer pages costs too little to speak of. */
    private static final int MANY_PAGES = 10;

    /** The server's time at the first poll after the last one that showed something new. */
    private Instant nothingNewSince;

    private boolean noticed;

    /** A poll showed something new, however it ended. */
    void newRows() {
        nothingNewSince = null;
    }

    /**
     * To be told of each clean poll that showed nothing new.
     *
     * @param asked the moment since which it asked
     * @return whether it proves that the server ignores that; true once only
     */
    boolean ignored(Poll poll, Instant asked) {
        if (nothingNewSince == null) {
            nothingNewSince = poll.serverStart();
        }
        boolean proven = nothingNewSince != null && asked.isAfter(nothingNewSince) && poll.pages() > MANY_PAGES;
        boolean first = proven && !noticed;
        noticed |= proven;
        return first;
    }
}
