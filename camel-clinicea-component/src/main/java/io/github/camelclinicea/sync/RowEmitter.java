/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.sync.Deduplicator.Reading;
import io.github.camelclinicea.sync.HeldRows.Held;
import io.github.camelclinicea.sync.PageSlots.Fetched;
import io.github.camelclinicea.sync.PollResult.End;
import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

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
    private final HeldRows held;
    private final RowSink sink;
    private final boolean batching;

    RowEmitter(
            Deduplicator deduplicator,
            DeliveryLimit limit,
            Deliveries deliveries,
            HeldRows held,
            RowSink sink,
            boolean batching) {
        this.deduplicator = deduplicator;
        this.limit = limit;
        this.deliveries = deliveries;
        this.held = held;
        this.sink = sink;
        this.batching = batching;
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
        List<List<Due>> exchanges = List.of();
        int handedOver = 0;
        try {
            due = deduplicator.due(page, reading);
            int size = limit.allowed(due);
            exchanges = exchanges(due.subList(0, size));
            for (List<Due> next : exchanges) {
                if (!sink.open()
                        || !deliveries.deliver(
                                next, positions(next, page, since, handedOver, exchanges.size()), fetched.slot())) {
                    return End.STOPPED;
                }
                handedOver++;
            }
            if (reading == Reading.FORWARD) {
                limit.passed(
                        size < due.size() ? due.get(size).index() : page.rows().size());
            }
            return size < due.size() ? End.LIMITED : End.CLEAN;
        } finally {
            deduplicator.putBack(rest(due, exchanges.subList(0, handedOver)));
            // A reading still refers to its last page, which must not keep bodies that nobody takes.
            page.rows().forEach(Row::takeBody);
            fetched.slot().release();
        }
    }

    /** Returns the due rows that are in none of the exchanges. */
    private static List<Due> rest(List<Due> due, List<List<Due>> exchanges) {
        if (exchanges.size() == due.size()) {
            return List.of();
        }
        Set<Due> handedOver = Collections.newSetFromMap(new IdentityHashMap<>());
        exchanges.forEach(handedOver::addAll);
        return due.stream().filter(next -> !handedOver.contains(next)).toList();
    }

    /** Returns the rows of each exchange, in the order in which these are to be emitted. */
    private List<List<Due>> exchanges(List<Due> due) {
        return batching
                ? Batches.of(due, next -> next.row().defect() != null || hasFailedBefore(next.row()))
                : due.stream().map(List::of).toList();
    }

    /** Returns whether the row was emitted before and failed. It is emitted alone. */
    private boolean hasFailedBefore(Row row) {
        return held.attempts(row.recordKey(), row.version()) > 0;
    }

    private static List<PagePosition> positions(List<Due> due, Page page, Instant since, int index, int size) {
        if (due.size() == 1) {
            return List.of(position(due.get(0), page, since, index, size));
        }
        return due.stream()
                .map(next -> position(next, page, since, index, size))
                .toList();
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
        for (Held next : held.due()) {
            if (heldRows.isToBeEmitted(next.row())) {
                Due due = new Due(next.row(), null, false, 0);
                if (!sink.open()
                        || !deliveries.deliver(
                                List.of(due), List.of(next.position().alone()), null)) {
                    return false;
                }
            }
        }
        return true;
    }
}
