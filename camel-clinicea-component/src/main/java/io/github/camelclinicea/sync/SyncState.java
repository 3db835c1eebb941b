package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.RowVersion;
import io.github.camelclinicea.sync.BoundedSource.Fetched;
import io.github.camelclinicea.sync.BoundedSource.Slot;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * What outlives a poll: where the pages come from, the ledger, the rows in flight, the slots for pages, and the versions
 * that the open window holds.
 */
final class SyncState {
    private final BoundedSource source;
    private final PageWindow window;
    private final Executor executor;
    private final SyncSettings settings;
    private final Ledger ledger;
    private final EchoFilter echoes;
    private final InFlight inFlight;
    private final Progress progress;

    /** Versions with a key in the ledger, as far as this process knows: what there is to be trimmed. */
    private VersionTable openWindow = new VersionTable();

    /** Versions that failed in the poll before this one, and in this one; kept only where a poll is limited. */
    private Set<RowVersion> failedBefore = Set.of();

    private Set<RowVersion> failedNow = ConcurrentHashMap.newKeySet();

    /** Since a reset: keys in the ledger that this process has not written may be older than it. */
    private boolean anew;

    private int firstPage;
    private boolean firstPageCertain;

    SyncState(
            PageSource source,
            Executor executor,
            SyncSettings settings,
            Ledger ledger,
            EchoFilter echoes,
            Progress progress,
            long lookMillis) {
        this.window = new PageWindow(settings, System::nanoTime);
        source.tellOf(new PageSource.Requests() {
            @Override
            public void waits() {
                progress.made();
            }

            @Override
            public void refused(long sentAt) {
                window.refused(sentAt);
            }
        });
        this.source = new BoundedSource(
                (since, number) -> {
                    Page page = source.fetch(since, number);
                    progress.made();
                    window.answered(page);
                    return page;
                },
                settings.pagesInFlight(),
                lookMillis);
        this.progress = progress;
        this.inFlight = new InFlight(lookMillis);
        this.executor = executor;
        this.settings = settings;
        this.ledger = ledger;
        this.echoes = echoes;
        this.firstPage = settings.firstPage();
        this.firstPageCertain = settings.firstPageCertain();
    }

    void beginPoll() {
        inFlight.countFailuresAnew();
        failedBefore = failedNow;
        failedNow = ConcurrentHashMap.newKeySet();
    }

    /** @return whether it is offered again, which must not use up the room that a limited poll has for others */
    boolean failedBefore(RowVersion version) {
        return failedBefore.contains(version);
    }

    InFlight inFlight() {
        return inFlight;
    }

    int pagesAhead() {
        return window.size();
    }

    int firstPage() {
        return firstPage;
    }

    /** @return false if the first page is certain, by the user's word or because the server has sent it before */
    boolean mayStartPagesAtOne() {
        return !firstPageCertain && firstPage == 0;
    }

    /** The server has sent rows by that number: a later refusal of it does not mean that pages start elsewhere. */
    void firstPageIs(int number) {
        firstPage = number;
        firstPageCertain = true;
    }

    Sweep parallelSweep(Instant since, int first, RowSink sink) {
        return new Sweep(source, executor, sink::open, since, first, settings, window);
    }

    Sweep sequentialSweep(Instant since, RowSink sink) {
        return new Sweep(source, null, sink::open, since, firstPage, settings, window);
    }

    /** @return one page by itself, or null if the sink closed before there was room for it */
    Fetched fetch(Instant since, int number, RowSink sink) throws Exception {
        return source.fetch(since, number, sink::open);
    }

    /**
     * @return whether this version of the record needs no delivery. What is in the ledger does not count where this process
     *     last delivered another version: a second node may have been faster with the newer one and this one slower with
     *     the older one, which would then be the last to have arrived
     */
    boolean known(long record, RowVersion version) {
        if (inFlight.holds(record, version)) {
            return true;
        }
        RowVersion last = openWindow.get(record);
        if (anew && last == null) {
            ledger.remove(version);
            return false;
        }
        return (last == null || last.equals(version)) && ledger.contains(version);
    }

    /**
     * @param row a version that is not known
     * @return whether the component wrote it itself. After a reset everything is wanted again, whoever wrote it
     */
    boolean isEcho(Row row) {
        return echoes.drops(row) && !anew;
    }

    /** Counts a version as delivered that the route need not see. */
    void drop(Row row, RowVersion superseded) {
        forget(superseded, row.version());
        ledger.add(row.version());
        echoes.dropped(row);
    }

    /** To be called of a row that is due, before any of its page is delivered. */
    void willDeliver(Row row) {
        echoes.passes(row);
    }

    long echoesDropped() {
        return echoes.count();
    }

    /**
     * Hands a row to the sink once no other version of its record is in flight.
     *
     * @param due the row. The ledger key of the version that it replaces goes before the route sees this one: from then on,
     *     however this one ends, the record's older version would have to be delivered again if it came back
     * @param position where it stands
     * @param slot the slot of its page, which is held until the row has ended
     * @return false if the sink closed before that
     */
    boolean deliver(Due due, PagePosition position, Slot slot, RowSink sink) throws InterruptedException {
        Row row = due.row();
        RowVersion superseded = due.superseded();
        long record = row.recordKey();
        if (!inFlight.begin(record, row.version(), sink::open)) {
            return false;
        }
        slot.hold();
        Delivery delivery = new Delivery(row, position, 1, (well, cause) -> {
            boolean remembered = false;
            try {
                if (well) {
                    ledger.add(row.version());
                }
                remembered = well;
            } finally {
                if (!remembered && settings.maxRows() > 0) {
                    failedNow.add(row.version());
                }
                inFlight.end(record, remembered);
                slot.release();
                progress.made();
            }
        });
        try {
            forget(superseded, row.version());
            sink.deliver(delivery);
        } catch (RuntimeException e) {
            delivery.failed(e);
            throw e;
        }
        return true;
    }

    /** Forgets that a version was delivered, unless it is the one that replaces it: a row that failed before. */
    void forget(RowVersion superseded, RowVersion by) {
        if (superseded != null && !superseded.equals(by)) {
            ledger.remove(superseded);
        }
    }

    /** @return the version of the record that an earlier poll was shown last, or null */
    RowVersion inWindow(long record) {
        return openWindow.get(record);
    }

    /** After a poll that trimmed nothing: what it was shown stays to be trimmed by one that does. */
    void extendWindow(Seen seen) {
        openWindow = VersionTable.union(openWindow, seen.table());
    }

    /**
     * After a clean poll: the keys of all that it did not show any more go.
     *
     * @return false if the sink closed meanwhile
     */
    boolean replaceWindow(Seen seen, RowSink sink) {
        VersionTable shown = seen.table();
        boolean[] stopped = {false};
        openWindow.forEach((record, version) -> {
            stopped[0] = stopped[0] || !sink.open();
            if (!stopped[0] && !shown.holds(record, version)) {
                ledger.remove(version);
                progress.made();
            }
        });
        if (!stopped[0]) {
            openWindow = shown;
            anew = false;
        }
        return !stopped[0];
    }

    /** Forgets all deliveries: those that this process knows of at once, those of an earlier one as they are met with. */
    void forgetAll() {
        openWindow.forEach((record, version) -> ledger.remove(version));
        openWindow = new VersionTable();
        anew = true;
    }
}
