/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.RowVersion;
import io.github.camelclinicea.sync.VersionArray.Visitor;

/**
 * Maps records to their last seen versions, without an object for each: a backlog of a million rows must not need a
 * million objects. A small table is one array. A large one consists of many that grow one by one: a single array
 * would be in memory twice while it grows, and in one piece, for which a small heap has no room. Not
 * thread-safe.
 */
final class VersionTable {
    private static final int SMALLEST = 64;
    /** Sixty usual pages, so that most polls need one array only. */
    private static final int MOST_IN_ONE = 6 * 1024;

    private static final int PARTS = 256;

    private VersionArray[] parts = {new VersionArray(SMALLEST)};

    int size() {
        int size = 0;
        for (VersionArray part : parts) {
            size += part.size();
        }
        return size;
    }

    /** Returns how many bytes the entries take, unused ones included. */
    long bytes() {
        long bytes = 0;
        for (VersionArray part : parts) {
            bytes += part.bytes();
        }
        return bytes;
    }

    /** Returns the record's version, or null if the record is not in the table. */
    RowVersion get(long recordKey) {
        return part(recordKey).get(recordKey);
    }

    boolean holds(long recordKey, RowVersion version) {
        return part(recordKey).holds(recordKey, version);
    }

    /** Sets the record's version and returns the one before, or null if there was none. */
    RowVersion put(long recordKey, RowVersion version) {
        RowVersion before = part(recordKey).put(recordKey, version);
        if (parts.length == 1 && parts[0].size() > MOST_IN_ONE) {
            divide();
        }
        return before;
    }

    private void divide() {
        VersionArray all = parts[0];
        parts = new VersionArray[PARTS];
        for (int part = 0; part < PARTS; part++) {
            parts[part] = new VersionArray(MOST_IN_ONE / PARTS * 3 / 2);
        }
        all.forEach((record, version) -> part(record).put(record, version));
    }

    void remove(long recordKey) {
        part(recordKey).remove(recordKey);
    }

    /**
     * Returns one table with the entries of both, which must not be used any more. The larger one takes in the
     * smaller one, since a copy of a large table would need its memory once more.
     *
     * @param newer its version is kept for a record that both have
     */
    static VersionTable union(VersionTable older, VersionTable newer) {
        if (older.size() >= newer.size()) {
            newer.forEach(older::put);
            return older;
        }
        older.forEach((record, version) -> {
            if (newer.get(record) == null) {
                newer.put(record, version);
            }
        });
        return newer;
    }

    void forEach(Visitor visitor) {
        for (VersionArray part : parts) {
            part.forEach(visitor);
        }
    }

    private VersionArray part(long recordKey) {
        return parts.length == 1 ? parts[0] : parts[(int) (VersionArray.hash(recordKey) >>> 56)];
    }
}
