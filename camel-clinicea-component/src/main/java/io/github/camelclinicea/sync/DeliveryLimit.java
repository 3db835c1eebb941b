/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Row;
import java.util.List;

/**
 * Limits how many rows one poll emits. Rows that come again do not count: those that failed, differ at each read or
 * share their record with others. Otherwise they would use up the limit in every poll, and the rows behind them would
 * never be emitted.
 *
 * <p>Remembers for that, from one poll to the next, which records were emitted. Used by the thread that polls.
 *
 * <p>Specified by {@code LimitedPollTest}.
 */
final class DeliveryLimit {
    private final int limit;
    private final HeldRows held;

    private VersionTable emittedBefore = new VersionTable();
    private VersionTable emittedNow = new VersionTable();
    private int placesBefore;
    private int placesNow;
    private int used;

    /** @param limit 0 for none */
    DeliveryLimit(int limit, HeldRows held) {
        this.limit = limit;
        this.held = held;
    }

    void beginPoll() {
        emittedBefore = emittedNow;
        emittedNow = new VersionTable();
        placesBefore = placesNow;
        placesNow = 0;
        used = 0;
    }

    /**
     * Returns how many of these rows of one page, from the first on, may be emitted; they are counted as if they
     * were.
     */
    int allowed(List<Due> due) {
        if (limit == 0) {
            return due.size();
        }
        int size = 0;
        for (Due next : due) {
            boolean again = comesAgain(next.row(), placesNow + next.index());
            if (!again && used == limit) {
                return size;
            }
            used += again ? 0 : 1;
            size++;
        }
        return size;
    }

    /** @param place how many rows of the list stand before it, which distinguishes rows without an id from new ones */
    private boolean comesAgain(Row row, int place) {
        return emittedBefore.get(row.recordKey()) != null
                || row.id() == null && place < placesBefore
                || held.holds(row.recordKey(), row.version());
    }

    /** Records that the poll emits a row. */
    void emitted(Row row) {
        if (limit > 0) {
            emittedNow.put(row.recordKey(), row.version());
        }
    }

    /** Records that the forward reading emitted all that was due among the next rows of the list. */
    void passed(int rows) {
        placesNow += rows;
    }
}
