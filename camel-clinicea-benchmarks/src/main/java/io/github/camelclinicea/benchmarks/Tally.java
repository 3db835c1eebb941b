package io.github.camelclinicea.benchmarks;

import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** The work per row that every peer does: count it, having read its id and status. Used by any number of threads. */
class Tally {
    private final LongAdder rows = new LongAdder();
    private final LongAdder deleted = new LongAdder();

    void row(String id, String status) {
        Objects.requireNonNull(id, "id");
        rows.increment();
        if ("Deleted".equals(status)) {
            deleted.increment();
        }
    }

    /** @throws IllegalStateException if there were not that many, a fifth of them deleted: then nothing was measured */
    void requireRows(long expected) {
        if (rows.sum() != expected || deleted.sum() != expected / 5) {
            throw new IllegalStateException(
                    rows.sum() + " rows, " + deleted.sum() + " of them deleted, instead of " + expected);
        }
    }
}
