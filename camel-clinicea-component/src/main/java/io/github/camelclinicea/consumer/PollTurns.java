/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Lets a requested poll take its turn among the scheduled ones, so that no two run at once. A requested poll waits
 * until the running one has ended. A scheduled poll that comes while the requested one runs is left out. Used by any
 * thread.
 *
 * <p>Specified by {@code PollNowTest}.
 */
final class PollTurns {
    private static final long LOOK_MILLIS = 50;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private int scheduled;
    private boolean requested;
    private long requestedAt;
    private boolean requestedRuns;

    /**
     * Runs a scheduled poll, unless a requested one runs.
     *
     * @return whether it ran
     */
    boolean runScheduled(Runnable poll) {
        lock.lock();
        try {
            if (requestedRuns) {
                return false;
            }
            scheduled++;
        } finally {
            lock.unlock();
        }
        try {
            poll.run();
        } finally {
            lock.lock();
            try {
                scheduled--;
                ended.signalAll();
            } finally {
                lock.unlock();
            }
        }
        return true;
    }

    /** Requests a poll; returns false if one is requested that has not begun yet. */
    boolean request() {
        lock.lock();
        try {
            boolean first = !requested;
            if (first) {
                requested = true;
                requestedAt = System.nanoTime();
            }
            return first;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a request back, whose poll cannot begin. */
    void withdraw() {
        lock.lock();
        try {
            requested = false;
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether a request has waited for so long, and its poll has not begun. */
    boolean hasRequestWaited(Duration time) {
        lock.lock();
        try {
            return requested && System.nanoTime() - requestedAt >= time.toNanos();
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether a poll runs, scheduled or requested. */
    boolean isBusy() {
        lock.lock();
        try {
            return scheduled > 0 || requestedRuns;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs the requested poll once no other runs. To be called by a thread that may wait.
     *
     * @param poll the poll
     * @param mayPoll is asked during the wait whether to go on
     * @return whether it ran
     */
    boolean runRequested(Runnable poll, BooleanSupplier mayPoll) {
        if (!awaitTurn(mayPoll)) {
            return false;
        }
        try {
            poll.run();
        } finally {
            lock.lock();
            try {
                requestedRuns = false;
                ended.signalAll();
            } finally {
                lock.unlock();
            }
        }
        return true;
    }

    private boolean awaitTurn(BooleanSupplier mayPoll) {
        lock.lock();
        try {
            while (mayPoll.getAsBoolean() && (scheduled > 0 || requestedRuns)) {
                ended.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
            boolean turn = scheduled == 0 && !requestedRuns && mayPoll.getAsBoolean();
            requestedRuns |= turn;
            return turn;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            // From here on, a further request means a poll after this one.
            requested = false;
            lock.unlock();
        }
    }
}
