/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.RequestListener;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.row.RowVersion;
import io.github.camelclinicea.sync.PageSlots.Fetched;
import io.github.camelclinicea.sync.PageSlots.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What outlives a poll: where the pages come from, the ledger, the rows in flight and those that are held, the slots for
 * pages, and the versions that the open window holds.
 */
final class SyncState {
    private static final Logger LOG = LoggerFactory.getLogger(SyncState.class);

    private static final int POLLS_AT_REST = 3;

    private record HeldBack(RowVersion version, int polls) {}

    private final PageSlots source;
    private final PrefetchWindow window;
    private final LearnedPaging paging;
    private final Executor executor;
    private final SyncSettings settings;
    private final Ledger ledger;
    private final EchoFilter echoes;
    private final Deliveries inFlight;
    private final HeldRows held;
    private final FirstPage firstPage;
    private final Progress progress;

    /** Versions with a key in the ledger, as far as this process knows: what there is to be trimmed. */
    private VersionTable openWindow = new VersionTable();

    /** The records that the poll before this one emitted, and those of this one; kept only where a poll is limited. */
    private VersionTable emittedBefore = new VersionTable();

    private VersionTable emittedNow = new VersionTable();
    private int placesBefore;
    private int placesNow;

    /** What the repository failed with when it was to remember a delivery of this poll; null if it did not. */
    private volatile RuntimeException repositoryFailure;

    /** Rows that failed in this poll and could not be held. */
    private final AtomicInteger failedUnheld = new AtomicInteger();

    private Map<Long, HeldBack> heldBack = Map.of();
    private long lastRepeated;
    private int repeatedInARow;
    private long repeatedAtRest;

    /** Since a reset: keys in the ledger that this process has not written may be older than it. */
    private boolean anew;

    /** The requests of one page. */
    private final class PageRequests implements RequestListener {
        private final Progress progress;
        private Duration took = Duration.ZERO;

        PageRequests(Progress progress) {
            this.progress = progress;
        }

        @Override
        public void waiting() {
            progress.made();
        }

        @Override
        public void answered(Duration time) {
            took = time;
        }

        @Override
        public void refused(long sentAt) {
            window.refused(sentAt);
        }
    }

    SyncState(
            PageSource source,
            Executor executor,
            SyncSettings settings,
            Ledger ledger,
            FirstPage firstPage,
            EchoFilter echoes,
            HeldRows held,
            Progress progress,
            long lookMillis) {
        this.window = new PrefetchWindow(settings, System::nanoTime);
        this.source = new PageSlots(
                (since, number) -> {
                    PageRequests requests = new PageRequests(progress);
                    Page page = source.fetch(since, number, requests);
                    progress.made();
                    window.answered(page, requests.took);
                    return page;
                },
                settings.pagesInFlight(),
                lookMillis);
        this.paging = new LearnedPaging(settings.pageSize());
        this.progress = progress;
        this.inFlight = new Deliveries(lookMillis);
        this.held = held;
        this.executor = executor;
        this.settings = settings;
        this.ledger = ledger;
        this.firstPage = firstPage;
        this.echoes = echoes;
    }

    void beginPoll() {
        held.beginPoll();
        inFlight.countFailuresAnew();
        failedUnheld.set(0);
        repositoryFailure = null;
        emittedBefore = emittedNow;
        emittedNow = new VersionTable();
        placesBefore = placesNow;
        placesNow = 0;
    }

    /**
     * Returns whether the row comes again, so that it must not use up the room that a limited poll has for others.
     *
     * @param place how many rows of the list stand before it: what tells rows without an id from new ones
     */
    boolean cameBefore(Row row, int place) {
        return emittedBefore.get(row.recordKey()) != null
                || row.id() == null && place < placesBefore
                || held.holds(row.recordKey(), row.version());
    }

    /** Records up to which place of the list the poll has emitted what was due. */
    void passedPlaces(int places) {
        placesNow = places;
    }

    /**
     * Records which versions a poll held back that could make no passes, since the server sends no {@code Date}. What is held
     * back in poll after poll stands in the list at rest, beside another version of its record.
     */
    void heldBack(Map<Long, RowVersion> versions) {
        Map<Long, HeldBack> now = new HashMap<>();
        versions.forEach((record, version) -> {
            HeldBack before = heldBack.get(record);
            boolean again = before != null && before.version().equals(version);
            now.put(record, new HeldBack(version, again ? before.polls() + 1 : 1));
        });
        heldBack = now;
    }

