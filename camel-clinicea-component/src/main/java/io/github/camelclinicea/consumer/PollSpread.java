/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import io.github.camelclinicea.client.budget.BudgetShare;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Puts polls off, so that the budget of requests lasts until the end of its period. The first poll is never put off for
 * that, nor is one that was requested. While the budget is used up, all polls are put off. The polling thread writes
 * it; any thread may read it.
 *
 * <p>Specified by {@code PollSpreadTest}.
 */
final class PollSpread {
    /** The next poll is expected to take as many requests as the cheapest of so many: a backlog is soon read. */
    private static final int COMPARED = 3;

    private final Supplier<BudgetShare> budget;
    private final LongSupplier nanoTime;
    private final Clock clock;
    private final Deque<Long> lastRequests = new ArrayDeque<>();

    private final AtomicBoolean requested = new AtomicBoolean();
    private volatile boolean polled;
    private volatile long endedAt;
    private volatile long expectedRequests = 1;

    /**
     * @param budget returns the share of the consumer's current start
     * @param nanoTime a monotonic clock
     * @param clock the clock for messages
     */
    PollSpread(Supplier<BudgetShare> budget, LongSupplier nanoTime, Clock clock) {
        this.budget = budget;
        this.nanoTime = nanoTime;
        this.clock = clock;
    }

    /** Lets the next poll begin without a wait, unless the budget is used up. */
    void request() {
        requested.set(true);
    }

    /** Returns whether a poll that is due now is put off. If not, the poll begins. */
    boolean putsOff() {
        return !waitOfPoll(requested.getAndSet(false)).isZero();
    }

    private Duration waitOfPoll(boolean isRequested) {
        BudgetShare share = budget.get();
        boolean isFree = isRequested || !polled;
        return isFree ? share.waitOfUsedUp() : share.waitOfPoll(sinceLast(), expectedRequests);
    }

    private Duration sinceLast() {
        return Duration.ofNanos(nanoTime.getAsLong() - endedAt);
    }

    /** Returns the time before which no poll begins, by the local clock; null if the next one may begin as scheduled. */
    Instant putOffUntil() {
        if (budget.get() == null) {
            return null;
        }
        Duration wait = waitOfPoll(requested.get());
        return wait.isZero() ? null : clock.instant().plus(wait);
    }

    /**
     * Records that a poll has ended.
     *
     * @param requests the requests that it took
     */
    void ended(long requests) {
        lastRequests.add(requests);
        if (lastRequests.size() > COMPARED) {
            lastRequests.remove();
        }
        long cheapest = lastRequests.stream().mapToLong(Long::longValue).min().orElse(1);
        expectedRequests = lastRequests.size() < COMPARED ? 1 : Math.max(1, cheapest);
        endedAt = nanoTime.getAsLong();
        polled = true;
    }
}
