/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toList;

import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.row.RowVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Decides which rows of a page are due, and notes the signs that the list shifted.
 *
 * <p>Pages that are read one at a time show the records in the order of time, so a page is newer than the pages
 * before it. Pages fetched ahead do not. If the forward reading meets a record a second time in another version, it
 * cannot say which one is newer, and leaves that to the probe.
 *
 * <p>A list may show one record in several rows at rest, as bills with their items. On one page they are siblings:
 * each is a version by itself, and none replaces another. On two pages they are siblings once a pass has shown both
 * again.
 */
final class Deduplicator {
    /** How a page was read, which decides what a second version of a record means. */
    enum Reading {
        /** The short reading before pages are fetched ahead; it emits nothing. */
        OPENING,
        /** The first reading of the list, in which pages may be fetched ahead. */
        FORWARD,
        /** A repeated reading of a list that shifted, one page at a time. */
        PASS,
        /** The short reading after the forward reading and after each pass. */
        PROBE
    }

    /** A row as its page shows it. */
    private record Shown(Row row, int index, RecordsOfPage page) {
        long record() {
            return row.recordKey();
        }

        RowVersion version() {
            return row.version();
        }

        /** Returns whether the row's record has another row with that version on the page. */
        boolean isBeside(RowVersion other) {
            return page.hasSibling(record(), other);
        }

        Due due(RowVersion superseded, boolean sibling) {
            return new Due(row, superseded, sibling, index);
        }
    }

    private final Ledger ledger;
    private final DeliveredVersions delivered;
    private final RowsInFlight inFlight;
    private final HeldRows held;
    private final EchoFilter echoes;
    private final RowSink sink;
    private final SeenVersions seen;
    private final ShiftDetector shift;
    private final SiblingTracker siblings;
    private final HeldRowTracker heldRows;

    private boolean showedNew;

    Deduplicator(
            Ledger ledger,
            DeliveredVersions delivered,
            RowsInFlight inFlight,
            HeldRows held,
            EchoFilter echoes,
            RowSink sink,
            SeenVersions seen,
            ShiftDetector shift) {
        this.ledger = ledger;
        this.delivered = delivered;
        this.inFlight = inFlight;
        this.held = held;
        this.echoes = echoes;
        this.sink = sink;
        this.seen = seen;
        this.shift = shift;
        this.siblings = new SiblingTracker(ledger, delivered, seen);
        this.heldRows = new HeldRowTracker(held, inFlight, ledger, seen);
    }

    SiblingTracker siblings() {
        return siblings;
    }

    HeldRowTracker heldRows() {
        return heldRows;
    }

    /** Returns whether the poll was shown a version that was not delivered and that no earlier poll was shown. */
    boolean showedNew() {
        return showedNew;
    }

    /**
     * Returns the rows of a page that are to be emitted, in the order of the page. Notes them as if they had been
     * emitted.
     *
     * @throws RuntimeException if the repository failed; then no row of the page is noted as emitted
     */
    List<Due> due(Page page, Reading reading) {
        List<Due> due = new ArrayList<>();
        boolean collected = false;
        try {
            collect(page, reading, due);
            collected = true;
        } finally {
            ledger.endLookUp();
            if (!collected) {
                putBack(due);
            }
        }
        return due;
    }

    private void collect(Page page, Reading reading, List<Due> due) {
        if (reading == Reading.OPENING) {
            page.rows().forEach(row -> shift.opened(row.recordKey(), row.version()));
            return;
        }
        RecordsOfPage records = new RecordsOfPage(page.rows());
        if (ledger.canLookUp()) {
            Map<Boolean, List<RowVersion>> bySeen = page.rows().stream()
                    .filter(row -> !inFlight.contains(row))
                    .collect(partitioningBy(this::wasSeen, mapping(Row::version, toList())));
            ledger.lookUp(bySeen.get(false), bySeen.get(true));
        }
        for (int index : records.order()) {
            Row row = page.rows().get(index);
            Shown shown = new Shown(row, index, records);
            heldRows.shown(row);
            switch (reading) {
                case FORWARD -> forward(shown, due);
                case PASS -> pass(shown, due);
                default -> probe(shown, due);
            }
        }
    }

    /** Returns whether the poll was shown that version before, be it replaced by now or not. */
    private boolean wasSeen(Row row) {
        return seen.shows(row.recordKey(), row.version()) || seen.replaced(row.version());
    }

    private void forward(Shown shown, List<Due> due) {
        long record = shown.record();
        RowVersion version = shown.version();
        RowVersion last = seen.last(record);
        shift.sawRow(shown.row());
        if (seen.shows(record, version)) {
            if (!shown.page().hasSeveral(record)) {
                shift.repeated(shown.row());
            }
        } else if (last == null) {
            first(shown, due);
        } else if (shown.isBeside(last)
                || siblings.isAtRest(record, version)
                || shift.isHeldBackAtRest(record, version)) {
            beside(shown, due);
        } else {
            shift.heldBack(record, version);
        }
    }

