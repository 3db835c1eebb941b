package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.RowVersion;
import java.util.ArrayList;
import java.util.List;

/**
 * Which rows of a page are due, and what the page tells of the list's drift.
 *
 * <p>Pages that are read one at a time show the records in the order of time, so that whatever they show is newer than what
 * was shown before. Pages fetched in parallel do not: where the forward sweep comes upon a record a second time in another
 * version, it cannot tell which is the newer one, and leaves the question to the probe.
 */
final class Sieve {
    /** How a page was come by, which decides what a second version of a record means. */
    enum Reading {
        OPENING,
        SWEEP,
        PASS,
        PROBE
    }

    private final SyncState state;
    private final RowSink sink;
    private final Seen seen;
    private final Drift drift;
    private boolean showedNew;

    Sieve(SyncState state, RowSink sink, Seen seen, Drift drift) {
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
     * @return what is to be delivered, in the order of the page; taken note of as if it had been
     * @throws RuntimeException if the repository failed; then nothing of the page is taken note of as delivered
     */
    List<Due> due(Page page, Reading reading) {
        List<Due> due = new ArrayList<>();
        try {
            collect(page, reading, due);
        } catch (RuntimeException e) {
            putBack(due);
            throw e;
        }
        return due;
    }

    private void collect(Page page, Reading reading, List<Due> due) {
        List<Row> rows = page.rows();
        for (int index = 0; index < rows.size(); index++) {
            Row row = rows.get(index);
            long record = row.recordKey();
            RowVersion version = row.version();
            RowVersion last = seen.last(record);
            if (reading == Reading.OPENING) {
                drift.opened(record, version);
                continue;
            }
            boolean unseen = last == null || !version.equals(last);
            if (reading == Reading.PROBE) {
                drift.probeShowed(record, version, unseen);
            } else {
                drift.sawRow(row);
            }
            if (!unseen) {
                continue;
            }
            if (last == null) {
                if (reading == Reading.PASS) {
                    drift.passBrought(record, version);
                }
                RowVersion before = state.inWindow(record);
                boolean known = state.known(record, version);
                showedNew |= !known && !version.equals(before);
                replace(row, before, !known, index, due);
            } else if (reading == Reading.SWEEP && firstOf(record, rows.subList(0, index))) {
                drift.heldBack(record);
            } else if (reading == Reading.PROBE || !seen.replaced(version)) {
                if (reading == Reading.PASS) {
                    drift.passBrought(record, version);
                }
                showedNew = true;
                replace(row, last, true, index, due);
            }
        }
    }

    private static boolean firstOf(long record, List<Row> before) {
        return before.stream().noneMatch(row -> row.recordKey() == record);
    }

    /**
     * Takes note of the version last: what it replaces must not be lost sight of as long as it may have a key in the
     * ledger.
     */
    private void replace(Row row, RowVersion before, boolean isNew, int index, List<Due> due) {
        if (isNew && state.isEcho(row)) {
            state.drop(row, before);
        } else if (isNew && sink.wants(row)) {
            state.willDeliver(row);
            due.add(new Due(row, before, index));
        } else {
            state.forget(before, row.version());
        }
        seen.note(row.recordKey(), row.version());
    }

    /**
     * What was not handed over has replaced nothing: the version before it, known or not, may still have its key in the
     * ledger.
     */
    void putBack(List<Due> rest) {
        for (int index = rest.size() - 1; index >= 0; index--) {
            Due due = rest.get(index);
            if (due.superseded() != null) {
                seen.note(due.row().recordKey(), due.superseded());
            } else {
                seen.forget(due.row().recordKey());
            }
        }
    }
}
