package io.github.camelclinicea.sync;

import io.github.camelclinicea.sync.BoundedSource.Fetched;
import io.github.camelclinicea.sync.PollResult.End;
import io.github.camelclinicea.sync.Sieve.Reading;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * One poll, as sync-contract section 3 has it: a forward sweep, and if the list shifted while it was read, passes over it
 * until nothing turns up that was not seen. Delivers what is due; does not touch the checkpoint.
 */
final class Poll {
    private final SyncState state;
    private final SyncSettings settings;
    private final RowSink sink;
    private final Instant since;
    private final Instant localStart;

    private final Seen seen = new Seen();
    private final Drift drift = new Drift();
    private final Sieve sieve;
    private final Allowance allowance;

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
        this.sieve = new Sieve(state, sink, seen, drift);
        this.allowance = new Allowance(settings.maxRows(), state);
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

    /** @return whether it was shown a version that is neither delivered nor was shown to a poll before */
    boolean showedNew() {
        return sieve.showedNew();
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
        try {
            End end = sweep();
            return end == End.CLEAN && filledPages > 1 && serverStart != null ? settle() : end;
        } catch (PageRefusedException refused) {
            throw refused.failure();
        }
    }

    private End sweep() throws Exception {
        try {
            return sweepFrom(state.firstPage());
        } catch (PageRefusedException refused) {
            // Only page 0, and only as the first answer of a sweep, can mean "pages start at 1".
            if (pages > 0 || !state.mayStartPagesAtOne()) {
                throw refused;
            }
        }
        return sweepFrom(1);
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
            if (end == End.CLEAN) {
                end = probe();
            }
            churn = drift.afterPass(pass);
        }
        return end;
    }

    /** Everything since the horizon, as it stands now. */
    private End probe() throws Exception {
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
        }
    }

    private End backwardPass() throws Exception {
        // One page more than there were: the list may have grown.
        for (int number = lastFilledPage + 1; number >= state.firstPage(); number--) {
            Fetched fetched = state.fetch(since, number, sink);
            End end = fetched == null ? End.STOPPED : take(fetched, since, Reading.PASS);
            if (end != End.CLEAN) {
                return end;
            }
        }
        return End.CLEAN;
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
            due = sieve.due(fetched.page(), reading);
            int size = allowance.of(due);
            while (handedOver < size) {
                Due next = due.get(handedOver);
                if (!sink.open()
                        || !state.deliver(
                                next, position(next, fetched.page(), from, handedOver, size), fetched.slot(), sink)) {
                    return End.STOPPED;
                }
                handedOver++;
                delivered++;
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
}
