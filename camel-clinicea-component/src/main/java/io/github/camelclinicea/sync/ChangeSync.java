/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.sync.PollResult.End;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import org.apache.camel.spi.IdempotentRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One sync: keeps a route up to date with one change list, from the checkpoint in the repository on.
 *
 * <p>Call {@link #start} once, then {@link #poll} from one thread at a time, any number of times. The methods that
 * only read are for any thread. A poll that throws has moved nothing.
 *
 * <p>Specified by {@code SyncContractTest} and {@code SyncScenarioTest}.
 */
public final class ChangeSync {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeSync.class);

    /** How often a wait checks whether the consumer is being stopped. */
    private static final long LOOK_MILLIS = 50;

    private final SyncSettings settings;
    private final SyncPosition position;
    private final ResetRequest reset;
    private final SyncStart start;
    private final Ledger ledger;
    private final HeldRows held;
    private final EchoFilter echoes;
    private final DeliveryLimit limit;
    private final RowsInFlight inFlight;
    private final DeliveredVersions delivered;
    private final Deliveries deliveries;
    private final PageReads reads;
    private final DuplicatesAtRest atRest = new DuplicatesAtRest();
    private final IgnoredSinceDetector ignoredSince = new IgnoredSinceDetector();
    private final VolatileFields volatileFields;
    private final Progress progress;
    private final RowSkips skips;
    private final SyncCounters counters;
    private final Clock clock;

    private volatile Holdback holdback = Holdback.NONE;
    private volatile PollResult lastPoll;
    private boolean warnedOfMissingPlaces;

    /**
     * @param source fetches the pages
     * @param repository keeps the checkpoint and the delivery ledger
     * @param settings the options of the user
     * @param identity the list to which the state in the repository belongs; null to check nothing
     * @param executor fetches pages ahead; needs {@code pagesInFlight - 1} threads to be of use
     * @param clock the local clock, which can hold the checkpoint back but never push it on
     * @param echoes the marks of own writes, in the same repository; null to deliver every row
     * @param heldRows is notified of rows that fail
     * @param counters counts what this sync does
     */
    public ChangeSync(
            PageSource source,
            IdempotentRepository repository,
            SyncSettings settings,
            SyncIdentity identity,
            Executor executor,
            Clock clock,
            EchoMarks echoes,
            HeldRowListener heldRows,
            SyncCounters counters) {
        this(
                source,
                new RepositoryKeys(repository),
                settings,
                identity,
                executor,
                clock,
                echoes,
                heldRows,
                counters,
                LOOK_MILLIS);
    }

    /** A sync without an identity, for tests. */
    ChangeSync(
            PageSource source,
            IdempotentRepository repository,
            SyncSettings settings,
            Executor executor,
            Clock clock,
            EchoMarks echoes,
            long lookMillis) {
        this(
                source,
                new RepositoryKeys(repository, lookMillis),
                settings,
                null,
                executor,
                clock,
                echoes,
                HeldRowListener.NONE,
                new SyncCounters(),
                lookMillis);
    }

    /** @param lookMillis 0 never to sleep, so that one thread can be server, sync and route in turn */
    ChangeSync(
            PageSource source,
            RepositoryKeys keys,
            SyncSettings settings,
            SyncIdentity identity,
            Executor executor,
            Clock clock,
            EchoMarks echoes,
            HeldRowListener heldRows,
            SyncCounters counters,
            long lookMillis) {
        this.settings = settings;
        this.clock = clock;
        this.counters = counters;
        String syncId = settings.syncId();
        this.position = new SyncPosition(new Checkpoint(keys, syncId, clock), syncId, clock);
        this.progress = new Progress(clock);
        this.volatileFields = new VolatileFields(syncId, source::differences);
        this.ledger = new Ledger(keys, syncId, new Fence(keys, syncId, settings.transacted()));
        this.held = new HeldRows(settings, clock, heldRows);
        this.echoes = new EchoFilter(echoes, counters);
        this.limit = new DeliveryLimit(settings.maxRows(), held);
        this.inFlight = new RowsInFlight(lookMillis);
        this.skips = new RowSkips(ledger, held, inFlight, counters);
        this.delivered = new DeliveredVersions(settings, ledger, held, inFlight, skips);
        this.deliveries = new Deliveries(settings, delivered, held, limit, progress, inFlight, skips, counters);
        FirstPageFinder firstPage =
                new FirstPageFinder(keys, syncId, settings.firstPage(), settings.firstPageCertain());
        this.reads = new PageReads(source, executor, settings, firstPage, progress, counters, lookMillis);
        this.reset = new ResetRequest(keys, syncId, clock);
        this.start = new SyncStart(
                syncId,
                new StateOwner(keys, syncId, identity),
                position,
                reset,
                ledger,
                held,
                skips,
                deliveries,
                reads,
                clock);
    }

    /**
     * Reads the checkpoint. To be called at each start and whenever leadership is taken, since another node may have
     * moved it.
     *
     * @param syncFrom where a sync without a checkpoint begins; null for the server's present time, which the first
     *     poll requests
     * @throws ForeignStateException if the state in the repository belongs to another list
     */
    public void start(Instant syncFrom) {
        start.start(syncFrom);
    }

    /**
     * Requests that the sync begins again: the next poll forgets the checkpoint and the deliveries, and emits
     * everything since a moment again. The repository keeps the request until that has been done, so that a restart
     * does not lose it. From any thread.
     *
     * @param from the moment; null for {@code syncFrom}
     * @throws RuntimeException if the repository cannot keep the request; this process still carries it out
     */
    public void requestReset(Instant from) {
        reset.request(from == null ? null : Checkpoint.keepable(from));
    }

    /**
     * Counts the held versions of a record as done, so that they are not emitted again, and hold the checkpoint back
     * no longer. From any thread, and also while a poll runs. A row that is in flight is skipped if it fails.
     *
     * @param recordId the record's id; for a row without an id, the version of the held row
     * @return the skipped rows; empty if no such row is held
     * @throws RuntimeException if the repository cannot keep it; then nothing is skipped
     */
    public List<HeldRow> skip(String recordId) {
        return skips.skip(recordId);
    }

    /** Makes all held rows due in the next poll, and returns how many there are. From any thread. */
    public int retryHeldRows() {
        return held.retryAll();
    }

    /**
     * Forgets the checkpoint and the deliveries at once, so that every row is emitted again. Not during a poll.
     *
     * @param syncFrom where the next poll begins; null for the server's present time
     */
    public void reset(Instant syncFrom) {
        start.reset(syncFrom);
    }

    /**
     * Reads all that changed since the checkpoint, emits the rows that are due, waits for them, and moves the
     * checkpoint if every row was delivered.
     *
     * @param sink takes the rows
     * @return how the poll ended
     * @throws Exception if a page could not be fetched or trusted; rows emitted before that have been waited for, and
     *     will not be emitted again if they were delivered
     */
    public PollResult poll(RowSink sink) throws Exception {
        progress.begin();
        PollResult before = lastPoll;
        try {
            PollResult result = pollOnce(sink);
            counters.pollEnded(result.end(), clock.instant());
            return result;
        } finally {
            if (lastPoll == before) {
                lastPoll = new PollResult(0, 0, 0, 0, End.FAILED);
            }
            progress.end();
        }
    }

    private PollResult pollOnce(RowSink sink) throws Exception {
        deliveries.beginPoll(sink);
        held.beginPoll();
        limit.beginPoll();
        reads.beginPoll(deliveries::isOpen);
        if (!start.canBegin()) {
            lastPoll = new PollResult(0, 0, 0, 0, End.STOPPED);
            return lastPoll;
        }
        Poll poll = newPoll(sink);
        boolean trimmed = false;
        End ended = End.FAILED;
        try {
            End end = readAndWait(poll, sink);
            position.sawServerTime(poll.clock().serverStart());
            watchRepeatedRecords(poll, end);
            boolean failed = inFlight.failures() > 0 || !held.isEmpty();
            if (end == End.CLEAN && !deliveries.hasFailedNotHeld()) {
                moveOn(poll, failed);
            }
            if (end == End.CLEAN && poll.sawRows() && poll.sawAll()) {
                reset.done();
            }
            end = end == End.CLEAN && failed ? End.ROWS_FAILED : end;
            if (end == End.CLEAN) {
                // An empty list may be a wrong response, after which the same rows come again.
                trimmed = poll.sawRows() && poll.sawAll() && ledger.replaceWindow(poll.seen(), sink::open, progress);
                watchForIgnoredSince(poll);
            }
            ended = end;
        } finally {
            lastPoll = new PollResult(
                    deliveries.emitted(), inFlight.delivered(), inFlight.failures(), poll.pages(), ended);
            // Also if the repository failed: keys that it may hold must be remembered.
            if (!trimmed) {
                ledger.extendWindow(poll.seen());
            }
            if (poll.showedNew()) {
                ignoredSince.newRows();
            }
            volatileFields.endPoll();
            holdback = holdbackNow();
            held.remind();
        }
        return lastPoll;
    }

    private Poll newPoll(RowSink sink) {
        SeenVersions seen = new SeenVersions();
        ShiftDetector shift = new ShiftDetector(settings.dropsDeleted(), atRest);
        Deduplicator deduplicator = new Deduplicator(ledger, delivered, inFlight, held, echoes, sink, seen, shift);
        RowEmitter emitter = new RowEmitter(deduplicator, limit, deliveries, held, sink, settings.batching());
        PollClock pollClock = new PollClock(position, settings.overlap(), clock.instant());
        return new Poll(settings, reads, pollClock, seen, shift, deduplicator, emitter, volatileFields, counters);
    }

    private End readAndWait(Poll poll, RowSink sink) throws Exception {
        try {
            End end = poll.read();
            End ended = deliveries.awaitNone() ? end : End.STOPPED;
            delivered.requireNotOvertaken();
            return ended;
        } catch (Exception e) {
            if (!(e instanceof InterruptedException)) {
                deliveries.awaitNoneAfterFailure();
            }
            throw e;
        }
    }

    /** Moves on after the list was read to its end; the checkpoint in the repository follows unless rows are held. */
    private void moveOn(Poll poll, boolean rowsHeld) {
        boolean mayMove = poll.sawRows() && reads.firstPage().isCertain();
        position.readToTheEnd(poll.clock().nextCheckpoint(), poll.clock().localStart(), mayMove);
        // A node that was overtaken does not know whether the other one has been reset.
        if (!rowsHeld && !ledger.isOvertaken()) {
            position.commit();
        }
    }

    private void watchRepeatedRecords(Poll poll, End end) {
        boolean missing = end == End.UNSETTLED && poll.placesMissing();
        atRest.repeatedRecords(missing ? poll.repeatedRecords() : 0);
        if (missing && !warnedOfMissingPlaces) {
            warnedOfMissingPlaces = true;
            LOG.warn(
                    "Sync {}: the server shows unchanged records on two pages of one reading, and others on none, as"
                            + " for rows of one stamp in no stable order. The checkpoint stays until a poll has seen"
                            + " all of them",
                    settings.syncId());
        }
    }

    private Holdback holdbackNow() {
        int failed = Math.max(held.size(), inFlight.failures());
        Instant oldest = held.oldest();
        return oldest == null ? holdback.after(failed, clock.instant()) : new Holdback(failed, oldest);
    }

    private void watchForIgnoredSince(Poll poll) {
        if (!poll.showedNew() && ignoredSince.isProvenBy(poll)) {
            LOG.warn(
                    "Sync {}: {} pages held only rows from before the moment requested; the server seems to ignore the"
                            + " since-parameter. Check syncParameter and timestampFormat",
                    settings.syncId(),
                    poll.pages());
        }
    }

    /** Returns the rows that are held. */
    public List<HeldRow> heldRows() {
        return held.view();
    }

    /** Returns the checkpoint in the repository; null if there is none yet. */
    public Instant committedCheckpoint() {
        return position.committed();
    }

    /** Returns the checkpoint in the repository, or where a sync without one begins; null before that is known. */
    public Instant checkpoint() {
        return position.checkpoint();
    }

    /** Returns the moment since which the next poll requests changes; null before {@link #start}. */
    public Instant since() {
        return position.since();
    }

    /** Returns the rows that hold the checkpoint back. */
    public Holdback holdback() {
        return holdback;
    }

    /**
     * Returns since when the server's clock has been earlier than the checkpoint, by the local clock; null if it is
     * not, or the server sends no {@code Date}.
     */
    public Instant serverBehindSince() {
        return position.serverBehindSince();
    }

    /** Returns when the last poll ended with every row read and delivered, by the local clock; null if none has. */
    public Instant lastCleanPoll() {
        return counters.lastCleanPoll();
    }

    /** Returns the result of the last poll, also of one that threw; null before the first has ended. */
    public PollResult lastPoll() {
        return lastPoll;
    }

    /** Returns how many polls ended with every row read and delivered. */
    public long cleanPolls() {
        return counters.polls(End.CLEAN);
    }

    /**
     * Returns whether a poll is running. Call it before {@link #lastProgress}, which is then of that poll or a later
     * one.
     */
    public boolean polling() {
        return progress.polling();
    }

    /**
     * Returns when the poll last made progress, by the local clock; null before the first poll. Progress is the
     * beginning of a poll, a wait for the rate, a page received, a row that ended and a key removed from the ledger.
     */
    public Instant lastProgress() {
        return progress.last();
    }

    /** Returns when a poll last ended, by the local clock; null before the first one has. */
    public Instant lastPollEnd() {
        return progress.lastEnd();
    }

    /** Returns how many rows were delivered. */
    public long rowsDelivered() {
        return counters.rowsDelivered();
    }

    /** Returns how many versions were not delivered because they are echoes. */
    public long echoesDropped() {
        return counters.echoesDropped();
    }

    /**
     * Returns how many pages are fetched ahead at the moment; {@code pagesInFlight} at most, fewer if the server
     * slows down.
     */
    public int pagesAhead() {
        return reads.pagesAhead();
    }

    /** Returns how many rows are in flight. */
    public int rowsInFlight() {
        return inFlight.size();
    }
}
