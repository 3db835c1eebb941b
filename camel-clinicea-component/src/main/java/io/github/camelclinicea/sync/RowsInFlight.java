/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.row.RowVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The rows that the route has and has not finished: the rows of a record are in one delivery at a time. It outlives a
 * poll, since an asynchronous route may still have rows when the consumer is suspended and resumed. Used by any thread.
 */
final class RowsInFlight {
    private final long lookMillis;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Long, List<RowVersion>> versions = new HashMap<>();
    private long changes;
    private int size;
    private int failures;
    private int delivered;

    /** @param lookMillis how long a wait for a change takes at most */
    RowsInFlight(long lookMillis) {
        this.lookMillis = lookMillis;
    }

    /** Begins to count ends at 0. Those of rows that the last poll left in flight count from here on, too. */
    void resetCounts() {
        lock.lock();
        try {
            failures = 0;
            delivered = 0;
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

    /** Returns how many rows were delivered since {@link #resetCounts}. */
    int delivered() {
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
            return size;
        } finally {
            lock.unlock();
        }
    }

    boolean contains(Row row) {
        return contains(row.recordKey(), row.version());
    }

    boolean contains(long recordKey, RowVersion version) {
        lock.lock();
        try {
            return size > 0 && versions.getOrDefault(recordKey, List.of()).contains(version);
        } finally {
            lock.unlock();
        }
    }

    /** Adds the rows of a delivery and returns true, unless a row of one of their records is in flight. */
    boolean tryAdd(List<Row> rows) {
        lock.lock();
        try {
            for (Row row : rows) {
                if (versions.containsKey(row.recordKey())) {
                    return false;
                }
            }
            for (Row row : rows) {
                versions.computeIfAbsent(row.recordKey(), none -> new ArrayList<>(1))
                        .add(row.version());
            }
            size += rows.size();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Removes a row that was not handed over, or was skipped. */
    void abandon(Row row) {
        lock.lock();
        try {
            remove(row);
        } finally {
            lock.unlock();
        }
    }

    /** Removes a row that was delivered or failed. */
    void end(Row row, boolean wasDelivered) {
        lock.lock();
        try {
            remove(row);
            if (wasDelivered) {
                delivered++;
            } else {
                failures++;
            }
        } finally {
            lock.unlock();
        }
    }

    private void remove(Row row) {
        List<RowVersion> ofRecord = versions.get(row.recordKey());
        if (ofRecord != null && ofRecord.remove(row.version())) {
            size--;
            if (ofRecord.isEmpty()) {
                versions.remove(row.recordKey());
            }
        }
        noteChange();
    }

    /** Ends a wait for a change. */
    void noteChange() {
        lock.lock();
        try {
            changes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns a number that is another one after each change. Read it before looking at what may change. */
    long changes() {
        lock.lock();
        try {
            return changes;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a change since {@link #changes} returned the number, and no longer than a look takes. */
    void awaitChange(long since) throws InterruptedException {
        lock.lock();
        try {
            if (changes == since) {
                changed.await(lookMillis, TimeUnit.MILLISECONDS);
            }
        } finally {
            lock.unlock();
        }
    }
}