    boolean isHeldBackAtRest(long record, RowVersion version) {
        HeldBack before = heldBack.get(record);
        return before != null && before.version().equals(version) && before.polls() >= POLLS_AT_REST - 1;
    }

    Deliveries inFlight() {
        return inFlight;
    }

    HeldRows held() {
        return held;
    }

    FirstPage firstPage() {
        return firstPage;
    }

    /** Returns whether a row failed in this poll that must be read from the list again. */
    boolean hasFailedUnheld() {
        return failedUnheld.get() > 0;
    }

    /** Returns whether the server was seen to repeat a page where it has no other. */
    boolean repeatsPages() {
        return paging.isKnownToRepeatPages();
    }

    int pagesAhead() {
        return window.size();
    }

    ListReading parallelSweep(Instant since, int first, RowSink sink) {
        return sweep(since, first, sink, executor, false);
    }

    /** A list without rows is asked for once more: that of a probe proves that nothing changed, that of a pass is wrong. */
    ListReading sequentialSweep(Instant since, RowSink sink) {
        return sweep(since, firstPage.number(), sink, null, true);
    }

    private ListReading sweep(Instant since, int first, RowSink sink, Executor executor, boolean confirmsEmptyList) {
        PageQueue queue = new PageQueue(source, executor, sink::open, since, first, settings.maxPages(), window);
        return new ListReading(queue, settings, paging, executor != null, confirmsEmptyList);
    }

    /** @return one page by itself, or null if the sink closed before there was room for it */
    Fetched fetch(Instant since, int number, RowSink sink) throws Exception {
        return source.fetch(since, number, sink::open);
    }

    /** Returns a page whose only use is the server's clock; null if the sink closed before there was room for it. */
    Page anyFirstPage(Instant since, RowSink sink) throws Exception {
        Fetched fetched;
        try {
            fetched = fetch(since, firstPage.number(), sink);
        } catch (PageRefusedException refused) {
            if (firstPage.isCertain()) {
                throw refused.failure();
            }
            try {
                fetched = fetch(since, firstPage.number() + 1, sink);
            } catch (PageRefusedException e) {
                throw refused.failure();
            }
        }
        if (fetched == null) {
            return null;
        }
        fetched.page().rows().forEach(Row::takeBody);
        fetched.slot().release();
        return fetched.page();
    }

    /**
     * @param besideLast whether the list shows the last version that this process delivered of the record, too
     * @return whether this version of the record needs no delivery. What is in the ledger does not count where this process
     *     last delivered another version that the list does not show any more: a second node may have been faster with the
     *     newer one and this one slower with the older one, which would then be the last to have arrived
     */
    boolean known(long record, RowVersion version, boolean besideLast) {
        if (inFlight.holds(record, version)) {
            return true;
        }
        RowVersion last = openWindow.get(record);
        if (anew && !version.equals(last) && !isSibling(record, version)) {
            // Its key may be older than the reset, even where this process has met with another row of its record.
            ledger.remove(version);
            return false;
        }
        return (last == null || besideLast || last.equals(version)) && ledger.contains(version);
    }

    boolean isDelivered(RowVersion version) {
        return ledger.contains(version);
    }

