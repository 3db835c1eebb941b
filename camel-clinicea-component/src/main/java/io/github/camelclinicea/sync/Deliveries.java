/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.sync.Delivery.Item;
import io.github.camelclinicea.sync.PageSlots.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands rows to the route and records how they end: as {@link DeliveredVersions} if they are delivered, among the held
 * rows if they fail. The rows of a batch that failed are emitted again one by one, so that only those fail that fail alone. It
 * outlives a poll, as {@link RowsInFlight} does. Rows end on any thread; the other methods are for the thread that
 * polls.
 *
 * <p>Specified by {@code SyncContractTest}, {@code HeldRowsInPollsTest} and {@code BatchesInPollsTest}.
 */
final class Deliveries {
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    /** A batch that failed in that poll. Its rows are still in flight, and its page keeps its {@link Slot}. */
    private record FailedBatch(Delivery delivery, Slot slot, int poll, Throwable cause) {}

    private final SyncSettings settings;
    private final DeliveredVersions versions;
    private final HeldRows held;
    private final DeliveryLimit limit;
    private final Progress progress;
    private final RowsInFlight inFlight;
    private final RowSkips skips;
    private final SyncCounters counters;
    private final AtomicInteger failedNotHeld = new AtomicInteger();
    private final Queue<FailedBatch> failedBatches = new ConcurrentLinkedQueue<>();

    private RowSink sink;
    private int poll;
    private int emitted;
    private boolean emitsFailedBatches;

    Deliveries(
            SyncSettings settings,
            DeliveredVersions versions,
            HeldRows held,
            DeliveryLimit limit,
            Progress progress,
            RowsInFlight inFlight,
            RowSkips skips,
            SyncCounters counters) {
        this.settings = settings;
        this.versions = versions;
        this.held = held;
        this.limit = limit;
        this.progress = progress;
        this.inFlight = inFlight;
        this.skips = skips;
        this.counters = counters;
    }

    /** @param sink takes the rows of the poll that begins */
    void beginPoll(RowSink sink) {
        holdFailedBatches();
        poll++;
        emitsFailedBatches = true;
        this.sink = sink;
        emitted = 0;
        skips.beginPoll();
        inFlight.resetCounts();
        failedNotHeld.set(0);
        versions.beginPoll();
    }

    /**
     * Holds the rows of batches that failed and were not emitted one by one, as when the poll was stopped first.
     * Another node may have delivered newer versions since, so they wait until the list was read.
     */
    void holdFailedBatches() {
        emitsFailedBatches = false;
        emitFailedBatches();
    }

    /**
     * Returns whether to go on, for waits for a page. Emits failed batches one by one before that. Until their rows
     * end, they have the {@link Slot} for which that page may be waiting.
     */
    boolean isOpen() {
        emitFailedBatches();
        return sink.open();
    }

    /**
     * Hands rows to the sink as one delivery, once no other rows of their records are in flight.
     *
     * <p>Before the route sees a row, the ledger key of the version that it replaces is removed. From then on, the
     * older version would have to be delivered again if it came back, however this one ends. In a transaction, the key
     * goes with the commit, and after a rollback by itself.
     *
     * @param due the rows, one without {@code batching}
     * @param positions the place of each of them
     * @param slot is held until the rows have ended; null if they are not of a page
     * @return false if the sink closed first, or may not wait
     */
    boolean deliver(List<Due> due, List<PagePosition> positions, Slot slot) throws InterruptedException {
        versions.requireRepository();
        versions.forgetKeptByRollback();
        List<Item> items = new ArrayList<>(due.size());
        for (int i = 0; i < due.size(); i++) {
            Row row = due.get(i).row();
            items.add(new Item(due.get(i), positions.get(i), held.attempts(row.recordKey(), row.version()) + 1));
        }
        if (!putInFlight(Delivery.rows(items))) {
            return false;
        }
        if (giveUpSkipped(items)) {
            return true;
        }
        holdIfAny(slot);
        items.forEach(item -> limit.emitted(item.row()));
        boolean committed = false;
        boolean ready = false;
        try {
            items.forEach(item -> versions.forgetBefore(item.due()));
            committed = items.get(0).attempt() > 1
                    && versions.wasCommittedAfterAll(items.get(0).row());
            ready = true;
        } finally {
            if (!ready) {
                // The route has not seen the rows, so they have not failed. The next poll reads them again.
                items.forEach(item -> inFlight.abandon(item.row()));
                releaseIfAny(slot);
            }
        }
        if (committed) {
            Item item = items.get(0);
            if (skips.isSkippedByNow(item.row())) {
                wasSkipped(item);
            } else {
                endRow(item, true, null);
            }
            releaseIfAny(slot);
        } else {
            emitted += items.size();
            counters.emitted(items.size());
            if (settings.batching()) {
                counters.batch();
            }
            emit(items, slot);
        }
        return true;
    }

    /** Removes the rows that an operator skipped after they were found due; returns whether no other is left. */
    private boolean giveUpSkipped(List<Item> items) {
        return items.removeIf(this::wasSkipped) && items.isEmpty();
    }

    private boolean wasSkipped(Item item) {
        boolean skipped = skips.isSkipped(item.row());
        if (skipped) {
            inFlight.abandon(item.row());
            skips.settle(item.row());
        }
        return skipped;
    }

    /** Returns how many rows this poll has emitted; the rows of a failed batch count once. */
    int emitted() {
        return emitted;
    }

