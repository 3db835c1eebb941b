package io.github.camelclinicea.sync;

import io.github.camelclinicea.sync.BoundedSource.Fetched;
import io.github.camelclinicea.sync.PollResult.End;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One poll, as sync-contract section 3 has it: a forward sweep, and if the list shifted while it was read, passes over it
 * until nothing turns up that was not seen. Delivers what is due; does not touch the checkpoint.
 *
 * <p>Pages that are read one at a time show the records in the order of time, so that whatever they show is newer than what
 * was shown before. Pages fetched in parallel do not: where the forward sweep comes upon a record a second time in another
 * version, it cannot tell which is the newer one, and leaves the question to the probe.
 */
final class Poll {
    /** How a page was come by, which decides what a second version of a record means. */
    private enum Reading {
        OPENING,
        SWEEP,
        PASS,
        PROBE
    }

    /** A row to deliver, and the version it replaces in the ledger, or null. */
    private record Due(Row row, Fingerprint superseded) {}

    private final SyncState state;
    private final SyncSettings settings;
    private final RowSink sink;
    private final Instant since;
    private final Instant localStart;

    private final Seen seen = new Seen();
    private final Drift drift = new Drift();

    private Instant serverStart;
    private int pages;
    private int filledPages;
    private int lastFilledPage;
    private int delivered;

    Poll(SyncState state, SyncSettings settings, RowSink sink, Instant since, Instant localStart) {
        this.state = state;
        this.settings = settings;
        this.sink = sink;
        this.since = since;
        this.localStart = localStart;
    }

    Seen seen() {
        return seen;
    }

    boolean sawRows() {
        return filledPages > 0;
    }

    /**
     * @return whether a record that this poll did not see is not in the list. Over several pages nobody can tell without a
     *     probe, which takes the server's time
     */
    boolean sawAll() {
        return filledPages <= 1 || serverStart != null;
    }

    int pages() {
        return pages;
    }

    int delivered() {
        return delivered;
    }

    /**
     * @return the moment up to which this poll knows everything, less the overlap: where the next sweep may start. Null if
     *     the server sent no {@code Date}: the local clock alone must never push the checkpoint on
     */
    Instant horizon() {
        if (serverStart == null) {
            return null;
        }
        Instant earlier = serverStart.isBefore(localStart) ? serverStart : localStart;
        return earlier.minusSeconds(1).minus(settings.overlap()).truncatedTo(ChronoUnit.SECONDS);
    }

    /** @return how the reading ended; the rows delivered may still be in flight */
    End read() throws Exception {
        End end = sweep();
        if (end == End.CLEAN && filledPages > 1 && serverStart != null) {
            end = settle();
        }
        return end;
    }

    private End sweep() throws Exception {
        try {
            return sweepFrom(state.firstPage());
        } catch (PageRefusedException refused) {
            // Only page 0, and only as the first answer of a sweep, can mean "pages start at 1".
            if (pages > 0 || !state.mayStartPagesAtOne()) {
                throw refused.failure();
            }
        }
        try {
            return sweepFrom(1);
        } catch (PageRefusedException refused) {
            throw refused.failure();
        }
    }

    private End sweepFrom(int firstPage) throws Exception {
        try (Sweep sweep = state.parallelSweep(since, firstPage, sink)) {
            return readAll(sweep, Reading.SWEEP);
        }
    }

    private End settle() throws Exception {
        End end = probe();
        boolean churn = drift.afterSweep();
        for (int pass = 1; end == End.CLEAN && churn; pass++) {
            if (pass > settings.maxPasses()) {
                return End.UNSETTLED;
            }
            drift.beginPass();
            end = pass % 2 == 1 ? backwardPass() : forwardPass();
            drift.endPass();
            if (end == End.CLEAN) {
                end = probe();
            }
            churn = drift.afterPass(pass);
        }
        return end;
    }

    /** Everything since the horizon, as it stands now. */
    private End probe() throws Exception {
        drift.beginProbe();
        Instant horizon = horizon();
        return forward(horizon.isAfter(since) ? horizon : since, Reading.PROBE);
    }

