/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.RowVersion;
import io.github.camelclinicea.sync.VersionArray.Visitor;

/**
 * The last version seen of each record, without an object for each: a backlog of a million rows must not need a million
 * objects. One array as long as it is small, then many, each of which grows by itself: an array for all would have to be
 * there twice while it grows, and in one piece, for which a small heap has no room. Not thread-safe.
 */
final class VersionTable {
    private static final int SMALLEST = 64;
    /** Sixty usual pages, so that most polls never come to it. */
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

    /** @return what the entries take up, used or not */
    long bytes() {
        long bytes = 0;
        for (VersionArray part : parts) {
            bytes += part.bytes();
        }
        return bytes;
    }

    /** @return the record's version, or null if it is not in the table */
    RowVersion get(long recordKey) {
        return part(recordKey).get(recordKey);
    }

    boolean holds(long recordKey, RowVersion version) {
        return part(recordKey).holds(recordKey, version);
    }

    void put(long recordKey, RowVersion version) {
        part(recordKey).put(recordKey, version);
        if (parts.length == 1 && parts[0].size() > MOST_IN_ONE) {
            divide();
        }
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
     * One table of both, which are not to be used any more: the larger one takes in the smaller, for a copy of a large backlog
     * would need its memory once more.
     *
     * @param newer its version counts where both have one
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