    private boolean putInFlight(List<Row> rows) throws InterruptedException {
        while (true) {
            emitFailedBatches();
            long changes = inFlight.changes();
            if (inFlight.tryAdd(rows)) {
                return true;
            }
            if (!mayWait()) {
                return false;
            }
            awaitChange(changes);
        }
    }

    private boolean mayWait() {
        return sink.open() && sink.mayWait();
    }

    /** Waits until no row is in flight; returns false if the sink closed first, or may not wait. */
    boolean awaitNone() throws InterruptedException {
        while (true) {
            emitFailedBatches();
            long changes = inFlight.changes();
            if (inFlight.size() == 0) {
                return true;
            }
            if (!mayWait()) {
                return false;
            }
            awaitChange(changes);
        }
    }

    /**
     * Waits like {@link #awaitNone} after the poll has failed. If a failed batch then fails the poll once more, the
     * others are held.
     */
    void awaitNoneAfterFailure() throws InterruptedException {
        try {
            awaitNone();
        } catch (RuntimeException e) {
            LOG.debug("Sync {}: the rows of a failed batch could not be emitted: {}", settings.syncId(), e.getClass());
            emitsFailedBatches = false;
            awaitNone();
        }
    }

    private void awaitChange(long changes) throws InterruptedException {
        if (failedBatches.isEmpty()) {
            inFlight.awaitChange(changes);
        }
    }

    private void emitFailedBatches() {
        for (FailedBatch batch = failedBatches.poll(); batch != null; batch = failedBatches.poll()) {
            emitOneByOne(batch);
        }
    }

    /** Emits the rows of a batch that failed; holds those that it does not come to, since the poll is about to end. */
    private void emitOneByOne(FailedBatch batch) {
        List<Item> items = batch.delivery().items();
        int ended = 0;
        try {
            while (ended < items.size() && mayEmit(batch)) {
                Item item = items.get(ended);
                if (!awaitSiblings(items.subList(0, ended), item, batch)) {
                    return;
                }
                boolean committed = versions.wasCommittedAfterAll(item.row());
                ended++;
                if (committed) {
                    endRow(item, true, null);
                } else {
                    holdIfAny(batch.slot());
                    emit(List.of(new Item(item.due(), item.position().alone(), item.attempt() + 1)), batch.slot());
                }
            }
        } catch (InterruptedException e) {
            // The next wait of the poll ends it.
            Thread.currentThread().interrupt();
        } finally {
            items.subList(ended, items.size()).forEach(item -> endRow(item, false, batch.cause()));
            releaseIfAny(batch.slot());
        }
    }

    /** Waits until the rows of its record before it have ended; returns false if the row may not be emitted then. */
    private boolean awaitSiblings(List<Item> before, Item item, FailedBatch batch) throws InterruptedException {
        long record = item.row().recordKey();
        while (true) {
            long changes = inFlight.changes();
            if (before.stream()
                    .map(Item::row)
                    .noneMatch(row -> row.recordKey() == record && inFlight.contains(record, row.version()))) {
                return true;
            }
            if (!mayEmit(batch) || !mayWait()) {
                return false;
            }
            inFlight.awaitChange(changes);
        }
    }

    private boolean mayEmit(FailedBatch batch) {
        return emitsFailedBatches && batch.poll() == poll && !versions.hasRepositoryFailed() && sink.open();
    }

    private void emit(List<Item> items, Slot slot) {
        int ofPoll = poll;
        Delivery delivery = new Delivery(
                items, versions::remember, (same, succeeded, cause) -> end(same, slot, ofPoll, succeeded, cause));
        try {
            sink.deliver(delivery);
        } catch (RuntimeException e) {
            delivery.failed(e);
            throw e;
        } catch (Error e) {
            // An Error fails these rows only: it must end neither the poll nor the polling.
            LOG.debug("Sync {}: a row failed with {}", settings.syncId(), e.getClass());
            delivery.failed(e);
        }
    }

    private void end(Delivery delivery, Slot slot, int ofPoll, boolean succeeded, Throwable cause) {
        if (versions.isOvertaken()) {
            // The rows have not failed. They may be outdated, so the next poll reads them again.
            delivery.rows().forEach(inFlight::abandon);
            releaseIfAny(slot);
            return;
        }
        if (!succeeded && delivery.items().size() > 1) {
            failedBatches.add(new FailedBatch(delivery, slot, ofPoll, cause));
            inFlight.noteChange();
            return;
        }
        boolean delivered = false;
        try {
            delivered = succeeded && versions.completed(delivery);
        } finally {
            for (Item item : delivery.items()) {
                endRow(item, delivered, cause);
            }
            releaseIfAny(slot);
        }
    }

    private void endRow(Item item, boolean delivered, Throwable cause) {
        Row row = item.row();
        if (delivered) {
            held.delivered(row.recordKey(), row.version());
            counters.delivered(row.status());
            inFlight.end(row, true);
        } else {
            fail(item, cause);
        }
        progress.made();
    }

    private void fail(Item item, Throwable cause) {
        Row row = item.row();
        boolean skipped = skips.isSkipped(row);
        if (!skipped && !held.failed(row, item.position().alone(), item.attempt(), cause)) {
            failedNotHeld.incrementAndGet();
        }
        versions.rolledBack(item.due());
        counters.failed();
        inFlight.end(row, false);
        skips.settle(row);
    }

    private static void holdIfAny(Slot slot) {
        if (slot != null) {
            slot.hold();
        }
    }

    private static void releaseIfAny(Slot slot) {
        if (slot != null) {
            slot.release();
        }
    }

    /** Returns whether a row failed in this poll that must be read from the list again. */
    boolean hasFailedNotHeld() {
        return failedNotHeld.get() > 0;
    }
}
