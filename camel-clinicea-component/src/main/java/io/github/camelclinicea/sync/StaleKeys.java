/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Removes keys step by step, until the consumer is stopped.
 *
 * <p>Specified by {@code LedgerTest}.
 */
final class StaleKeys {
    /** Removed with one call, if the repository can: few enough that a stop does not wait long. */
    private static final int KEYS_IN_A_STEP = 1_000;

    private final RepositoryKeys keys;
    private final BooleanSupplier open;
    private final Progress progress;
    private final List<String> next = new ArrayList<>();
    private boolean stopped;

    /**
     * @param open whether to go on
     * @param progress is notified of each step
     */
    StaleKeys(RepositoryKeys keys, BooleanSupplier open, Progress progress) {
        this.keys = keys;
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
        keys.removeAll(next);
        next.clear();
        progress.made();
    }

    /** Removes the rest; returns false if the consumer was stopped first. */
    boolean end() {
        if (!stopped && !next.isEmpty()) {
            removeStep();
        }
        return !stopped;
    }
}
