/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.sync.Deduplicator.Reading;
import io.github.camelclinicea.sync.HeldRows.Held;
import io.github.camelclinicea.sync.PageSlots.Fetched;
import io.github.camelclinicea.sync.PollResult.End;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One poll, as docs/design/sync.md, section 3 has it: a forward sweep, and if the list shifted while it was read,
 * passes over it until nothing turns up that was not seen. Emits what is due, rows that are held last; does not touch
 * the checkpoint.
 */
final class Poll {
    private final SyncState state;
    private final SyncSettings settings;
    private final RowSink sink;
    private final Duration unread;
    private final Instant localStart;
    private final Consumer<Instant> whenServerIsBehind;
    private final VolatileFields volatileFields;

    private final SeenVersions seen = new SeenVersions();
    private final ShiftDetector drift;
    private final Deduplicator sieve;
    private final DeliveryLimit allowance;

    private Instant since;
    private Instant serverStart;
    private boolean serverBehind;
    private boolean placesMissing;
    private int pages;
    private int places;
    private int filledPages;
    private int lastFilledPage;
    /** Pages that the current pass has read. */
    private int passPages;

    private int delivered;

    /**
     * @param since the moment since which the list is asked for
     * @param unread how long ago the list was last read to its end
     * @param localStart when the poll begins, by the local clock
     * @param whenServerIsBehind takes the moment since which the list is asked for in place of {@code since}, if the
     *     server's clock is earlier than that
     */
    Poll(
            SyncState state,
            SyncSettings settings,
            RowSink sink,
            VolatileFields volatileFields,
            Instant since,
            Duration unread,
            Instant localStart,
            Consumer<Instant> whenServerIsBehind) {
        this.state = state;
        this.settings = settings;
        this.sink = sink;
        this.volatileFields = volatileFields;
        this.since = since;
        this.unread = unread;
        this.localStart = localStart;
        this.whenServerIsBehind = whenServerIsBehind;
        this.drift = new ShiftDetector(settings.dropsDeleted());
        this.sieve = new Deduplicator(state, sink, seen, drift);
        this.allowance = new DeliveryLimit(settings.maxRows(), state);
    }

    SeenVersions seen() {
        return seen;
    }

    /** @return the moment since which the list was asked for */
    Instant since() {
        return since;
    }

    boolean sawRows() {
        return filledPages > 0;
    }

    /**
     * @return whether a record that this poll did not see is not in the list. Over several pages nobody can tell
     *     without a probe, which takes the server's time
     */
    boolean sawAll() {
        return filledPages <= 1 || serverStart != null;
    }

    /** @return whether it was shown a version that is neither delivered nor was shown to a poll before */
    boolean showedNew() {
        return sieve.showedNew();
    }

    /** @return whether unchanged records came on two pages, and rows seem to be missing for it */
    boolean placesMissing() {
        return placesMissing;
    }

    /** @return what is the same for two polls that were shown the same records on two pages; 0 if none was */
    long repeatedRecords() {
        return drift.repeatedRecords();
    }

    int pages() {
        return pages;
    }

    int delivered() {
        return delivered;
    }

    /** @return the server's clock when it answered first, or null if it sent no {@code Date} */
    Instant serverStart() {
        return serverStart;
    }

    /**
     * @return the moment up to which this poll knows everything, less the overlap: where the next sweep may start. Null
     *     if the server sent no {@code Date}: the local clock alone must never push the checkpoint on
     */
    Instant horizon() {
        if (serverStart == null) {
            return null;
        }
        return beforeOverlap(serverStart.isBefore(localStart) ? serverStart : localStart);
    }

    private Instant beforeOverlap(Instant moment) {
        return moment.minusSeconds(1).minus(settings.overlap()).truncatedTo(ChronoUnit.SECONDS);
    }

    /** @return how the reading ended; the rows delivered may still be in flight */
    End read() throws Exception {
        End end;
        try {
            end = sweep();
            if (end == End.CLEAN && filledPages > 1 && serverStart != null) {
                end = settle();
            }
            state.heldBack(serverStart == null ? drift.heldBack() : Map.of());
        } catch (PageRefusedException refused) {
            throw refused.failure();
        }
        boolean readToTheEnd = end == End.CLEAN || end == End.UNSETTLED;
        if (readToTheEnd && (sieve.revokeTentative() || sieve.isSiblingMissing())) {
            end = End.UNSETTLED;
        }
        // Not before, nor where rows of the list are missing: it may hold a newer version of a row that is held.
        return readToTheEnd && !placesMissing && !emitHeld() ? End.STOPPED : end;
    }

