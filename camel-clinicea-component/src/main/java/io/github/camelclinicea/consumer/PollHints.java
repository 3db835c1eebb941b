/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Turns hints that something changed into requests for polls, at most one a second. A hint within that second is not
 * lost: it leads to a poll at its end. The address of a webhook may become known, and then strangers can send hints. Used by any thread.
 *
 * <p>Specified by {@code PollHintsTest}.
 */
final class PollHints {
    /** The least time between two requests. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    private final LongSupplier nanoTime;
    private final Supplier<ScheduledExecutorService> timer;
    private final Runnable request;
    private boolean waits;
    private boolean hasRequested;
    private long requestedAt;

    /**
     * @param nanoTime a monotonic clock like {@link System#nanoTime}
     * @param timer returns the timer that runs the requests
     * @param request requests a poll, and returns at once
     */
    PollHints(LongSupplier nanoTime, Supplier<ScheduledExecutorService> timer, Runnable request) {
        this.nanoTime = nanoTime;
        this.timer = timer;
        this.request = request;
    }

    /** Requests a poll at once, or a second after the last request. Returns before that. */
    synchronized void hint() {
        if (waits) {
            return;
        }
        long sinceLast = nanoTime.getAsLong() - requestedAt;
        long wait = hasRequested ? Math.max(0, PAUSE.toNanos() - sinceLast) : 0;
        waits = true;
        try {
            timer.get().schedule(this::request, wait, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The component is being stopped.
            waits = false;
        }
    }

    private void request() {
        synchronized (this) {
            waits = false;
            hasRequested = true;
            requestedAt = nanoTime.getAsLong();
        }
        request.run();
    }
}
