/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.row.RowVersion;
import io.github.camelclinicea.sync.HeldRows.Held;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives held rows up because an operator skipped them: their keys go to the ledger as if they had been delivered. May
 * be called while a poll runs, and while the row itself is in flight. Then the row is given up where it fails, and
 * stays delivered if it is. Used by any thread.
 *
 * <p>The order of the steps matters. A skip writes the key, marks the version, and then asks whether the row is in
 * flight. The polling thread puts a row in flight and then asks for the mark. So one of the two always sees the other.
 *
 * <p>Specified by {@code SkippedRowsTest}.
 */
final class RowSkips {
    private final Ledger ledger;
    private final HeldRows held;
    private final RowsInFlight inFlight;
    private final SyncCounters counters;

    /** The record of each version that was skipped since the poll began, or is in flight. */
    private final Map<RowVersion, Long> marked = new ConcurrentHashMap<>();

    /** The record of each version whose skip failed while it was in flight, so that its key may have been added. */
    private final Map<RowVersion, Long> doubtful = new HashMap<>();

    RowSkips(Ledger ledger, HeldRows held, RowsInFlight inFlight, SyncCounters counters) {
        this.ledger = ledger;
        this.held = held;
        this.inFlight = inFlight;
        this.counters = counters;
    }

    /**
     * Skips all held versions of a record.
     *
     * @param recordId the record's id; for a row without an id its version, as {@link HeldRow#version} has it
     * @return the rows, as they were held; empty if no such row is held
     * @throws RuntimeException if the repository cannot keep the keys; then no row is skipped
     */
    synchronized List<HeldRow> skip(String recordId) {
        List<Held> rows = held.find(recordId);
        if (rows.isEmpty()) {
            return List.of();
        }
        keep(rows.stream().map(Held::row).toList());
        for (Held row : rows) {
            marked.put(row.row().version(), row.row().recordKey());
            if (!inFlight.contains(row.row().recordKey(), row.row().version())) {
                giveUp(row.row().recordKey(), row.row().version());
            }
        }
        return rows.stream().map(held::view).toList();
    }

    private void keep(List<Row> rows) {
        try {
            ledger.addAll(rows.stream().map(Row::version).toList());
        } catch (RuntimeException e) {
            // Some keys may have been added. After a restart, they would hide rows that were not skipped.
            rows.forEach(row -> doubtful.put(row.version(), row.recordKey()));
            try {
                removeDoubtful();
            } catch (RuntimeException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    /** Removes the keys of rows that are still held. A row in flight may be delivered, and then keeps its key. */
    private void removeDoubtful() {
        doubtful.entrySet().removeIf(entry -> {
            RowVersion version = entry.getKey();
            boolean ended = !inFlight.contains(entry.getValue(), version);
            if (ended && held.holds(entry.getValue(), version)) {
                ledger.remove(version);
            }
            return ended;
        });
    }

    /**
     * Gives up the rows that are not in flight any more, and forgets their marks: from now on, the ledger knows them.
     * Called between polls.
     */
    synchronized void beginPoll() {
        removeDoubtful();
        marked.forEach((version, record) -> {
            if (!inFlight.contains(record, version)) {
                giveUp(record, version);
                marked.remove(version);
            }
        });
    }

    /** Forgets all skips, since the sync begins again. */
    synchronized void clear() {
        marked.clear();
        doubtful.clear();
    }

    /** Forgets that a version was skipped, since another one replaces it. If it comes back, it is a new version. */
    void replaced(RowVersion version) {
        marked.remove(version);
    }

    /** Returns whether the row was skipped since the poll began, or since it was emitted. */
    boolean isSkipped(Row row) {
        return !marked.isEmpty() && marked.containsKey(row.version());
    }

    /** Returns the same after a skip that is being carried out, whose key the ledger may have. */
    synchronized boolean isSkippedByNow(Row row) {
        return isSkipped(row);
    }

    /** Gives the row up if it was skipped. To be called when it is not in flight any more, and was not delivered. */
    void settle(Row row) {
        if (isSkipped(row)) {
            giveUp(row.recordKey(), row.version());
        }
    }

    private void giveUp(long record, RowVersion version) {
        if (held.skipped(record, version)) {
            counters.skipped();
        }
    }
}
