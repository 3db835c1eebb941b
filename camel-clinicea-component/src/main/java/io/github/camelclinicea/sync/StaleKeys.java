/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Removes keys step by step, until the consumer is stopped or another node has delivered rows.
 *
 * <p>Specified by {@code LedgerTest}.
 */
final class StaleKeys {
    /** Removed with one call, if the repository can: few enough that a stop does not wait long. */
    private static final int KEYS_IN_A_STEP = 1_000;

    private final RepositoryKeys keys;
    private final Fence fence;
    private final BooleanSupplier open;
    private final Progress progress;
    private final List<String> next = new ArrayList<>();
    private boolean stopped;

    /**
     * @param fence says whether another node has delivered rows
     * @param open whether to go on
     * @param progress is notified of each step
     */
    StaleKeys(RepositoryKeys keys, Fence fence, BooleanSupplier open, Progress progress) {
        this.keys = keys;
        this.fence = fence;
        this.open = open;
        this.progress = progress;
    }

    void remove(String key) {
        stopped = stopped || !open.getAsBoolean();
        if (!stopped) {
            next.add(key);
            if (next.size() == KEYS_IN_A_STEP || !keys.isBulk()) {
                removeStep();
            }
        }
    }

    private void removeStep() {
        // The keys were listed before this look, so none of them is of another node's delivery in this poll.
        if (!fence.holds()) {
            stopped = true;
            return;
        }
        keys.removeAll(next);
        next.clear();
        progress.made();
    }

    /** Removes the rest; returns false if the consumer was stopped or another node has delivered. */
    boolean end() {
        if (!stopped && !next.isEmpty()) {
            removeStep();
        }
        return !stopped;
    }
}
