/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.sync.Deduplicator.Reading;
import io.github.camelclinicea.sync.PageSlots.Fetched;
import io.github.camelclinicea.sync.PollResult.End;
import java.time.Instant;
import java.util.function.Predicate;

/**
 * Runs one poll (docs/design/sync.md, section 3): a forward reading and, if the list shifted meanwhile, passes over
 * it until one brings no unseen row. Emits the rows that are due, and the held rows last. Does not move the
 * checkpoint forward.
 *
 * <p>Specified by {@code SyncContractTest} and {@code ShiftingListTest}.
 */
final class Poll {
    private final SyncSettings settings;
    private final PageReads reads;
    private final PollClock clock;
    private final SeenVersions seen;
    private final ShiftDetector shift;
    private final Deduplicator deduplicator;
    private final RowEmitter emitter;
    private final VolatileFields volatileFields;
    private final SyncCounters counters;

    private int pages;
    private int filledPages;
    private int lastFilledPage;
    private int pagesOfPass;
    private boolean placesMissing;

    Poll(
            SyncSettings settings,
            PageReads reads,
            PollClock clock,
            SeenVersions seen,
            ShiftDetector shift,
            Deduplicator deduplicator,
            RowEmitter emitter,
            VolatileFields volatileFields,
            SyncCounters counters) {
        this.settings = settings;
        this.reads = reads;
        this.clock = clock;
        this.seen = seen;
        this.shift = shift;
        this.deduplicator = deduplicator;
        this.emitter = emitter;
        this.volatileFields = volatileFields;
        this.counters = counters;
    }

    SeenVersions seen() {
        return seen;
    }

    PollClock clock() {
        return clock;
    }

    boolean sawRows() {
        return filledPages > 0;
    }

    /**
     * Returns whether a record that this poll did not see is not in the list. Over several pages only a probe can
     * show that, and it needs the server's time.
     */
    boolean sawAll() {
        return filledPages <= 1 || clock.serverStart() != null;
    }

    /** Returns whether the poll was shown a version that was not delivered and that no earlier poll was shown. */
    boolean showedNew() {
        return deduplicator.showedNew();
    }

    /** Returns whether unchanged records came on two pages, so that other rows seem to be missing. */
    boolean placesMissing() {
        return placesMissing;
    }

    /** Returns {@link ShiftDetector#repeatedRecords}. */
    long repeatedRecords() {
        return shift.repeatedRecords();
    }

    /** Returns how many pages were read, empty ones included. */
    int pages() {
        return pages;
    }

    /** Reads the list; returns how the reading ended, while emitted rows may still be in flight. */
    End read() throws Exception {
        End end;
        try {
            end = readForward();
            if (end == End.CLEAN && filledPages > 1 && clock.serverStart() != null) {
                end = settle();
            }
            shift.rememberHeldBack(clock.serverStart() == null);
        } catch (PageRefusedException refused) {
            throw refused.failure();
        }
        boolean readToTheEnd = end == End.CLEAN || end == End.UNSETTLED;
        if (readToTheEnd
                && (deduplicator.siblings().revokeTentative()
                        || deduplicator.siblings().isMissing())) {
            end = End.UNSETTLED;
        }
        // While rows of the list are missing, it may hold a newer version of a held row. A list that did not settle
        // does
        // not show which held rows were replaced.
        return readToTheEnd && !placesMissing && !emitter.emitHeld(sawRows() && end == End.CLEAN) ? End.STOPPED : end;
    }

    private End readForward() throws Exception {
        try (ListReading reading = reads.readForward(clock.since())) {
            if (reading == null) {
                return End.STOPPED;
            }
            End end = readAll(reading, Reading.FORWARD);
            if (reading.isShifted()) {
                shift.pageRepeated();
            }
            if (end != null) {
                return end;
            }
        }
        return readForward();
    }

