/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Records when the polls of a consumer began and ended, and how long rows have been held. It measures with a
 * monotonic clock. Its instants are by the local clock and serve messages only. The polling thread writes it; any
 * thread may read it.
 */
final class PollTimes {
    /**
     * A moment.
     *
     * @param nanos the moment by the monotonic clock
     * @param instant the moment by the local clock
     */
    private record Moment(long nanos, Instant instant) {}

    private final LongSupplier nanoTime;
    private final Clock clock;
    private final long createdAt;

    private volatile Moment last;
    private volatile Moment held;
    private volatile boolean polling;

    /**
     * @param nanoTime a monotonic clock like {@link System#nanoTime}
     * @param clock the local clock
     */
    PollTimes(LongSupplier nanoTime, Clock clock) {
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.createdAt = nanoTime.getAsLong();
        this.last = now();
    }

    /**
     * Records that the consumer was started or resumed.
     *
     * @param initialDelay how long the first poll waits
     */
    void started(Duration initialDelay) {
        last = new Moment(
                nanoTime.getAsLong() + initialDelay.toNanos(), clock.instant().plus(initialDelay));
    }

    /** Records that the back-off options skipped a poll. */
    void leftOut() {
        last = now();
    }

    /** Records that a poll begins. */
    void began() {
        last = now();
    }

    /** Records that the poll begins to read. From now on, the sync records its progress. */
    void reading() {
        polling = true;
    }

    /**
     * Records that a poll has ended.
     *
     * @param heldSince when the oldest held row failed first, by the local clock; null if no row is held
     */
    void ended(Instant heldSince) {
        Moment now = now();
        if (heldSince == null) {
            held = null;
        } else if (held == null || !held.instant().equals(heldSince)) {
            long before = Duration.between(heldSince, now.instant()).toNanos();
            long age = now.nanos() - createdAt;
            held = new Moment(now.nanos() - Math.max(0, Math.min(before, age)), heldSince);
        }
        last = now;
        // Only after last is set. Otherwise a long poll would look like a long time without a poll.
        polling = false;
    }

    /** Returns whether a poll is reading, or waiting for its rows. Call it before {@link #sinceLast}. */
    boolean isReading() {
        return polling;
    }

    /** Returns the time since a poll last began, ended or was skipped; negative during the initial delay. */
    Duration sinceLast() {
        return Duration.ofNanos(nanoTime.getAsLong() - last.nanos());
    }

    /** Returns when a poll last began, ended or was skipped, by the local clock at that time. */
    Instant last() {
        return last.instant();
    }

    /** Returns how long a row has been held, as of the last poll; zero if no row is held. */
    Duration heldFor() {
        Moment since = held;
        return since == null ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - since.nanos());
    }

    private Moment now() {
        return new Moment(nanoTime.getAsLong(), clock.instant());
    }
}
