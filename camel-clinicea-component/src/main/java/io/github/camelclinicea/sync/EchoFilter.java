/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Row;
import java.util.HashSet;
import java.util.Set;

/** Distinguishes echoes from the versions that are to be delivered. Used by the thread that polls. */
final class EchoFilter {
    private final EchoMarks marks;

    /**
     * Records that were delivered while a guard was set. Their next version is delivered, too, even if there is a new
     * guard: its mark may be older than that delivery.
     */
    private final Set<Long> deliveredUnderGuard = new HashSet<>();

    private final SyncCounters counters;

    /** @param marks the marks of own writes; null to deliver every version */
    EchoFilter(EchoMarks marks, SyncCounters counters) {
        this.marks = marks;
        this.counters = counters;
    }

    /** Returns whether a new version is an echo. To be asked once for each. */
    boolean drops(Row row) {
        return marks != null && !deliveredUnderGuard.remove(row.recordKey()) && marks.isMarked(row);
    }

    /**
     * Records that an echo was dropped. To be called once the ledger has its key: a mark removed before that would
     * let it through after a crash.
     */
    void dropped(Row row) {
        marks.used(row);
        counters.echo();
    }

    /** Records that a version will be delivered. To be called before the route can see it. */
    void passes(Row row) {
        if (marks != null && marks.removeGuard(row)) {
            deliveredUnderGuard.add(row.recordKey());
        }
    }
}
