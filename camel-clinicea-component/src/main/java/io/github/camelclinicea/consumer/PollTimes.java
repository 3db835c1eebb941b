/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Remembers when the polls of a consumer began and ended, and for how long rows have been held. Measures by a clock that
 * nobody sets; what it says as an instant is for people to read. Written by the thread that polls, read by any.
 */
final class PollTimes {
    /**
     * A moment.
     *
     * @param nanos by the clock that nobody sets
     * @param instant by the local clock
     */
    private record Moment(long nanos, Instant instant) {}

    private final LongSupplier nanoTime;
    private final Clock clock;
    private final long createdAt;

    private volatile Moment last;
    private volatile Moment held;
    private volatile boolean polling;

    /**
     * @param nanoTime as {@link System#nanoTime}
     * @param clock the local clock
     */
    PollTimes(LongSupplier nanoTime, Clock clock) {
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.createdAt = nanoTime.getAsLong();
        this.last = now();
    }

    /** Records that the consumer was started or resumed, and that the first poll waits for a while. */
    void started(Duration initialDelay) {
        last = new Moment(
                nanoTime.getAsLong() + initialDelay.toNanos(), clock.instant().plus(initialDelay));
    }

    /** Records that the scheduler left a poll out, as the back-off options ask for. */
    void leftOut() {
        last = now();
    }

    /** Records that a poll begins. */
    void began() {
        last = now();
    }

    /** Records that the reading begins, whose progress the sync itself watches from now on. */
    void reading() {
        polling = true;
    }

    /**
     * Records that a poll has ended.
     *
     * @param heldSince when the first of the rows failed that are held, by the local clock; null if none is held
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
        // In this order, or a long poll would pass for a long time without one.
        polling = false;
    }

    /** Returns whether a poll reads, or waits for its rows. Ask before {@link #sinceLast}. */
    boolean isReading() {
        return polling;
    }

    /** Returns the time since a poll last began, ended or was left out; negative during the initial delay. */
    Duration sinceLast() {
        return Duration.ofNanos(nanoTime.getAsLong() - last.nanos());
    }

    /** Returns when that was, by the local clock as it stood then. */
    Instant last() {
        return last.instant();
    }

    /** Returns for how long a row has been held, as of the last poll; zero if none is. */
    Duration heldFor() {
        Moment since = held;
        return since == null ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - since.nanos());
    }

    private Moment now() {
        return new Moment(nanoTime.getAsLong(), clock.instant());
    }
}
