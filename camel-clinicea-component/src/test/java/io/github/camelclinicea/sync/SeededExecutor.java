/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;

/** Runs its tasks on the caller's thread on demand, in a random order. */
final class SeededExecutor implements Executor {
    private final List<Runnable> waiting = new ArrayList<>();
    private final Random random;
    private int most;

    SeededExecutor(Random random) {
        this.random = random;
    }

    @Override
    public void execute(Runnable task) {
        waiting.add(task);
        most = Math.max(most, waiting.size());
    }

    int waiting() {
        return waiting.size();
    }

    /** Returns the most tasks that waited at once since the last call. */
    int most() {
        int since = most;
        most = waiting.size();
        return since;
    }

    /** Runs one task. Returns false if there was none. */
    boolean runOne() {
        if (waiting.isEmpty()) {
            return false;
        }
        waiting.remove(random.nextInt(waiting.size())).run();
        return true;
    }
}