    private End sweep() throws Exception {
        Fetched found = null;
        if (!state.firstPage().isCertain()) {
            found = state.firstPage().find(number -> state.fetch(since, number, sink));
            if (found == null) {
                return End.STOPPED;
            }
        }
        int first = found == null ? state.firstPage().number() : found.page().number();
        try (ListReading sweep = state.parallelSweep(since, first, sink)) {
            if (found != null) {
                sweep.startWith(found);
            }
            End end = readAll(sweep, Reading.SWEEP);
            if (sweep.isShifted()) {
                drift.pageRepeated();
            }
            if (end != null) {
                return end;
            }
        }
        return sweep();
    }

    private End settle() throws Exception {
        End end = probe();
        if (drift.repeatedRecords() == state.recordsRepeatedAtRest()) {
            drift.ignoreRepeated();
        }
        boolean churn = drift.afterSweep();
        for (int pass = 1; end == End.CLEAN && churn; pass++) {
            if (pass > settings.maxPasses()) {
                return End.UNSETTLED;
            }
            passPages = 0;
            drift.beginPass();
            sieve.beginPass();
            end = pass % 2 == 1 ? backwardPass() : forwardPass();
            sieve.endPass();
            if (end == End.CLEAN) {
                end = probe();
            }
            placesMissing = drift.hasUnseenPlaces(seen.rows());
            churn = drift.afterPass(pass) || placesMissing;
        }
        return end;
    }

    /** Everything since the horizon, as it stands now. */
    private End probe() throws Exception {
        Instant horizon = horizon();
        return forward(horizon.isAfter(since) ? horizon : since, Reading.PROBE);
    }

    /**
     * Lets pages be fetched ahead. What changed lately is noted before, for pages that are read in no order of time do
     * not tell by themselves whether the list shifted meanwhile. Where all of the list is that young, or rows do not
     * tell of their changes at all, it is read in order.
     */
    private End openUp(ListReading sweep) throws Exception {
        Instant horizon = horizon();
        if (horizon != null && (!horizon.isAfter(since) || drift.rowsCannotTell())) {
            return End.CLEAN;
        }
        End end = End.CLEAN;
        if (horizon != null) {
            drift.beginOpening();
            end = forward(horizon, Reading.OPENING);
        }
        sweep.fetchAhead();
        return end;
    }

    private End forwardPass() throws Exception {
        return forward(since, Reading.PASS);
    }

    private End forward(Instant from, Reading reading) throws Exception {
        try (ListReading sweep = state.sequentialSweep(from, sink)) {
            End end = readAll(sweep, reading);
            if (sweep.isShifted() && reading == Reading.PASS) {
                drift.passIncomplete();
            }
            return end;
        }
    }

    private End backwardPass() throws Exception {
        Page behind = null;
        // One page more than there were: the list may have grown.
        for (int number = lastFilledPage + 1; number >= state.firstPage().number(); number--) {
            Fetched fetched = state.fetch(since, number, sink);
            if (fetched != null && inDoubt(fetched.page(), behind)) {
                fetched.slot().release();
                fetched = state.fetch(since, number, sink);
            }
            if (fetched == null) {
                return End.STOPPED;
            }
            requireRowsBefore(fetched, behind);
            End end = take(fetched, since, Reading.PASS);
            if (end != End.CLEAN) {
                return end;
            }
            if (behind != null && fetched.page().sameRowsAs(behind) && !repeatsByHabit(number)) {
                // One of the two answers was the other's; which, only another pass can tell.
                drift.passIncomplete();
            }
            behind = fetched.page().isEmpty() ? behind : fetched.page();
        }
        return End.CLEAN;
    }

    /** Some servers take page 0 for page 1, or answer for a page past the end with the last one. */
    private boolean repeatsByHabit(int number) {
        return state.repeatsPages() && (number == 0 || number >= lastFilledPage);
    }

    /** Where the sweep saw rows, an empty page and one like the page behind it may be a wrong answer. */
    private boolean inDoubt(Page page, Page behind) {
        return page.number() <= lastFilledPage
                && (page.isEmpty() || behind != null && page.number() > 0 && page.sameRowsAs(behind));
    }

    private static void requireRowsBefore(Fetched fetched, Page behind) throws SyncException {
        Page page = fetched.page();
        if (page.isEmpty() && behind != null) {
            fetched.slot().release();
            throw new SyncException("page " + page.number() + " is empty, but page " + behind.number()
                    + " behind it has rows, so it is not the end of the list");
        }
    }

