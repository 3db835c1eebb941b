/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.row.RowVersion;
import io.github.camelclinicea.sync.PageSlots.Slot;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands rows to the route and records how they end: at most one version of a record is in flight at a time. It outlives a
 * poll, since an asynchronous route may still have rows when the consumer is suspended and resumed.
 *
 * <p>{@link #beginPoll} and {@link #deliver} are for the thread that polls. Rows end on any thread.
 */
final class Deliveries {
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    private final String syncId;
    private final Ledger ledger;
    private final HeldRows held;
    private final DeliveryLimit limit;
    private final Progress progress;
    private final long lookMillis;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final Map<Long, RowVersion> versions = new HashMap<>();
    private final AtomicInteger failedNotHeld = new AtomicInteger();
    private RowSink sink;
    private int failures;
    private long completed;

    /** The exception with which the repository failed to remember a delivery of this poll; null if it did not. */
    private volatile RuntimeException repositoryFailure;

    /** @param lookMillis how often a wait checks whether the consumer is being stopped */
    Deliveries(String syncId, Ledger ledger, HeldRows held, DeliveryLimit limit, Progress progress, long lookMillis) {
        this.syncId = syncId;
        this.ledger = ledger;
        this.held = held;
        this.limit = limit;
        this.progress = progress;
        this.lookMillis = lookMillis;
    }

    /**
     * Begins a poll. From here on failures count against it, those of rows that the last poll left in flight included.
     *
     * @param sink takes the rows of the poll
     */
    void beginPoll(RowSink sink) {
        this.sink = sink;
        lock.lock();
        try {
            failures = 0;
        } finally {
            lock.unlock();
        }
        failedNotHeld.set(0);
        repositoryFailure = null;
    }

    /**
     * Hands a row to the sink once no other version of its record is in flight.
     *
     * @param due the row. The ledger key of the version that it replaces is removed before the route sees this one: from
     *     then on, the older version would have to be delivered again if it came back, however this one ends
     * @param position where the row stood
     * @param slot the slot of its page, which is held until the row has ended; null if it has none
     * @return false if the sink closed first
     */
    boolean deliver(Due due, PagePosition position, Slot slot) throws InterruptedException {
        RuntimeException failure = repositoryFailure;
        if (failure != null) {
            // A row emitted now would be emitted again, and each would wait for the repository in vain.
            throw failure;
        }
        Row row = due.row();
        if (!begin(row.recordKey(), row.version(), sink::open)) {
            return false;
        }
        if (slot != null) {
            slot.hold();
        }
        limit.emitted(row);
        try {
            forgetReplaced(due);
        } catch (RuntimeException | Error e) {
            // The route has not seen the row, so it has not failed. The next poll reads it again.
            abandon(row.recordKey());
            releaseIfAny(slot);
            throw e;
        }
        int attempt = held.attempts(row.recordKey(), row.version()) + 1;
        emit(new Delivery(row, position, attempt, (same, succeeded, cause) -> finish(same, slot, succeeded, cause)));
        return true;
    }

    private void emit(Delivery delivery) {
        try {
            sink.deliver(delivery);
        } catch (RuntimeException e) {
            delivery.failed(e);
            throw e;
        } catch (Error e) {
            // An Error fails this row only: it must end neither the poll nor the polling.
            LOG.debug("Sync {}: a row failed with {}", syncId, e.getClass());
            delivery.failed(e);
        }
    }

    private void finish(Delivery delivery, Slot slot, boolean succeeded, Throwable cause) {
        Row row = delivery.row();
        boolean remembered = false;
        try {
            if (succeeded) {
                ledger.add(row.version());
            }
            remembered = succeeded;
        } catch (RuntimeException e) {
            repositoryFailure = e;
            throw e;
        } finally {
            if (remembered) {
                held.delivered(row.recordKey(), row.version());
            } else if (!held.failed(row, delivery.position(), delivery.attempt(), cause)) {
                failedNotHeld.incrementAndGet();
            }
            end(row.recordKey(), remembered);
            releaseIfAny(slot);
            progress.made();
        }
    }

    private static void releaseIfAny(Slot slot) {
        if (slot != null) {
            slot.release();
        }
    }

    /** Forgets that the version which the row replaces was delivered or is held; a row that failed before replaces none. */
    void forgetReplaced(Due due) {
        RowVersion superseded = due.superseded();
        if (superseded != null && !superseded.equals(due.row().version())) {
            forget(due.row().recordKey(), superseded);
        }
    }

    /** Forgets that a version was delivered or is held. */
    void forget(long recordKey, RowVersion version) {
        held.replaced(recordKey, version);
        ledger.remove(version);
    }

    /** Returns whether versions of the row's record are held, or the row is in flight and may fail. */
    boolean mayBeHeld(Row row) {
        return !held.versions(row.recordKey()).isEmpty() || isInFlight(row.recordKey(), row.version());
    }

    /** Returns whether the row is still held, and is not in flight at the moment. */
    boolean isHeldAndAtRest(Row row) {
        return held.holds(row.recordKey(), row.version()) && !isInFlight(row.recordKey(), row.version());
    }

    /** Returns whether a row failed in this poll that must be read from the list again. */
    boolean hasFailedNotHeld() {
        return failedNotHeld.get() > 0;
    }

    /** Returns how many rows failed since the poll began. */
    int failures() {
        lock.lock();
        try {
            return failures;
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many rows were delivered since this object was made. */
    long completed() {
        lock.lock();
        try {
            return completed;
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many rows are in flight. */
    int size() {
        lock.lock();
        try {
            return versions.size();
        } finally {
            lock.unlock();
        }
    }

    boolean isInFlight(long recordKey, RowVersion version) {
        lock.lock();
        try {
            return version.equals(versions.get(recordKey));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Puts a row in flight, once no other version of its record is.
     *
     * @return false if {@code open} returned false first
     */
    boolean begin(long recordKey, RowVersion version, BooleanSupplier open) throws InterruptedException {
        lock.lock();
        try {
            while (versions.containsKey(recordKey)) {
                if (!open.getAsBoolean()) {
                    return false;
                }
                await();
            }
            versions.put(recordKey, version);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes out a row that was put in flight and not handed over. */
    private void abandon(long recordKey) {
        lock.lock();
        try {
            versions.remove(recordKey);
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes out a row that ended. */
    void end(long recordKey, boolean delivered) {
        lock.lock();
        try {
            versions.remove(recordKey);
            if (delivered) {
                completed++;
            } else {
                failures++;
            }
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for all rows in flight; returns false if {@code open} returned false first. */
    boolean awaitNone(BooleanSupplier open) throws InterruptedException {
        lock.lock();
        try {
            while (!versions.isEmpty()) {
                if (!open.getAsBoolean()) {
                    return false;
                }
                await();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void await() throws InterruptedException {
        ended.await(lookMillis, TimeUnit.MILLISECONDS);
    }
}
