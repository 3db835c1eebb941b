package io.github.camelclinicea.sync;

import io.github.camelclinicea.sync.PollResult.End;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

    /** An idle sync rewrites its checkpoint no more often than this. */
    private static final Duration IDLE_LAG = Duration.ofHours(1);
    /** How often a wait looks whether the consumer is being stopped. */
    private static final long LOOK_MILLIS = 50;

    private final SyncSettings settings;
    private final SyncState state;
    private final Checkpoint checkpoint;
    private final SinceWatch sinceWatch = new SinceWatch();
    private final Progress progress;
    private final Clock clock;

    private volatile Instant since;
    private volatile Instant serverBehindSince;
    private volatile Holdback holdback = Holdback.NONE;
    private volatile Instant lastCleanPoll;
    private volatile long cleanPolls;
    private volatile PollResult lastPoll;

    /** What the repository holds; null before the first checkpoint. */
    private Instant committed;

    private boolean warnedOfMissingDate;

    /**
     * @param source where pages come from
     * @param repository what remembers the sync timestamp and the deliveries
     * @param settings what the user set
     * @param executor runs the fetching ahead; needs {@code pagesInFlight - 1} threads to be of use
     * @param clock the local clock, which can hold the checkpoint back but never push it on
     * @param echoes the marks of what is not to be delivered, in the same repository; null to deliver everything
     */
    public ChangeSync(
            PageSource source,
            IdempotentRepository repository,
            SyncSettings settings,
            Executor executor,
            Clock clock,
            EchoMarks echoes) {
        this(source, repository, settings, executor, clock, echoes, LOOK_MILLIS);
    }

    /** @param lookMillis 0 never sleeps, so that one thread can play server, sync and route in turn */
    ChangeSync(
            PageSource source,
            IdempotentRepository repository,
            SyncSettings settings,
            Executor executor,
            Clock clock,
            EchoMarks echoes,
            long lookMillis) {
        Keys keys = new Keys(repository);
        this.settings = settings;
        this.clock = clock;
        this.checkpoint = new Checkpoint(keys, settings.syncId(), clock);
        this.progress = new Progress(clock);
        this.state = new SyncState(
                source,
                executor,
                settings,
                new Ledger(keys, settings.syncId()),
                new EchoFilter(echoes),
                progress,
                lookMillis);
    }

    /**
     * Reads the checkpoint. To be called at each start and whenever leadership is taken, since another node may have moved
     * it.
     *
     * @param syncFrom where a sync without a checkpoint begins; null for now. "Now" is committed at once, or a restart
     *     before the first change would begin at a later now and lose what lies between
     */
    public void start(Instant syncFrom) {
        committed = checkpoint.read().orElse(null);
        if (committed != null) {
            since = committed;
        } else if (syncFrom != null) {
            since = syncFrom.truncatedTo(ChronoUnit.SECONDS);
        } else {
            commit(clock.instant().truncatedTo(ChronoUnit.SECONDS));
        }
        LOG.debug("Sync {} starts from {}", settings.syncId(), since);
    }

    /**
     * Reads all that changed since the checkpoint, delivers what is due, waits for it, and moves the checkpoint if every
     * row completed.
     *
     * @param sink takes the rows
     * @return what it did
     * @throws Exception if a page could not be had or trusted; rows delivered before that have been waited for, and will
     *     not come again if they completed
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
        Instant asked = since;
        Poll poll = new Poll(state, settings, sink, asked, clock.instant());
        boolean trimmed = false;
        End ended = End.FAILED;
        try {
            End end = readAndWait(poll, sink);
            int failed = state.inFlight().failures();
            if (end == End.CLEAN && failed > 0) {
                end = End.ROWS_FAILED;
            }
            holdback = holdback.after(failed, clock.instant());
            if (end == End.CLEAN) {
                moveCheckpoint(poll);
                trimmed = poll.sawAll() && state.replaceWindow(poll.seen(), sink);
                watchForIgnoredSince(poll, asked);
                lastCleanPoll = clock.instant();
                cleanPolls++;
            }
            ended = end;
        } finally {
            lastPoll = new PollResult(poll.delivered(), state.inFlight().failures(), poll.pages(), ended);
            // Whatever went wrong, the repository included: its keys must not be lost sight of.
            if (!trimmed) {
                state.extendWindow(poll.seen());
            }
            if (poll.showedNew()) {
                sinceWatch.newRows();
            }
        }
        return lastPoll;
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

    private void moveCheckpoint(Poll poll) {
        Instant horizon = poll.horizon();
        if (horizon == null) {
            if (!warnedOfMissingDate) {
                warnedOfMissingDate = true;
                LOG.warn(
                        "Sync {}: the server sends no Date header, so its time is not known and the sync timestamp cannot"
                                + " move; every poll reads all changes since {} again",
                        settings.syncId(),
                        since);
            }
        } else if (horizon.isAfter(since)
                && (poll.sawRows() || since.plus(IDLE_LAG).isBefore(horizon))) {
            commit(horizon);
        }
    }

    private void commit(Instant timestamp) {
        checkpoint.write(committed, timestamp);
        committed = timestamp;
        since = timestamp;
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
     * Forgets the sync timestamp and the deliveries: everything comes again. Not during a poll.
     *
     * @param syncFrom where the next poll begins; null for now
     */
    public void reset(Instant syncFrom) {
        checkpoint.clear();
        state.forgetAll();
        start(syncFrom);
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
