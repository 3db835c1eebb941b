/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.row.RowVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which rows of a page are due, and what the page tells of the list's drift.
 *
 * <p>Pages that are read one at a time show the records in the order of time, so that whatever they show is newer than what
 * was shown before. Pages fetched in parallel do not: where the forward sweep comes upon a record a second time in another
 * version, it cannot tell which is the newer one, and leaves the question to the probe.
 *
 * <p>A list may show one record in several rows at rest, as bills with their items. On one page they are siblings: each is a
 * version by itself, and none replaces another. On two pages they are siblings once a pass has shown both again.
 */
final class Deduplicator {
    /** How a page was come by, which decides what a second version of a record means. */
    enum Reading {
        OPENING,
        SWEEP,
        PASS,
        PROBE
    }

    private final SyncState state;
    private final RowSink sink;
    private final SeenVersions seen;
    private final ShiftDetector drift;
    /** Versions taken for siblings at rest as long as the last version of their record is shown, too. */
    private final Map<Long, List<RowVersion>> tentative = new HashMap<>();
    /** Of the current pass: replaced versions that it showed again, and the records whose last version it showed. */
    private final Map<Long, Set<RowVersion>> shownAgain = new HashMap<>();

    private final Set<Long> lastShown = new HashSet<>();
    /** What the last pass showed, with its probe, of records of which versions are held; null where there was no pass. */
    private Map<Long, Set<RowVersion>> shownLast;

    private boolean showedNew;
    private boolean siblingMissing;

    Deduplicator(SyncState state, RowSink sink, SeenVersions seen, ShiftDetector drift) {
        this.state = state;
        this.sink = sink;
        this.seen = seen;
        this.drift = drift;
    }

    /** @return whether a version came that is neither delivered nor was shown to a poll before */
    boolean showedNew() {
        return showedNew;
    }

    /**
     * @return what is to be emitted, in the order of the page; taken note of as if it had been
     * @throws RuntimeException if the repository failed; then nothing of the page is taken note of as delivered
     */
    List<Due> due(Page page, Reading reading) {
        List<Due> due = new ArrayList<>();
        boolean collected = false;
        try {
            collect(page, reading, due);
            collected = true;
        } finally {
            if (!collected) {
                putBack(due);
            }
        }
        return due;
    }

    private void collect(Page page, Reading reading, List<Due> due) {
        RecordsOfPage records = new RecordsOfPage(page.rows());
        for (int index : records.order()) {
            Row row = page.rows().get(index);
            if (shownLast != null && state.mayBeHeld(row)) {
                noteShown(row);
            }
            if (reading == Reading.PROBE) {
                probe(row, index, records, due);
            } else {
                drift.sawRow(row);
                if (reading == Reading.SWEEP) {
                    forward(row, index, records, due);
                } else {
                    pass(row, index, records, due);
                }
            }
        }
    }

    private void forward(Row row, int index, RecordsOfPage records, List<Due> due) {
        long record = row.recordKey();
        RowVersion version = row.version();
        RowVersion last = seen.last(record);
        if (seen.shows(record, version)) {
            if (!records.hasSeveral(record)) {
                drift.repeated(row);
            }
        } else if (last == null) {
            first(row, index, records, due);
        } else if (records.hasSibling(record, last)
                || isSiblingAtRest(record, version)
                || state.isHeldBackAtRest(record, version)) {
            beside(row, index, records, due);
        } else {
            drift.heldBack(record, version);
        }
    }

    private void pass(Row row, int index, RecordsOfPage records, List<Due> due) {
        long record = row.recordKey();
        RowVersion version = row.version();
        RowVersion last = seen.last(record);
        if (seen.shows(record, version)) {
            if (version.equals(last) && seen.hasReplaced(record)) {
                lastShown.add(record);
            }
        } else if (last == null) {
            if (!isSiblingAtRest(record, version)) {
                drift.passBrought(record, version);
            }
            first(row, index, records, due);
        } else if (records.hasSibling(record, last) || state.isSibling(record, version)) {
            if (beside(row, index, records, due)) {
                drift.passBrought(record, version);
            }
        } else if (seen.replaced(version)) {
            // An older page, or a sibling on a page of its own.
            shownAgain.computeIfAbsent(record, none -> new HashSet<>()).add(version);
        } else {
            drift.passBrought(record, version);
            replaceSeen(row, last, index, records, due);
        }
    }

    private void probe(Row row, int index, RecordsOfPage records, List<Due> due) {
        long record = row.recordKey();
        RowVersion version = row.version();
        RowVersion last = seen.last(record);
        boolean unseen = !seen.shows(record, version);
        drift.probeShowed(record, version, unseen);
        if (!unseen) {
            return;
        }
        if (last == null) {
            first(row, index, records, due);
        } else if (records.hasSibling(record, last)) {
            beside(row, index, records, due);
        } else {
            replaceSeen(row, last, index, records, due);
        }
    }

