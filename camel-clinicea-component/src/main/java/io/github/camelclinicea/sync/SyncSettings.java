/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import java.time.Duration;
import java.util.Objects;

/**
 * What a user sets of a sync.
 *
 * @param syncId names the sync inside the repository; 1 to 77 characters without {@code @} and {@code #}, so that each of
 *     its keys fits the JDBC repository's 100
 * @param overlap how far before the server's clock the next sweep starts; not negative
 * @param pagesInFlight how many pages may be fetched or worked on at once; 1 or more
 * @param firstPage the number of the first page
 * @param firstPageCertain whether the user set it; a 0 from the catalogue is certain only once rows came by it
 * @param pageSize rows of a full page
 * @param maxPages a sweep that goes beyond it fails: the server does not end
 * @param maxPasses how often a list that shifts while it is read is read again in one poll
 * @param maxRows how many rows one poll delivers at most; 0 for no limit
 * @param maxHeldRows how many failed rows are kept in memory at most; 0 to keep none
 * @param heldRowBackoff how long a held row waits after its tenth attempt and each further one; not negative
 * @param dropsDeleted whether deleted records leave the list, so that rows shift without a trace
 * @param batching whether the due rows of a page with the same status are one delivery
 * @param transacted whether the keys of a delivery are written inside a transaction, by {@link Delivery#remember}
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

    /** How many failed rows are kept in memory unless the user says otherwise. */
    public static final int MAX_HELD_ROWS = 1_000;

    /** How long a held row waits after its tenth attempt unless the user says otherwise. */
    public static final Duration HELD_ROW_BACKOFF = Duration.ofMinutes(10);

    /** The longest sync id whose ledger keys, {@code <syncId>#} and 22 characters, have room in 100. */
    public static final int LONGEST_SYNC_ID = 77;

    /** Settings with the usual limits of held rows, for a list in which deleted records stay. */
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
