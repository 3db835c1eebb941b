/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import java.util.List;

/**
 * How many rows a poll may still emit. Rows that come again, whether they failed, differ at each read or share their record
 * with others, do not count: they would use up the limit in every poll, and the rows behind them would never be emitted.
 */
final class DeliveryLimit {
    private final int limit;
    private final SyncState state;
    private int used;

    /** @param limit 0 for none */
    DeliveryLimit(int limit, SyncState state) {
        this.limit = limit;
        this.state = state;
    }

    /**
     * Returns how many of these rows, from the first on, may be emitted; they are counted as if they were.
     *
     * @param placesBefore how many rows of the list stand before their page
     */
    int of(List<Due> due, int placesBefore) {
        if (limit == 0) {
            return due.size();
        }
        int size = 0;
        for (Due next : due) {
            boolean again = state.cameBefore(next.row(), placesBefore + next.index());
            if (!again && used == limit) {
                return size;
            }
            used += again ? 0 : 1;
            size++;
        }
        return size;
    }
}
