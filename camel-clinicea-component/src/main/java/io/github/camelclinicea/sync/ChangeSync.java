/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.sync.PollResult.End;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Executor;
import org.apache.camel.spi.IdempotentRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One sync: keeps a route up to date with one change list, from the checkpoint in the repository onwards.
 *
 * <p>{@link #start} once, then {@link #poll} from one thread at a time, as often as one likes; the read-only methods from
 * any thread. A poll that throws has moved nothing.
 */
public final class ChangeSync {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeSync.class);

    /** For how long a list may have been unread that an earlier process read. */
    private static final Duration UNREAD_AT_MOST = Duration.ofDays(1);
    /** How often a wait looks whether the consumer is being stopped. */
    private static final long LOOK_MILLIS = 50;

    private final SyncSettings settings;
    private final SyncState state;
    private final RepositoryKeys keys;
    private final Checkpoint checkpoint;
    private final StateOwner owner;
    private final IgnoredSinceDetector sinceWatch = new IgnoredSinceDetector();
    private final VolatileFields volatileFields;
    private final Progress progress;
    private final Clock clock;

    private volatile Instant syncFrom;
    private volatile Instant since;
    private volatile Instant serverBehindSince;
    /** The server's clock was behind this moment, and has not reached it since; null if it never was or has. */
    private Instant behindUntil;

    /** Held while the wish for a reset is made, or dropped from the repository. */
    private final Object resetLock = new Object();

    private volatile boolean resetRequested;
    private volatile Holdback holdback = Holdback.NONE;
    private volatile Instant lastCleanPoll;
    private volatile long cleanPolls;
    private volatile PollResult lastPoll;

    /** Whether all that changed before {@code since} was delivered or is held; not where a sync just begins. */
    private boolean sinceIsEarned;

    /** When the poll began that last moved {@code since}, by the local clock; null if none of this process did. */
    private Instant readToTheEndAt;

    /** What the repository holds; null before the first checkpoint. */
    private volatile Instant committed;

    private boolean warnedOfMissingDate;
    private boolean warnedOfMissingPlaces;

    /**
     * @param source where pages come from
     * @param repository what remembers the checkpoint and the deliveries
     * @param settings what the user set
     * @param identity what the state in the repository is the state of; null not to look
     * @param executor runs the fetching ahead; needs {@code pagesInFlight - 1} threads to be of use
     * @param clock the local clock, which can hold the checkpoint back but never push it on
     * @param echoes the marks of what is not to be delivered, in the same repository; null to deliver everything
     * @param heldRows is notified of rows that fail
     */
    public ChangeSync(
            PageSource source,
            IdempotentRepository repository,
            SyncSettings settings,
            SyncIdentity identity,
            Executor executor,
            Clock clock,
            EchoMarks echoes,
            HeldRowListener heldRows) {
        this(
                source,
                new RepositoryKeys(repository),
                settings,
                identity,
                executor,
                clock,
                echoes,
                heldRows,
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
                lookMillis);
    }

    /** @param lookMillis 0 never sleeps, so that one thread can play server, sync and route in turn */
    ChangeSync(
            PageSource source,
            RepositoryKeys keys,
            SyncSettings settings,
            SyncIdentity identity,
            Executor executor,
            Clock clock,
            EchoMarks echoes,
            HeldRowListener heldRows,
            long lookMillis) {
        this.settings = settings;
        this.clock = clock;
        this.keys = keys;
        this.checkpoint = new Checkpoint(keys, settings.syncId(), clock);
        this.owner = new StateOwner(keys, settings.syncId(), identity);
        this.progress = new Progress(clock);
        this.volatileFields = new VolatileFields(settings.syncId(), source::differences);
        this.state = new SyncState(
                source,
                executor,
                settings,
                new Ledger(keys, settings.syncId()),
                new FirstPage(keys, settings.syncId(), settings.firstPage(), settings.firstPageCertain()),
                new EchoFilter(echoes),
                new HeldRows(settings, clock, heldRows),
                progress,
                lookMillis);
    }

    /**
     * Reads the checkpoint. To be called at each start and whenever leadership is taken, since another node may have moved
     * it.
     *
     * @param syncFrom where a sync without a checkpoint begins; null for now, which the server's clock says when the first
     *     poll asks for it
     * @throws ForeignStateException if the state in the repository belongs to another list
     */
    public void start(Instant syncFrom) {
        this.syncFrom = syncFrom;
        if (keys.contains(resetKey())) {
            beginAgain();
        } else {
            owner.claim(resetKey());
            state.firstPage().start();
            state.held().clear();
            committed = checkpoint.read().orElse(null);
            since = committed != null ? committed : beginning();
            sinceIsEarned = false;
        }
        LOG.debug("Sync {} starts from {}", settings.syncId(), since);
    }

    private Instant beginning() {
        return syncFrom == null ? null : syncFrom.truncatedTo(ChronoUnit.SECONDS);
    }

    private String resetKey() {
        return settings.syncId() + "=reset";
    }

    /**
     * Asks for the sync to begin again: the next poll forgets the checkpoint and the deliveries, and everything since
     * {@code syncFrom} is emitted again. The wish is kept in the repository until that has been done, so that a restart does
     * not lose it. From any thread.
     *
     * @throws RuntimeException if the repository cannot keep the wish; this process still carries it out
     */
    public void requestReset() {
        synchronized (resetLock) {
            resetRequested = true;
            keys.add(resetKey());
        }
    }

    /** All that was delivered before the reset has been met with. Rows that failed since have no key to be mistaken for it. */
    private void resetIsDone() {
        synchronized (resetLock) {
            // The wish may be a new one, made while the poll ran.
            if (!resetRequested) {
                keys.remove(resetKey());
            }
        }
    }

    private void beginAgain() {
        checkpoint.clear();
        owner.claimAnew();
        state.forgetAll();
        committed = null;
        since = beginning();
        sinceIsEarned = false;
        resetRequested = false;
        LOG.info(
                "Sync {} was reset and begins again at {}",
                settings.syncId(),
                since == null ? "the server's present time" : since);
    }

    /**
     * Reads all that changed since the checkpoint, emits what is due, waits for it, and moves the checkpoint if every row
     * completed.
     *
     * @param sink takes the rows
     * @return what it did
     * @throws Exception if a page could not be had or trusted; rows emitted before that have been waited for, and will not
     *     come again if they completed
     */
    public PollResult poll(RowSink sink) throws Exception {
        progress.begin();
        try {
            return pollOnce(sink);
        } finally {
            progress.end();
        }
    }

    private PollResult pollOnce(RowSink sink) throws Exception {
        state.beginPoll();
        if (!canBegin(sink)) {
            lastPoll = new PollResult(0, 0, 0, 0, End.STOPPED);
            return lastPoll;
        }
        long deliveredBefore = rowsDelivered();
        Instant begin = clock.instant();
        Poll poll = new Poll(state, settings, sink, volatileFields, since, unread(begin), begin, this::serverIsBehind);
        boolean trimmed = false;
        End ended = End.FAILED;
        try {
            End end = readAndWait(poll, sink);
            watchServersClock(poll);
            watchRepeatedRecords(poll, end);
            boolean failed = state.inFlight().failures() > 0 || !state.held().isEmpty();
            if (end == End.CLEAN && !state.hasFailedUnheld()) {
                moveOn(poll, failed, begin);
            }
            if (end == End.CLEAN && poll.sawRows() && poll.sawAll()) {
                resetIsDone();
            }
            end = end == End.CLEAN && failed ? End.ROWS_FAILED : end;
            if (end == End.CLEAN) {
                // An empty list may be a wrong answer, after which the same rows come again.
                trimmed = poll.sawRows() && poll.sawAll() && state.replaceWindow(poll.seen(), sink);
                watchForIgnoredSince(poll, poll.since());
                lastCleanPoll = clock.instant();
                cleanPolls++;
            }
            ended = end;
        } finally {
            lastPoll = new PollResult(
                    poll.delivered(),
                    (int) (rowsDelivered() - deliveredBefore),
                    state.inFlight().failures(),
                    poll.pages(),
                    ended);
            // Whatever went wrong, the repository included: its keys must not be lost sight of.
            if (!trimmed) {
                state.extendWindow(poll.seen());
            }
            if (poll.showedNew()) {
                sinceWatch.newRows();
            }
            volatileFields.endPoll();
            holdback = heldBack();
            state.held().remind();
        }
        return lastPoll;
    }

    /** @return false if the sink closed meanwhile */
    private boolean canBegin(RowSink sink) throws Exception {
        boolean failed = true;
        try {
            if (resetRequested) {
                keys.add(resetKey());
                beginAgain();
            }
            boolean begun = since != null || startAtServersNow(sink);
            failed = false;
            return begun;
        } finally {
            if (failed) {
                lastPoll = new PollResult(0, 0, 0, 0, End.FAILED);
            }
        }
    }

    private Duration unread(Instant now) {
        if (readToTheEndAt == null) {
            return committed == null ? Duration.ZERO : UNREAD_AT_MOST;
        }
        Duration unread = Duration.between(readToTheEndAt, now);
        return unread.isNegative() ? Duration.ZERO : unread;
    }

    private End readAndWait(Poll poll, RowSink sink) throws Exception {
        End end;
        try {
            end = poll.read();
        } catch (Exception e) {
            if (!(e instanceof InterruptedException)) {
                state.inFlight().awaitNone(sink::open);
            }
            throw e;
        }
        return state.inFlight().awaitNone(sink::open) ? end : End.STOPPED;
    }

    /** @return false if the sink closed meanwhile */
    private boolean startAtServersNow(RowSink sink) throws Exception {
        Page page = state.anyFirstPage(clock.instant().truncatedTo(ChronoUnit.SECONDS), sink);
        if (page == null) {
            return false;
        }
        Instant now = page.serverTime() == null ? clock.instant() : page.serverTime();
        // Committed at once: a restart before the first change would begin at a later now and lose what lies between.
        commit(now.truncatedTo(ChronoUnit.SECONDS));
        resetIsDone();
        return true;
    }

    /**
     * The list was read to its end. From here on reading goes on at the poll's horizon; the checkpoint in the repository
     * follows unless rows are held. An empty list moves neither: it may be a wrong answer, and asking since an earlier moment
     * costs no more.
     */
    private void moveOn(Poll poll, boolean rowsHeld, Instant begin) {
        Instant horizon = poll.horizon();
        if (horizon == null) {
            warnOfMissingDate();
        } else if (poll.sawRows() && state.firstPage().isCertain() && horizon.isAfter(since)) {
            since = horizon;
            sinceIsEarned = true;
            readToTheEndAt = begin;
        }
        if (!rowsHeld && sinceIsEarned && (committed == null || since.isAfter(committed))) {
            commit(since);
        }
    }

    private void warnOfMissingDate() {
        if (!warnedOfMissingDate) {
            warnedOfMissingDate = true;
            LOG.warn(
                    "Sync {}: the server sends no Date header, so its time is not known and the checkpoint cannot move;"
                            + " every poll reads all changes since {} again",
                    settings.syncId(),
                    since);
        }
    }

    private void commit(Instant timestamp) {
        checkpoint.write(committed, timestamp);
        committed = timestamp;
        since = timestamp;
    }

    /**
     * The checkpoint is never ahead of the server: where its clock was set back, so is the checkpoint, before anything is
     * emitted.
     *
     * @param back since when the list is asked for now
     */
    private void serverIsBehind(Instant back) {
        behindUntil = behindUntil == null || behindUntil.isBefore(since) ? since : behindUntil;
        if (serverBehindSince == null) {
            LOG.warn(
                    "Sync {}: the server's clock is earlier than {}, since when changes were to be asked for. It was set"
                            + " back, or was wrong before. The sync goes on from {}; rows since then may come again",
                    settings.syncId(),
                    since,
                    back);
            serverBehindSince = clock.instant();
        }
        since = back;
        if (committed != null && since.isBefore(committed)) {
            commit(since);
        }
    }

    private void watchServersClock(Poll poll) {
        Instant time = poll.serverStart();
        if (time != null && behindUntil != null && !time.isBefore(behindUntil)) {
            behindUntil = null;
            serverBehindSince = null;
        }
    }

    private void watchRepeatedRecords(Poll poll, End end) {
        boolean missing = end == End.UNSETTLED && poll.placesMissing();
        state.repeatedRecords(missing ? poll.repeatedRecords() : 0);
        if (!missing) {
            return;
        }
        if (!warnedOfMissingPlaces) {
            warnedOfMissingPlaces = true;
            LOG.warn(
                    "Sync {}: the server shows unchanged records on two pages of one reading, and others on none, as"
                            + " for rows of one stamp in no stable order. The checkpoint stays until a poll has seen them all",
                    settings.syncId());
        }
    }

    private Holdback heldBack() {
        int failed = Math.max(state.held().size(), state.inFlight().failures());
        Instant oldest = state.held().oldest();
        return oldest == null ? holdback.after(failed, clock.instant()) : new Holdback(failed, oldest);
    }

    private void watchForIgnoredSince(Poll poll, Instant asked) {
        if (!poll.showedNew() && sinceWatch.ignored(poll, asked)) {
            LOG.warn(
                    "Sync {}: {} pages held nothing but rows that were known before the moment since which they were asked"
                            + " for; the server seems to ignore the since-parameter. Check syncParameter and"
                            + " timestampFormat",
                    settings.syncId(),
                    poll.pages());
        }
    }

    /**
     * Forgets the checkpoint and the deliveries at once: everything comes again. Not during a poll.
     *
     * @param syncFrom where the next poll begins; null for now
     */
    public void reset(Instant syncFrom) {
        this.syncFrom = syncFrom;
        keys.add(resetKey());
        beginAgain();
    }

    /** Returns the rows that are held. */
    public List<HeldRow> heldRows() {
        return state.held().view();
    }

    /** Returns the checkpoint in the repository, or where a sync without one begins; null before that is known. */
    public Instant checkpoint() {
        return committed != null ? committed : beginning();
    }

    /** @return the moment since which the next poll asks, or null before {@link #start} */
    public Instant since() {
        return since;
    }

    /** @return the rows that hold the checkpoint back */
    public Holdback holdback() {
        return holdback;
    }

    /**
     * Returns since when the server's clock has been earlier than the checkpoint, by the local clock; null if it is not, or
     * the server sends no {@code Date}.
     */
    public Instant serverBehindSince() {
        return serverBehindSince;
    }

    /** @return when the last poll ended with everything read and completed, by the local clock; null if none has */
    public Instant lastCleanPoll() {
        return lastCleanPoll;
    }

    /** @return what the last poll did, one that threw included; null before the first has ended */
    public PollResult lastPoll() {
        return lastPoll;
    }

    /** @return how many polls ended so since this object was made */
    public long cleanPolls() {
        return cleanPolls;
    }

    /** @return whether a poll is under way. Ask before {@link #lastProgress}, which then tells of that poll or a later one */
    public boolean polling() {
        return progress.polling();
    }

    /**
     * @return when a poll last began or waited for its turn, a page came, a row ended or a key was forgotten, by the local clock; null before the
     *     first poll
     */
    public Instant lastProgress() {
        return progress.last();
    }

    /** Returns when a poll last ended, by the local clock; null before the first one has. */
    public Instant lastPollEnd() {
        return progress.lastEnd();
    }

    /** @return how many rows the route has finished well since this object was made */
    public long rowsDelivered() {
        return state.inFlight().completed();
    }

    /** @return how many versions were not delivered because the component wrote them itself, since this object was made */
    public long echoesDropped() {
        return state.echoesDropped();
    }

    /** @return how many pages are fetched ahead at the moment: what the server takes well, {@code pagesInFlight} at most */
    public int pagesAhead() {
        return state.pagesAhead();
    }

    /** @return how many rows the route has and has not finished */
    public int rowsInFlight() {
        return state.inFlight().size();
    }
}