    private void pass(Shown shown, List<Due> due) {
        long record = shown.record();
        RowVersion version = shown.version();
        RowVersion last = seen.last(record);
        shift.sawRow(shown.row());
        if (seen.shows(record, version)) {
            if (version.equals(last) && seen.hasReplaced(record)) {
                siblings.lastShown(record);
            }
        } else if (last == null) {
            if (!siblings.isAtRest(record, version)) {
                shift.passBrought(record, version);
            }
            first(shown, due);
        } else if (shown.isBeside(last) || ledger.isSibling(record, version)) {
            if (beside(shown, due)) {
                shift.passBrought(record, version);
            }
        } else if (seen.replaced(version)) {
            // This is an older page, or a sibling on a page of its own.
            siblings.replacedShownAgain(record, version);
        } else {
            shift.passBrought(record, version);
            replace(last, shown, due);
        }
    }

    private void probe(Shown shown, List<Due> due) {
        long record = shown.record();
        RowVersion version = shown.version();
        RowVersion last = seen.last(record);
        boolean unseen = !seen.shows(record, version);
        shift.probeShowed(record, version, unseen);
        if (!unseen) {
            return;
        }
        if (last == null) {
            first(shown, due);
        } else if (shown.isBeside(last)) {
            beside(shown, due);
        } else {
            replace(last, shown, due);
        }
    }

    /** Takes the first version that the poll is shown of a record. */
    private void first(Shown shown, List<Due> due) {
        long record = shown.record();
        RowVersion version = shown.version();
        RowVersion before = ledger.last(record);
        boolean another = before != null && !before.equals(version);
        boolean besideBefore = another && shown.isBeside(before);
        if (another && !besideBefore && siblings.isAtRest(record, version)) {
            siblings.noteTentative(record, version);
            return;
        }
        boolean known = delivered.isKnown(record, version, besideBefore);
        showedNew |= !known && !version.equals(before) && !held.holds(record, version);
        // If the record has siblings, the list does not say which one has changed.
        boolean sibling =
                another && (besideBefore || ledger.isSibling(record, version) || ledger.isSibling(record, before));
        siblings.confirmTentative(record);
        decide(shown, shown.due(sibling ? null : before, false), !known, due);
        seen.note(record, version);
        if (ledger.isSibling(record, version)) {
            seen.noteSibling(record, version);
        }
    }

    /** Takes a version that stands beside the last one of its record; returns whether it is new. */
    private boolean beside(Shown shown, List<Due> due) {
        long record = shown.record();
        RowVersion version = shown.version();
        boolean known = delivered.isKnown(record, version, true);
        if (!known && seen.wasReplacedAfterDelivery(version)) {
            // It was taken for replaced, and its key was removed; it stands in the list at rest.
            ledger.add(version);
            known = true;
        }
        showedNew |= !known && !held.holds(record, version);
        siblings.note(record, version);
        decide(shown, shown.due(null, true), !known, due);
        return !known;
    }

    /** Takes a version that is newer than the last one that the poll was shown. */
    private void replace(RowVersion last, Shown shown, List<Due> due) {
        long record = shown.record();
        showedNew = true;
        siblings.changed(record);
        if (ledger.contains(last)) {
            seen.replacedAfterDelivery(last);
        }
        RowVersion superseded = seen.isSibling(record, last) ? null : last;
        seen.note(record, shown.version());
        decide(shown, shown.due(superseded, false), true, due);
    }

    /**
     * Adds a version to the due rows, or notes that it needs no exchange. In both cases the key of the version that it
     * replaces must be removed from the ledger.
     */
    private void decide(Shown shown, Due next, boolean isNew, List<Due> due) {
        Row row = shown.row();
        if (isNew) {
            heldRows.shownNew(row, shown::isBeside);
        }
        // After a reset every version is wanted again, an echo included.
        if (isNew && echoes.drops(row) && !ledger.isAfterReset()) {
            delivered.forgetReplaced(next);
            ledger.add(row.version());
            echoes.dropped(row);
        } else if (isNew && sink.wants(row)) {
            if (held.mayBeEmitted(row.recordKey(), row.version())) {
                echoes.passes(row);
                due.add(next);
            }
        } else {
            delivered.forgetReplaced(next);
        }
    }

    void beginPass() {
        siblings.beginPass();
        heldRows.beginPass();
    }

    /** Ends a pass, before its probe. */
    void endPass() {
        siblings.endPass();
    }

    /**
     * Undoes what was noted of rows that were not handed over. They have replaced nothing: the version before, known
     * or not, may still have its key in the ledger.
     */
    void putBack(List<Due> rest) {
        for (int index = rest.size() - 1; index >= 0; index--) {
            Due due = rest.get(index);
            long record = due.row().recordKey();
            if (due.sibling()) {
                seen.forgetSibling(record, due.row().version());
            } else if (due.superseded() != null) {
                seen.note(record, due.superseded());
            } else {
                seen.forget(record);
            }
        }
    }
}
