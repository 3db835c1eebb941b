/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows where a sync stands in time: since when the next poll requests changes, and which checkpoint the repository
 * holds. The two differ while rows are held. Changed by the thread that polls, read by any.
 *
 * <p>Specified by {@code SyncContractTest} and {@code HeldRowsInPollsTest}.
 */
final class SyncPosition {
    private static final Logger LOG = LoggerFactory.getLogger(SyncPosition.class);

    /** The longest time that a list may have been unread since an earlier process read it. */
    private static final Duration UNREAD_AT_MOST = Duration.ofDays(1);

    private final Checkpoint checkpoint;
    private final String syncId;
    private final Clock clock;

    private volatile Instant syncFrom;
    private volatile Instant since;

    /** The checkpoint in the repository; null before the first. */
    private volatile Instant committed;

    private volatile Instant serverBehindSince;

    /** The moment that the server's clock must reach again; null if it is not behind. */
    private Instant behindUntil;

    /** Whether every change before {@code since} was delivered or is held; false where a sync just begins. */
    private boolean sinceIsEarned;

    /** When the poll that last moved {@code since} began, by the local clock; null if no poll of this process did. */
    private Instant lastReadAt;

    private boolean warnedOfMissingDate;

    SyncPosition(Checkpoint checkpoint, String syncId, Clock clock) {
        this.checkpoint = checkpoint;
        this.syncId = syncId;
        this.clock = clock;
    }

    /** @param syncFrom where a sync without a checkpoint begins; null for the server's present time */
    void beginsFrom(Instant syncFrom) {
        this.syncFrom = syncFrom;
    }

    /** Goes on at the checkpoint in the repository, or begins if there is none. */
    void read() {
        committed = checkpoint.readToGoOn().orElse(null);
        since = committed != null ? committed : beginning();
        sinceIsEarned = false;
    }

    /** Removes the checkpoint from the repository. */
    void clearCheckpoint() {
        checkpoint.clear();
    }

    /**
     * Begins again, after {@link #clearCheckpoint}.
     *
     * @param from where; null for {@code syncFrom}. A moment becomes the checkpoint at once: otherwise a restart would
     *     begin at {@code syncFrom}, which may be earlier
     */
    void beginAgain(Instant from) {
        committed = null;
        since = beginning();
        sinceIsEarned = false;
        if (from != null) {
            commit(from);
        }
    }

    /** Returns where a sync without a checkpoint begins; null for the server's present time. */
    Instant syncFrom() {
        return syncFrom;
    }

    /** Returns the checkpoint in the repository; null if there is none. */
    Instant committed() {
        return committed;
    }


    private Instant beginning() {
        return syncFrom == null ? null : syncFrom.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Returns the moment since which the next poll requests changes; null before it is known. */
    Instant since() {
        return since;
    }

    /** Returns the checkpoint in the repository, or where a sync without one begins; null before it is known. */
    Instant checkpoint() {
        return committed != null ? committed : beginning();
    }

    /**
     * Returns since when the server's clock has been earlier than the checkpoint, by the local clock; null if it is
     * not.
     */
    Instant serverBehindSince() {
        return serverBehindSince;
    }

    /** Returns how long ago the list was last read to its end, as far as it is known. */
    Duration unread(Instant now) {
        if (lastReadAt == null) {
            return committed == null ? Duration.ZERO : UNREAD_AT_MOST;
        }
        Duration unread = Duration.between(lastReadAt, now);
        return unread.isNegative() ? Duration.ZERO : unread;
    }

    /**
     * Records that a poll read the list to its end. From here on reading goes on at the poll's next checkpoint.
     *
     * @param next that checkpoint; null if the server sent no {@code Date}
     * @param startedAt when the poll began, by the local clock
     * @param mayMove false after an empty list, which may be a wrong response: requesting changes since an earlier
     *     moment costs no more
     */
    void readToTheEnd(Instant next, Instant startedAt, boolean mayMove) {
        if (next == null) {
            warnOfMissingDate();
        } else if (mayMove && next.isAfter(since)) {
            since = next;
            sinceIsEarned = true;
            lastReadAt = startedAt;
        }
    }

    private void warnOfMissingDate() {
        if (!warnedOfMissingDate) {
            warnedOfMissingDate = true;
            LOG.warn(
                    "Sync {}: the server sends no Date header, so its time is not known and the checkpoint cannot move;"
                            + " every poll reads all changes since {} again",
                    syncId,
                    since);
        }
    }

    /** Moves the checkpoint in the repository up to {@link #since}. To be called only while no row is held. */
    void commit() {
        if (sinceIsEarned && (committed == null || since.isAfter(committed))) {
            commit(since);
        }
    }

    /** Writes the checkpoint of a sync that begins at the server's present time. */
    void beginAt(Instant serverTime) {
        commit(serverTime.truncatedTo(ChronoUnit.SECONDS));
    }

    private void commit(Instant timestamp) {
        checkpoint.write(committed, timestamp);
        committed = timestamp;
        since = timestamp;
    }

    /**
     * Moves the checkpoint back with the server's clock, before anything is emitted: it must never be ahead of the
     * server.
     *
     * @param back the moment since which the list is requested now
     */
    void goBackTo(Instant back) {
        behindUntil = behindUntil == null || behindUntil.isBefore(since) ? since : behindUntil;
        if (serverBehindSince == null) {
            LOG.warn(
                    "Sync {}: the server's clock is earlier than {}, the moment requested. It was set"
                            + " back, or was wrong before. The sync goes on from {}; rows since then may come again",
                    syncId,
                    since,
                    back);
            serverBehindSince = clock.instant();
        }
        since = back;
        if (committed != null && since.isBefore(committed)) {
            commit(since);
        }
    }

    /** @param serverTime the server's clock in this poll, or null */
    void sawServerTime(Instant serverTime) {
        if (serverTime != null && behindUntil != null && !serverTime.isBefore(behindUntil)) {
            behindUntil = null;
            serverBehindSince = null;
        }
    }
}
