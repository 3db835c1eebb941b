/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Holds the moments of one poll: since when it requests changes, when the server sent the first response, and up to
 * when the poll knows every change. Used by the thread that polls.
 *
 * <p>Specified by {@code SyncContractTest}.
 */
final class PollClock {
    private final SyncPosition position;
    private final Duration overlap;
    private final Instant localStart;
    private final Duration unread;

    private Instant since;
    private Instant serverStart;
    private boolean wentBack;

    /** @param localStart when the poll begins, by the local clock */
    PollClock(SyncPosition position, Duration overlap, Instant localStart) {
        this.position = position;
        this.overlap = overlap;
        this.localStart = localStart;
        this.since = position.since();
        this.unread = position.unread(localStart);
    }

    /** Returns when the poll began, by the local clock. */
    Instant localStart() {
        return localStart;
    }

    /** Returns the moment since which the list is requested. */
    Instant since() {
        return since;
    }

    /** Returns the {@code Date} of the first response; null if it had none. */
    Instant serverStart() {
        return serverStart;
    }

    /** @param serverTime the {@code Date} of the first response of the forward reading, or null */
    void begin(Instant serverTime) {
        serverStart = serverTime;
    }

    /**
     * Returns whether the server's clock is earlier than the moment requested; true only until {@link #goBackTo}.
     *
     * @param serverTime the {@code Date} of the first response, or null
     */
    boolean isServerBehind(Instant serverTime) {
        return !wentBack && serverTime != null && serverTime.isBefore(since);
    }

    /**
     * Moves {@link #since} back: a checkpoint ahead of the server's clock would hide all changes until the clock
     * reaches it. The list is then requested since it was last read, by the server's present clock.
     */
    void goBackTo(Instant serverTime) {
        wentBack = true;
        since = beforeOverlap(serverTime.minus(unread));
        position.goBackTo(since);
    }

    /**
     * Returns the checkpoint that this poll allows: the moment up to which it knows every change, less the overlap.
     * Null if the server sent no {@code Date}: the local clock alone must never push the checkpoint on.
     */
    Instant nextCheckpoint() {
        if (serverStart == null) {
            return null;
        }
        return beforeOverlap(serverStart.isBefore(localStart) ? serverStart : localStart);
    }

    private Instant beforeOverlap(Instant moment) {
        return moment.minusSeconds(1).minus(overlap).truncatedTo(ChronoUnit.SECONDS);
    }
}
