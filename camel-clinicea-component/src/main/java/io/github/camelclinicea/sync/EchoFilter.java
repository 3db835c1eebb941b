/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Row;
import java.util.HashSet;
import java.util.Set;

/**
 * Tells the versions that this component wrote itself from those that are to be delivered. Used by the thread that polls.
 */
final class EchoFilter {
    private final EchoMarks marks;

    /**
     * Records of which a version was delivered under a watch. Whatever comes next of them is delivered too, even if the
     * watch has been laid anew: the mark may be older than that delivery.
     */
    private final Set<Long> disturbed = new HashSet<>();

    private volatile long dropped;

    /** @param marks where the marks are, or null if everything is to be delivered */
    EchoFilter(EchoMarks marks) {
        this.marks = marks;
    }

    /** @return whether it is to be dropped. Asked once for each version that is new */
    boolean drops(Row row) {
        return marks != null && !disturbed.remove(row.recordKey()) && marks.isMarked(row);
    }

    /** To be called when it stands in the ledger, and not before: a mark that goes first would let it through at a crash. */
    void dropped(Row row) {
        marks.used(row);
        dropped++;
    }

    /** To be called before the route can see it. */
    void passes(Row row) {
        if (marks != null && marks.tellOfDelivery(row)) {
            disturbed.add(row.recordKey());
        }
    }

    /** @return how many versions were dropped */
    long count() {
        return dropped;
    }
}
