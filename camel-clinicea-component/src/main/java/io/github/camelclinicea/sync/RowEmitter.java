/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.sync.Deduplicator.Reading;
import io.github.camelclinicea.sync.HeldRows.Held;
import io.github.camelclinicea.sync.PageSlots.Fetched;
import io.github.camelclinicea.sync.PollResult.End;
import java.time.Instant;
import java.util.List;

/**
 * Emits the rows of one poll: page by page those that are due, and at the end the held rows. Used by the thread that
 * polls.
 *
 * <p>Specified by {@code LimitedPollTest} and {@code HeldRowsInPollsTest}.
 */
final class RowEmitter {
    private final Deduplicator deduplicator;
    private final DeliveryLimit limit;
    private final Deliveries deliveries;
    private final RowSink sink;
    private int emitted;

    RowEmitter(Deduplicator deduplicator, DeliveryLimit limit, Deliveries deliveries, RowSink sink) {
        this.deduplicator = deduplicator;
        this.limit = limit;
        this.deliveries = deliveries;
        this.sink = sink;
    }

    /** Returns how many rows were emitted. */
    int emitted() {
        return emitted;
    }

    /**
     * Emits the due rows of a page, then releases its {@link PageSlots.Slot}.
     *
     * @param since the moment since which the page was requested
     * @return {@code CLEAN} if all were emitted, {@code LIMITED} or {@code STOPPED} if not
     */
    End emit(Fetched fetched, Instant since, Reading reading) throws InterruptedException {
        Page page = fetched.page();
        List<Due> due = List.of();
        int handedOver = 0;
        try {
            due = deduplicator.due(page, reading);
            int size = limit.allowed(due);
            while (handedOver < size) {
                Due next = due.get(handedOver);
                PagePosition position = position(next, page, since, handedOver, size);
                if (!sink.open() || !deliveries.deliver(next, position, fetched.slot())) {
                    return End.STOPPED;
                }
                handedOver++;
                emitted++;
            }
            if (reading == Reading.FORWARD) {
                limit.passed(
                        size < due.size() ? due.get(size).index() : page.rows().size());
            }
            return size < due.size() ? End.LIMITED : End.CLEAN;
        } finally {
            deduplicator.putBack(due.subList(handedOver, due.size()));
            // A reading still refers to its last page, which must not keep bodies that nobody takes.
            page.rows().forEach(Row::takeBody);
            fetched.slot().release();
        }
    }

    private static PagePosition position(Due due, Page page, Instant since, int index, int size) {
        String idBefore =
                due.index() == 0 ? null : page.rows().get(due.index() - 1).id();
        return new PagePosition(since, page.number(), due.index(), idBefore, index, size);
    }

    /**
     * Emits the held rows whose next attempt is due. To be called only after the whole list was read: it may hold a
     * newer version of a held row.
     *
     * @param sawRows whether the list had rows
     * @return false if the sink closed first
     */
    boolean emitHeld(boolean sawRows) throws InterruptedException {
        HeldRowTracker heldRows = deduplicator.heldRows();
        if (sawRows) {
            heldRows.resolveDoubts();
        }
        for (Held held : heldRows.due()) {
            if (heldRows.isToBeEmitted(held.row())) {
                Due due = new Due(held.row(), null, false, 0);
                if (!sink.open() || !deliveries.deliver(due, held.position().alone(), null)) {
                    return false;
                }
                emitted++;
            }
        }
        return true;
    }
}