    /** Puts back the key of a version that was taken for replaced, and stands in the list at rest. */
    void deliveredAfterAll(RowVersion version) {
        ledger.add(version);
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
        forget(row.recordKey(), superseded, row.version());
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
     * @param slot the slot of its page, which is held until the row has ended; null if it has none
     * @return false if the sink closed before that
     */
    boolean deliver(Due due, PagePosition position, Slot slot, RowSink sink) throws InterruptedException {
        RuntimeException failure = repositoryFailure;
        if (failure != null) {
            // What is emitted now would come again, and each row would wait for the repository in vain.
            throw failure;
        }
        Row row = due.row();
        long record = row.recordKey();
        if (!inFlight.begin(record, row.version(), sink::open)) {
            return false;
        }
        if (slot != null) {
            slot.hold();
        }
        if (settings.maxRows() > 0) {
            emittedNow.put(record, row.version());
        }
        try {
            forget(record, due.superseded(), row.version());
        } catch (RuntimeException | Error e) {
            // The route has not seen it: it is no failed row, but one that this poll did not come to.
            inFlight.abandon(record);
            releaseIfAny(slot);
            throw e;
        }
        int attempt = held.attempts(record, row.version()) + 1;
        Delivery delivery = new Delivery(
                row, position, attempt, (succeeded, cause) -> end(row, position, attempt, slot, succeeded, cause));
        try {
            sink.deliver(delivery);
        } catch (RuntimeException e) {
            delivery.failed(e);
            throw e;
        } catch (Error e) {
            // The failure of this row, whatever it is: an Error must end neither the poll nor the polling.
            LOG.debug("Sync {}: a row failed with {}", settings.syncId(), e.getClass());
            delivery.failed(e);
        }
        return true;
    }

    private void end(Row row, PagePosition position, int attempt, Slot slot, boolean succeeded, Throwable cause) {
        boolean remembered = false;
        try {
            if (succeeded) {
                ledger.add(row.version());
            }
            remembered = succeeded;
        } catch (RuntimeException e) {
            repositoryFailure = e;
            throw e;
        } finally {
            if (remembered) {
                held.delivered(row.recordKey(), row.version());
            } else if (!held.failed(row, position, attempt, cause)) {
                failedUnheld.incrementAndGet();
            }
            inFlight.end(row.recordKey(), remembered);
            releaseIfAny(slot);
            progress.made();
        }
    }

    private static void releaseIfAny(Slot slot) {
        if (slot != null) {
            slot.release();
        }
    }

    /** Returns whether versions of the row's record are held, or the route has the row and it may fail. */
    boolean mayBeHeld(Row row) {
        return !held.versions(row.recordKey()).isEmpty() || inFlight.holds(row.recordKey(), row.version());
    }

    /** Returns whether the row is still held, and the route does not have it at the moment. */
    boolean isHeldAndAtRest(Row row) {
        return held.holds(row.recordKey(), row.version()) && !inFlight.holds(row.recordKey(), row.version());
    }

    /** Returns what is the same for two sweeps that showed the same records on two pages at rest; 0 if none did. */
    long recordsRepeatedAtRest() {
        return repeatedAtRest;
    }

    /**
     * Records which records a sweep showed on two pages while rows seemed to be missing; 0 if none were. A list that shows
     * the same ones in poll after poll has them there at rest, and not for rows in no stable order.
     */
    void repeatedRecords(long records) {
        repeatedInARow = records == lastRepeated ? repeatedInARow + 1 : 1;
        lastRepeated = records;
        if (records != 0 && repeatedInARow == POLLS_AT_REST) {
            repeatedAtRest = records;
        }
    }

    /** Forgets that a version was delivered or is held, unless it is the one that replaces it: a row that failed before. */
    void forget(long record, RowVersion superseded, RowVersion by) {
        if (superseded != null && !superseded.equals(by)) {
            held.replaced(record, superseded);
            ledger.remove(superseded);
        }
    }

    /** @return the version of the record that an earlier poll was shown last, or null */
    RowVersion inWindow(long record) {
        return openWindow.get(record);
    }

    /** Returns whether an earlier poll was shown the version beside the last one of its record. */
    boolean isSibling(long record, RowVersion version) {
        return openWindow.holds(SeenVersions.siblingKey(record, version), version);
    }

    /** After a poll that trimmed nothing: what it was shown stays to be trimmed by one that does. */
    void extendWindow(SeenVersions seen) {
        openWindow = VersionTable.union(openWindow, seen.table());
    }

    /**
     * After a clean poll: the keys of all that it did not show any more go.
     *
     * @return false if the sink closed meanwhile
     */
    boolean replaceWindow(SeenVersions seen, RowSink sink) {
        VersionTable shown = seen.table();
        boolean[] stopped = {false};
        openWindow.forEach((key, version) -> {
            stopped[0] = stopped[0] || !sink.open();
            if (!stopped[0] && !shown.holds(key, version) && !seen.isSibling(key, version)) {
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
        held.clear();
        firstPage.forget();
        anew = true;
    }
}