    private End settle() throws Exception {
        End end = probe();
        shift.ignoreRepeatedAtRest();
        boolean shifted = shift.afterForward();
        for (int pass = 1; end == End.CLEAN && shifted; pass++) {
            if (pass > settings.maxPasses()) {
                return End.UNSETTLED;
            }
            pagesOfPass = 0;
            shift.beginPass();
            deduplicator.beginPass();
            end = pass % 2 == 1 ? backwardPass() : readInOrder(clock.since(), Reading.PASS);
            deduplicator.endPass();
            if (end == End.CLEAN) {
                end = probe();
            }
            placesMissing = shift.hasUnseenPlaces(seen.rows());
            shifted = shift.afterPass(pass) || placesMissing;
        }
        return end;
    }

    /** Reads what changed lately, as it is now. */
    private End probe() throws Exception {
        Instant recent = clock.nextCheckpoint();
        return readInOrder(recent.isAfter(clock.since()) ? recent : clock.since(), Reading.PROBE);
    }

    /**
     * Lets pages be fetched ahead. Notes before that what changed lately: pages fetched ahead are in no order of
     * time, and do not show by themselves whether the list shifted meanwhile. If the whole list is that young, or its
     * rows do not show their changes at all, pages are not fetched ahead.
     */
    private End openUp(ListReading reading) throws Exception {
        Instant recent = clock.nextCheckpoint();
        if (recent != null && (!recent.isAfter(clock.since()) || shift.rowsCannotTell())) {
            return End.CLEAN;
        }
        End end = End.CLEAN;
        if (recent != null) {
            shift.beginOpening();
            end = readInOrder(recent, Reading.OPENING);
        }
        reading.fetchAhead();
        return end;
    }

    private End readInOrder(Instant since, Reading kind) throws Exception {
        try (ListReading reading = reads.readInOrder(since)) {
            End end = readAll(reading, kind);
            if (reading.isShifted() && kind == Reading.PASS) {
                shift.passIncomplete();
            }
            return end;
        }
    }

    private End backwardPass() throws Exception {
        BackwardReading reading = new BackwardReading(reads, clock.since(), lastFilledPage);
        while (reading.hasNext()) {
            Fetched fetched = reading.next();
            End end = fetched == null ? End.STOPPED : emit(fetched, clock.since(), Reading.PASS);
            if (end != End.CLEAN) {
                return end;
            }
        }
        if (reading.isIncomplete()) {
            shift.passIncomplete();
        }
        return End.CLEAN;
    }

    /** Returns how the reading ended; null if it must begin again, since the server's clock is behind. */
    private End readAll(ListReading reading, Reading kind) throws Exception {
        NewRecords newRecords = new NewRecords(isNewTo(kind));
        while (true) {
            Fetched fetched = reading.next();
            if (fetched == null) {
                return End.STOPPED;
            }
            Page page = fetched.page();
            if (kind == Reading.FORWARD) {
                if (pages == 0 && clock.isServerBehind(page.serverTime())) {
                    fetched.slot().release();
                    clock.goBackTo(page.serverTime());
                    return null;
                }
                noteForward(page);
            }
            requireNewRecords(newRecords, fetched);
            pagesOfPass++;
            End end = emit(fetched, reading.since(), kind);
            if (end == End.CLEAN && kind == Reading.FORWARD && filledPages == 1 && reading.couldFetchAhead()) {
                end = openUp(reading);
            }
            if (end != End.CLEAN || page.isEmpty()) {
                return end;
            }
        }
    }

    /** Returns a test whether the reading has not shown a row's record; to be asked before the row's page is noted. */
    private Predicate<Row> isNewTo(Reading kind) {
        VersionTable shown = new VersionTable();
        return switch (kind) {
            case OPENING -> row -> !shift.hasOpened(row.recordKey());
            case FORWARD -> row -> seen.last(row.recordKey()) == null;
            case PASS -> row -> pagesOfPass < filledPages || seen.last(row.recordKey()) == null;
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

    private void noteForward(Page page) {
        if (filledPages == 0) {
            clock.begin(page.serverTime());
        }
        if (!page.isEmpty()) {
            filledPages++;
            lastFilledPage = Math.max(lastFilledPage, page.number());
            volatileFields.look(page);
        }
    }

    private End emit(Fetched fetched, Instant since, Reading kind) throws InterruptedException {
        pages++;
        counters.page();
        return emitter.emit(fetched, since, kind);
    }
}
