/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import java.time.Duration;
import java.util.Objects;

/**
 * The options of one sync.
 *
 * @param syncId the name of the sync in the repository; 1 to 77 characters without {@code @} and {@code #}, so that
 *     each of its keys fits the 100 characters of the JDBC repository
 * @param overlap the time before the server's clock at which a new checkpoint is set; not negative
 * @param pagesInFlight the limit of the pages in flight; 1 or more
 * @param firstPage the number of the first page; 0 or more
 * @param firstPageCertain whether the user gave that number; a 0 of the catalogue is certain only once rows came by it
 * @param pageSize the number of rows of a full page; 1 or more
 * @param maxPages the number of pages after which a reading fails, since the list does not end; 1 or more
 * @param maxPasses how often one poll reads a list again that shifts while it is read; 1 or more
 * @param maxRows how many rows one poll emits at most, without those that come again; 0 for no limit
 * @param maxHeldRows how many failed rows are kept in memory at most; 0 to keep none
 * @param heldRowBackoff how long a held row waits after its tenth attempt and each further one; not negative
 * @param dropsDeleted whether deleted records leave the list, so that rows shift without a trace
 * @param batching whether the due rows of a page with the same status are one delivery
 * @param transacted whether the keys of a delivery are written inside a transaction, by {@link Delivery#remember}
 *
 * <p>Specified by {@code BadOptionsTest}.
 */
public record SyncSettings(
        String syncId,
        Duration overlap,
        int pagesInFlight,
        int firstPage,
        boolean firstPageCertain,
        int pageSize,
        int maxPages,
        int maxPasses,
        int maxRows,
        int maxHeldRows,
        Duration heldRowBackoff,
        boolean dropsDeleted,
        boolean batching,
        boolean transacted) {

    /** The default limit of held rows. */
    public static final int MAX_HELD_ROWS = 1_000;

    /** The default wait of a held row after its tenth attempt. */
    public static final Duration HELD_ROW_BACKOFF = Duration.ofMinutes(10);

    /** The length of the longest sync id: its ledger keys, {@code <syncId>#} and 22 characters, have 100 characters. */
    public static final int LONGEST_SYNC_ID = 77;

    /** Creates settings with the default limits of held rows, for a list in which deleted records stay. */
    public SyncSettings(
            String syncId,
            Duration overlap,
            int pagesInFlight,
            int firstPage,
            boolean firstPageCertain,
            int pageSize,
            int maxPages,
            int maxPasses,
            int maxRows) {
        this(
                syncId,
                overlap,
                pagesInFlight,
                firstPage,
                firstPageCertain,
                pageSize,
                maxPages,
                maxPasses,
                maxRows,
                MAX_HELD_ROWS,
                HELD_ROW_BACKOFF,
                false,
                false,
                false);
    }

    public SyncSettings {
        Objects.requireNonNull(overlap, "overlap");
        require(!syncId.isBlank(), "syncId must not be blank");
        require(
                syncId.length() <= LONGEST_SYNC_ID,
                "syncId has " + syncId.length() + " characters; use " + LONGEST_SYNC_ID
                        + " at most, so that its keys fit a repository column of 100");
        require(
                syncId.indexOf('@') < 0 && syncId.indexOf('#') < 0,
                "syncId must not contain @ or #, which separate it from the rest of a key");
        require(!overlap.isNegative(), "overlap must not be negative");
        require(pagesInFlight >= 1, "pagesInFlight must be 1 or more, not " + pagesInFlight);
        require(firstPage >= 0, "firstPage must be 0 or more, not " + firstPage);
        require(pageSize >= 1, "pageSize must be 1 or more, not " + pageSize);
        require(maxPages >= 1, "maxPages must be 1 or more, not " + maxPages);
        require(maxHeldRows >= 0, "maxHeldRows must be 0 or more, not " + maxHeldRows);
        require(!heldRowBackoff.isNegative(), "heldRowBackoff must not be negative");
        require(maxPasses >= 1, "maxPasses must be 1 or more, not " + maxPasses);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