    /**
     * Lets pages be fetched ahead. What changed lately is noted before, for pages that are read in no order of time do not
     * tell by themselves whether the list shifted meanwhile. Where all of the list is that young, or rows do not tell of
     * their changes at all, it is read in order.
     */
    private End openUp(Sweep sweep) throws Exception {
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
        try (Sweep sweep = state.sequentialSweep(from, sink)) {
            return readAll(sweep, reading);
        } catch (PageRefusedException refused) {
            throw refused.failure();
        }
    }

    private End backwardPass() throws Exception {
        try {
            // One page more than there were: the list may have grown.
            for (int number = lastFilledPage + 1; number >= state.firstPage(); number--) {
                Fetched fetched = state.fetch(since, number, sink);
                End end = fetched == null ? End.STOPPED : take(fetched, since, Reading.PASS);
                if (end != End.CLEAN) {
                    return end;
                }
            }
            return End.CLEAN;
        } catch (PageRefusedException refused) {
            throw refused.failure();
        }
    }

    private End readAll(Sweep sweep, Reading reading) throws Exception {
        while (true) {
            Fetched fetched = sweep.next();
            if (fetched == null) {
                return End.STOPPED;
            }
            Page page = fetched.page();
            if (reading == Reading.SWEEP) {
                noteSweepPage(page);
            }
            End end = take(fetched, sweep.since(), reading);
            if (end == End.CLEAN && reading == Reading.SWEEP && filledPages == 1 && sweep.couldFetchAhead()) {
                end = openUp(sweep);
            }
            if (end != End.CLEAN || page.isEmpty()) {
                return end;
            }
        }
    }

    private void noteSweepPage(Page page) {
        if (filledPages == 0) {
            serverStart = page.serverTime();
        }
        if (!page.isEmpty()) {
            if (filledPages == 0) {
                state.firstPageIs(page.number());
            }
            filledPages++;
            lastFilledPage = page.number();
        }
    }

    /** Delivers what is due of a page. */
    private End take(Fetched fetched, Instant from, Reading reading) throws InterruptedException {
        List<Due> due = List.of();
        int handedOver = 0;
        try {
            pages++;
            due = due(fetched.page(), reading);
            int allowed = settings.maxRows() > 0 ? settings.maxRows() - delivered : Integer.MAX_VALUE;
            int size = Math.min(due.size(), allowed);
            while (handedOver < size) {
                Due next = due.get(handedOver);
                if (!sink.open()
                        || !state.deliver(next.row(), next.superseded(), fetched, from, handedOver, size, sink)) {
                    return End.STOPPED;
                }
                handedOver++;
                delivered++;
            }
            return size < due.size() ? End.LIMITED : End.CLEAN;
        } finally {
            // What was not handed over has replaced nothing: the version before it still has its key in the ledger.
            for (int index = due.size() - 1; index >= handedOver; index--) {
                if (due.get(index).superseded() != null) {
                    seen.note(due.get(index).row().recordKey(), due.get(index).superseded());
                }
            }
            fetched.slot().release();
        }
    }

    private List<Due> due(Page page, Reading reading) {
        List<Due> due = new ArrayList<>();
        Set<Long> onThisPage = new HashSet<>();
        for (Row row : page.rows()) {
            long record = row.recordKey();
            Fingerprint version = row.version();
            Fingerprint last = seen.last(record);
            boolean firstOnPage = onThisPage.add(record);
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
                noteUnseen(record, version, reading);
                seen.note(record, version);
                Fingerprint before = state.inWindow(record);
                if (!state.known(record, version) && sink.wants(row)) {
                    due.add(new Due(row, before));
                } else {
                    state.forget(before, version);
                }
            } else if (reading == Reading.SWEEP && firstOnPage) {
                drift.heldBack(record);
            } else if (reading == Reading.PROBE || !seen.replaced(version)) {
                noteUnseen(record, version, reading);
                seen.note(record, version);
                if (sink.wants(row)) {
                    due.add(new Due(row, last));
                } else {
                    state.forget(last, version);
                }
            }
        }
        return due;
    }

    private void noteUnseen(long record, Fingerprint version, Reading reading) {
        if (reading == Reading.PASS) {
            drift.passBrought(record, version);
        }
    }
}