    /** @return how the reading ended; null if it has to begin again, since the server's clock is behind */
    private End readAll(ListReading sweep, Reading reading) throws Exception {
        NewRecords newRecords = new NewRecords(newTo(reading));
        while (true) {
            Fetched fetched = sweep.next();
            if (fetched == null) {
                return End.STOPPED;
            }
            Page page = fetched.page();
            if (reading == Reading.SWEEP) {
                if (pages == 0 && isBehind(page.serverTime())) {
                    fetched.slot().release();
                    goBackTo(page.serverTime());
                    return null;
                }
                noteSweepPage(page);
            }
            requireNewRecords(newRecords, fetched);
            passPages++;
            End end = take(fetched, sweep.since(), reading);
            if (end == End.CLEAN && reading == Reading.SWEEP && filledPages == 1 && sweep.couldFetchAhead()) {
                end = openUp(sweep);
            }
            if (end != End.CLEAN || page.isEmpty()) {
                return end;
            }
        }
    }

    /** Tells a record that the reading has not shown; the sieve must not have seen its page yet. */
    private Predicate<Row> newTo(Reading reading) {
        VersionTable shown = new VersionTable();
        return switch (reading) {
            case OPENING -> row -> drift.opened(row.recordKey(), row.version());
            case SWEEP -> row -> seen.last(row.recordKey()) == null;
            case PASS -> row -> passPages < filledPages || seen.last(row.recordKey()) == null;
            case PROBE ->
                row -> {
                    boolean isNew = shown.get(row.recordKey()) == null;
                    shown.put(row.recordKey(), row.version());
                    return isNew;
                };
        };
    }

    private static void requireNewRecords(NewRecords newRecords, Fetched fetched) throws SyncException {
        boolean some = false;
        try {
            newRecords.requireSomeOn(fetched.page());
            some = true;
        } finally {
            if (!some) {
                fetched.slot().release();
            }
        }
    }

    private boolean isBehind(Instant serverTime) {
        return !serverBehind && serverTime != null && serverTime.isBefore(since);
    }

    /**
     * A checkpoint ahead of the server's clock would hide what changes until the clock gets there. The list is then
     * asked for since the last time that it was read, by the server's present clock.
     */
    private void goBackTo(Instant serverTime) {
        serverBehind = true;
        since = beforeOverlap(serverTime.minus(unread));
        whenServerIsBehind.accept(since);
    }

    private void noteSweepPage(Page page) {
        if (filledPages == 0) {
            serverStart = page.serverTime();
        }
        if (!page.isEmpty()) {
            filledPages++;
            lastFilledPage = Math.max(lastFilledPage, page.number());
            volatileFields.look(page);
        }
    }

    /** Emits what is due of a page. */
    private End take(Fetched fetched, Instant from, Reading reading) throws InterruptedException {
        List<Due> due = List.of();
        int handedOver = 0;
        try {
            pages++;
            if (reading == Reading.OPENING) {
                return End.CLEAN;
            }
            due = sieve.due(fetched.page(), reading);
            int size = allowance.of(due, places);
            while (handedOver < size) {
                Due next = due.get(handedOver);
                PagePosition position = position(next, fetched.page(), from, handedOver, size);
                if (!sink.open() || !state.deliver(next, position, fetched.slot(), sink)) {
                    return End.STOPPED;
                }
                handedOver++;
                delivered++;
            }
            if (reading == Reading.SWEEP) {
                places += size < due.size()
                        ? due.get(size).index()
                        : fetched.page().rows().size();
                state.passedPlaces(places);
            }
            return size < due.size() ? End.LIMITED : End.CLEAN;
        } finally {
            sieve.putBack(due.subList(handedOver, due.size()));
            // Whoever holds on to the page, the sweep for one, is not to hold on to bodies that nobody takes.
            fetched.page().rows().forEach(Row::takeBody);
            fetched.slot().release();
        }
    }

    private static PagePosition position(Due due, Page page, Instant from, int index, int size) {
        String idBefore =
                due.index() == 0 ? null : page.rows().get(due.index() - 1).id();
        return new PagePosition(from, page.number(), due.index(), idBefore, index, size);
    }

    /** @return false if the sink closed meanwhile */
    private boolean emitHeld() throws InterruptedException {
        if (sawRows()) {
            state.held().resolveDoubts(sieve::isReplaced);
        }
        for (Held held : state.held().due()) {
            Row row = held.row();
            if (seen.showsOthersOnly(row.recordKey(), row.version())) {
                state.held().replaced(row.recordKey(), row.version());
            } else if (state.isHeldAndAtRest(row) && !state.held().isDoubted(row.recordKey(), row.version())) {
                if (!sink.open()
                        || !state.deliver(
                                new Due(row, null, false, 0), held.position().alone(), null, sink)) {
                    return false;
                }
                delivered++;
            }
        }
        return true;
    }
}
