/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.row.RowVersion;
import io.github.camelclinicea.sync.PageSlots.Slot;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands rows to the route and records how they end: in the ledger if they are delivered, among the held rows if they
 * fail. It outlives a poll, as {@link RowsInFlight} does. Rows end on any thread; the other methods are for the
 * thread that polls.
 *
 * <p>Specified by {@code SyncContractTest} and {@code HeldRowsInPollsTest}.
 */
final class Deliveries {
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    private final String syncId;
    private final Ledger ledger;
    private final HeldRows held;
    private final DeliveryLimit limit;
    private final Progress progress;
    private final RowsInFlight inFlight;
    private final AtomicInteger failedNotHeld = new AtomicInteger();
    private RowSink sink;

    /** The exception with which the repository failed to remember a delivery of this poll; null if it did not. */
    private volatile RuntimeException repositoryFailure;

    Deliveries(
            String syncId,
            Ledger ledger,
            HeldRows held,
            DeliveryLimit limit,
            Progress progress,
            RowsInFlight inFlight) {
        this.syncId = syncId;
        this.ledger = ledger;
        this.held = held;
        this.limit = limit;
        this.progress = progress;
        this.inFlight = inFlight;
    }

    /** @param sink takes the rows of the poll that begins */
    void beginPoll(RowSink sink) {
        this.sink = sink;
        inFlight.resetFailures();
        failedNotHeld.set(0);
        repositoryFailure = null;
    }

    /**
     * Hands a row to the sink once no other version of its record is in flight.
     *
     * <p>Before the route sees the row, the ledger key of the version that it replaces is removed. From then on, the
     * older version would have to be delivered again if it came back, however this one ends.
     *
     * @param due the row
     * @param position where the row stood
     * @param slot is held until the row has ended; null if the row is not of a page
     * @return false if the sink closed first
     */
    boolean deliver(Due due, PagePosition position, Slot slot) throws InterruptedException {
        RuntimeException failure = repositoryFailure;
        if (failure != null) {
            // A row emitted now would be emitted again, and each would wait for the repository in vain.
            throw failure;
        }
        Row row = due.row();
        if (!inFlight.begin(row.recordKey(), row.version(), sink::open)) {
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
            inFlight.abandon(row.recordKey());
            releaseIfAny(slot);
            throw e;
        }
        int attempt = held.attempts(row.recordKey(), row.version()) + 1;
        emit(new Delivery(row, position, attempt, (same, succeeded, cause) -> end(same, slot, succeeded, cause)));
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

    private void end(Delivery delivery, Slot slot, boolean succeeded, Throwable cause) {
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
            inFlight.end(row.recordKey(), remembered);
            releaseIfAny(slot);
            progress.made();
        }
    }

    private static void releaseIfAny(Slot slot) {
        if (slot != null) {
            slot.release();
        }
    }

    /**
     * Forgets that the version which the row replaces was delivered or is held; a row that failed before replaces
     * none.
     */
    void forgetReplaced(Due due) {
        RowVersion superseded = due.superseded();
        if (superseded != null && !superseded.equals(due.row().version())) {
            forget(due.row().recordKey(), superseded);
        }
    }

    /** Forgets that a version was delivered or is held. */
    void forget(long record, RowVersion version) {
        held.replaced(record, version);
        ledger.remove(version);
    }

    /**
     * Returns whether this version of the record needs no delivery: it is in flight, or the ledger knows it.
     *
     * @param besideLast whether the list also shows the last version that this process delivered of the record
     */
    boolean isKnown(long record, RowVersion version, boolean besideLast) {
        return inFlight.contains(record, version) || ledger.isKnown(record, version, besideLast);
    }

    /** Returns whether versions of the row's record are held, or the row is in flight and may fail. */
    boolean mayBeHeld(Row row) {
        return !held.versions(row.recordKey()).isEmpty() || inFlight.contains(row.recordKey(), row.version());
    }

    /** Returns whether the row is still held, and is not in flight at the moment. */
    boolean isHeldAndAtRest(Row row) {
        return held.holds(row.recordKey(), row.version()) && !inFlight.contains(row.recordKey(), row.version());
    }

    /** Returns whether a row failed in this poll that must be read from the list again. */
    boolean hasFailedNotHeld() {
        return failedNotHeld.get() > 0;
    }
}
