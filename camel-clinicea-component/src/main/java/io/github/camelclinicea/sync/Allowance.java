package io.github.camelclinicea.sync;

import java.util.List;

/** How many rows a poll may still deliver. Rows that failed before come besides, or they would starve the rest. */
final class Allowance {
    private final int limit;
    private final SyncState state;
    private int used;

    /** @param limit 0 for none */
    Allowance(int limit, SyncState state) {
        this.limit = limit;
        this.state = state;
    }

    /** @return how many of these, from the first on, may be delivered; they are counted as if they were */
    int of(List<Due> due) {
        if (limit == 0) {
            return due.size();
        }
        int size = 0;
        for (Due next : due) {
            boolean again = state.failedBefore(next.row().version());
            if (!again && used == limit) {
                return size;
            }
            used += again ? 0 : 1;
            size++;
        }
        return size;
    }
}
