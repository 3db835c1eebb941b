/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Is a clock that stands still until a test moves it. Its nanoseconds are those of a timer that no one sets. */
public final class MovableClock extends Clock {
    private Instant now;
    /** Near the largest value, so that the timer overflows as a real one may. */
    private long nanos = Long.MAX_VALUE - 5;

    public MovableClock(String now) {
        this.now = Instant.parse(now);
    }

    public synchronized void advance(Duration time) {
        now = now.plus(time);
        nanos += time.toNanos();
    }

    /** Sets the wall clock back. The timer goes on. */
    public synchronized void setWallBack(Duration time) {
        now = now.minus(time);
    }

    public synchronized long nanoTime() {
        return nanos;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
