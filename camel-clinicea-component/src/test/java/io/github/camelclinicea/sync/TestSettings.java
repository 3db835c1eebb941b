/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import java.time.Duration;

/** Settings of the sync {@code s}, whose first page is 0, and which reads one page at a time. */
final class TestSettings {
    static final Duration OVERLAP = Duration.ofMinutes(5);

    private TestSettings() {}

    /** Returns settings for a list of one page. */
    static SyncSettings of(boolean batching, boolean transacted) {
        return of(1, 100, 0, batching, transacted);
    }

    static SyncSettings of(int pagesInFlight, int pageSize, int maxRows, boolean batching, boolean transacted) {
        return new SyncSettings(
                "s",
                OVERLAP,
                pagesInFlight,
                0,
                true,
                pageSize,
                100,
                4,
                maxRows,
                SyncSettings.MAX_HELD_ROWS,
                SyncSettings.HELD_ROW_BACKOFF,
                false,
                batching,
                transacted);
    }
}
