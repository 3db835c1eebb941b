/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.RowVersion;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The rows that the route has and has not finished: at most one version of a record at a time. It outlives a poll,
 * since an asynchronous route may still have rows when the consumer is suspended and resumed. Used by any thread.
 */
final class RowsInFlight {
    private final long lookMillis;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final Map<Long, RowVersion> versions = new HashMap<>();
    private int failures;
    private long delivered;

    /** @param lookMillis how often a wait checks whether the consumer is being stopped */
    RowsInFlight(long lookMillis) {
        this.lookMillis = lookMillis;
    }

    /** Begins to count failures at 0. Those of rows that the last poll left in flight count from here on, too. */
    void resetFailures() {
        lock.lock();
        try {
            failures = 0;
        } finally {
            lock.unlock();
        }
    }

    int failures() {
        lock.lock();
        try {
            return failures;
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many rows were delivered since this object was made. */
    long delivered() {
        lock.lock();
        try {
            return delivered;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return versions.size();
        } finally {
            lock.unlock();
        }
    }

    boolean contains(long recordKey, RowVersion version) {
        lock.lock();
        try {
            return version.equals(versions.get(recordKey));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds a row, once no other version of its record is in flight.
     *
     * @return false if {@code open} returned false first
     */
    boolean begin(long recordKey, RowVersion version, BooleanSupplier open) throws InterruptedException {
        lock.lock();
        try {
            while (versions.containsKey(recordKey)) {
                if (!open.getAsBoolean()) {
                    return false;
                }
                await();
            }
            versions.put(recordKey, version);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Removes a row that was not handed over. */
    void abandon(long recordKey) {
        lock.lock();
        try {
            versions.remove(recordKey);
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Removes a row that was delivered or failed. */
    void end(long recordKey, boolean wasDelivered) {
        lock.lock();
        try {
            versions.remove(recordKey);
            if (wasDelivered) {
                delivered++;
            } else {
                failures++;
            }
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until no row is in flight; returns false if {@code open} returned false first. */
    boolean awaitNone(BooleanSupplier open) throws InterruptedException {
        lock.lock();
        try {
            while (!versions.isEmpty()) {
                if (!open.getAsBoolean()) {
                    return false;
                }
                await();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void await() throws InterruptedException {
        ended.await(lookMillis, TimeUnit.MILLISECONDS);
    }
}