    /** A version of a record of which the poll has not been shown the last one. */
    private void first(Row row, int index, RecordsOfPage records, List<Due> due) {
        long record = row.recordKey();
        RowVersion version = row.version();
        RowVersion before = state.inWindow(record);
        boolean another = before != null && !before.equals(version);
        boolean besideBefore = another && records.hasSibling(record, before);
        if (another && !besideBefore && isSiblingAtRest(record, version)) {
            seen.noteSibling(record, version);
            tentative.computeIfAbsent(record, none -> new ArrayList<>()).add(version);
            return;
        }
        boolean known = state.known(record, version, besideBefore);
        showedNew |= !known && !version.equals(before) && !state.held().holds(record, version);
        // Of a record with siblings nothing tells which one has changed.
        boolean sibling =
                another && (besideBefore || state.isSibling(record, version) || state.isSibling(record, before));
        tentative.remove(record);
        decide(new Due(row, sibling ? null : before, false, index), !known, records, due);
        seen.note(record, version);
        if (state.isSibling(record, version)) {
            seen.noteSibling(record, version);
        }
    }

    /** A sibling that is to be delivered still may be what its record was before: only a pass can tell. */
    private boolean isSiblingAtRest(long record, RowVersion version) {
        return state.isSibling(record, version) && state.known(record, version, true);
    }

    /** @return whether it is due */
    private boolean beside(Row row, int index, RecordsOfPage records, List<Due> due) {
        long record = row.recordKey();
        RowVersion version = row.version();
        boolean known = state.known(record, version, true);
        if (!known && seen.wasReplacedAfterDelivery(version)) {
            state.deliveredAfterAll(version);
            known = true;
        }
        showedNew |= !known && !state.held().holds(record, version);
        noteSiblings(record, version);
        decide(new Due(row, null, true, index), !known, records, due);
        return !known;
    }

    /** A version that is newer than the one that the poll was shown last. */
    private void replaceSeen(Row row, RowVersion last, int index, RecordsOfPage records, List<Due> due) {
        showedNew = true;
        long record = row.recordKey();
        shownAgain.remove(record);
        lastShown.remove(record);
        if (state.isDelivered(last)) {
            seen.replacedAfterDelivery(last);
        }
        RowVersion superseded = seen.isSibling(record, last) ? null : last;
        seen.note(record, row.version());
        decide(new Due(row, superseded, false, index), true, records, due);
    }

    /**
     * Emits the version, or takes note that it needs no exchange: what it replaces must not be lost sight of as long as it
     * may have a key in the ledger.
     */
    private void decide(Due next, boolean isNew, RecordsOfPage records, List<Due> due) {
        Row row = next.row();
        if (isNew) {
            state.held().replaced(row.recordKey(), version -> isReplacedBy(row, version));
            state.held()
                    .doubt(
                            row.recordKey(),
                            version -> !version.equals(row.version()) && !records.hasSibling(row.recordKey(), version));
            if (shownLast != null) {
                noteShown(row);
            }
        }
        if (isNew && state.isEcho(row)) {
            state.drop(row, next.superseded());
        } else if (isNew && sink.wants(row)) {
            if (state.held().mayBeEmitted(row.recordKey(), row.version())) {
                state.willDeliver(row);
                due.add(next);
            }
        } else {
            state.forget(row.recordKey(), next.superseded(), row.version());
        }
    }

    private void noteShown(Row row) {
        shownLast.computeIfAbsent(row.recordKey(), none -> new HashSet<>()).add(row.version());
    }

    /**
     * Returns whether the list shows that version no more, as far as its last reading tells. A record that it did not show
     * at all may be older than what was asked for.
     */
    boolean isReplaced(long record, RowVersion held) {
        if (shownLast == null || !shownLast.containsKey(record)) {
            return seen.showsOthersOnly(record, held);
        }
        return !shownLast.get(record).contains(held);
    }

    private boolean isReplacedBy(Row row, RowVersion held) {
        long record = row.recordKey();
        return !held.equals(row.version()) && !seen.shows(record, held) && !state.isSibling(record, held);
    }

    /** To be called where a pass begins. */
    void beginPass() {
        shownAgain.clear();
        shownLast = new HashMap<>();
        lastShown.clear();
    }

    /**
     * To be called when a pass has been read, before its probe. Pages that are read one at a time can show a replaced version
     * again, and the last one too, only if the list holds both at rest; what the pass brought does not count, for it changed
     * meanwhile.
     */
    void endPass() {
        shownAgain.forEach((record, versions) -> {
            if (lastShown.contains(record)) {
                for (RowVersion version : versions) {
                    if (seen.wasReplacedAfterDelivery(version)) {
                        state.deliveredAfterAll(version);
                    } else {
                        // It failed, and was let go of when the other one seemed to take its place.
                        siblingMissing = true;
                    }
                    noteSiblings(record, version);
                }
            }
        });
    }

    private void noteSiblings(long record, RowVersion version) {
        seen.noteSibling(record, seen.last(record));
        seen.noteSibling(record, version);
    }

    /** Returns whether a sibling is to be delivered that only the next poll will show again. */
    boolean isSiblingMissing() {
        return siblingMissing;
    }

    /**
     * To be called when the list has been read. A version that was taken for a sibling of the one delivered last, which the
     * list does not show any more, may be what the record is now: its key goes, so that the next poll delivers it.
     *
     * @return whether there is one
     */
    boolean revokeTentative() {
        boolean revoked = false;
        for (Map.Entry<Long, List<RowVersion>> entry : tentative.entrySet()) {
            if (seen.last(entry.getKey()) == null) {
                revoked = true;
                entry.getValue().forEach(version -> state.forget(entry.getKey(), version, null));
            }
        }
        return revoked;
    }

    /**
     * What was not handed over has replaced nothing: the version before it, known or not, may still have its key in the
     * ledger.
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
