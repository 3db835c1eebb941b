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
 * The rows that the route has and has not finished: at most one version of a record at a time. It outlives a poll, since
 * an asynchronous route may still hold rows when the consumer is suspended and resumed.
 */
final class Deliveries {
    private final long lookMillis;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final Map<Long, RowVersion> versions = new HashMap<>();
    private int failures;
    private long completed;

    /** @param lookMillis how often a wait looks whether the consumer is being stopped */
    Deliveries(long lookMillis) {
        this.lookMillis = lookMillis;
    }

    /** Called where a poll begins: from here on failures count against it, those of rows left by the last poll too. */
    void countFailuresAnew() {
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

    /** @return how many rows ended well since this object was made */
    long completed() {
        lock.lock();
        try {
            return completed;
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

    boolean holds(long recordKey, RowVersion version) {
        lock.lock();
        try {
            return version.equals(versions.get(recordKey));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a row in, once no other version of its record is in flight.
     *
     * @return false if {@code open} said no before that
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

    /** Lets go of a row that was taken in and not handed over. */
    void abandon(long recordKey) {
        lock.lock();
        try {
            versions.remove(recordKey);
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void end(long recordKey, boolean well) {
        lock.lock();
        try {
            versions.remove(recordKey);
            if (well) {
                completed++;
            } else {
                failures++;
            }
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** @return whether all rows ended; false if {@code open} said no before that */
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
