/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.RowVersion;

/**
 * Maps records to versions in one primitive array: open addressing with linear probing, three longs an entry. Not
 * thread-safe.
 *
 * <p>Specified by {@code VersionTableTest}.
 */
final class VersionArray {
    /** Visits each entry. */
    @FunctionalInterface
    interface Visitor {
        void visit(long recordKey, RowVersion version);
    }

    private static final int LONGS = 3;

    private long[] entries;
    private int size;

    /** @param capacity how many entries there is room for; the array grows when three quarters of them are used */
    VersionArray(int capacity) {
        entries = new long[capacity * LONGS];
    }

    int size() {
        return size;
    }

    long bytes() {
        return (long) entries.length * Long.BYTES;
    }

    RowVersion get(long recordKey) {
        int at = find(recordKey);
        return used(at) ? new RowVersion(entries[at + 1], entries[at + 2]) : null;
    }

    boolean holds(long recordKey, RowVersion version) {
        int at = find(recordKey);
        return used(at) && entries[at + 1] == version.high() && entries[at + 2] == version.low();
    }

    /** Sets the version of a record and returns the one before, or null if there was none. */
    RowVersion put(long recordKey, RowVersion version) {
        int at = find(recordKey);
        RowVersion before = null;
        if (used(at)) {
            before = new RowVersion(entries[at + 1], entries[at + 2]);
        } else {
            // Three quarters full at most; growing by a quarter keeps it three fifths full, 40 bytes an entry at worst.
            if ((size + 1) * LONGS * 4L > entries.length * 3L) {
                grow();
                at = find(recordKey);
            }
            size++;
        }
        entries[at] = recordKey;
        entries[at + 1] = version.high();
        entries[at + 2] = version.low();
        return before;
    }

    void remove(long recordKey) {
        int at = find(recordKey);
        if (!used(at)) {
            return;
        }
        clear(at);
        // An entry behind it may be there because its own place was taken.
        for (int next = behind(at); used(next); next = behind(next)) {
            long moved = entries[next];
            RowVersion version = new RowVersion(entries[next + 1], entries[next + 2]);
            clear(next);
            put(moved, version);
        }
    }

    private void clear(int at) {
        entries[at + 1] = 0;
        entries[at + 2] = 0;
        size--;
    }

    private int behind(int at) {
        return at + LONGS == entries.length ? 0 : at + LONGS;
    }

    void forEach(Visitor visitor) {
        for (int at = 0; at < entries.length; at += LONGS) {
            if (used(at)) {
                visitor.visit(entries[at], new RowVersion(entries[at + 1], entries[at + 2]));
            }
        }
    }

    /** Returns whether an entry is used; 128 zero bits mean an unused one, since the hash of no row has them. */
    private boolean used(int at) {
        return entries[at + 1] != 0 || entries[at + 2] != 0;
    }

    /** Fibonacci hashing. */
    static long hash(long recordKey) {
        return recordKey * 0x9e3779b97f4a7c15L;
    }

    private int find(long recordKey) {
        long hash = hash(recordKey);
        long upToCapacity = ((hash ^ hash >>> 32) & 0xffffffffL) * (entries.length / LONGS) >>> 32;
        int at = (int) upToCapacity * LONGS;
        while (used(at) && entries[at] != recordKey) {
            at = behind(at);
        }
        return at;
    }

    private void grow() {
        long[] old = entries;
        int capacity = old.length / LONGS;
        entries = new long[(capacity + capacity / 4) * LONGS];
        for (int at = 0; at < old.length; at += LONGS) {
            if (old[at + 1] != 0 || old[at + 2] != 0) {
                System.arraycopy(old, at, entries, find(old[at]), LONGS);
            }
        }
    }
}
