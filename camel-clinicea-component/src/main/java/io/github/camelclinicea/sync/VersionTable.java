package io.github.camelclinicea.sync;

/**
 * The last version seen of each record, in one primitive array: a backlog of a million rows must not need a million
 * objects. Open addressing, three longs an entry. Not thread-safe.
 */
final class VersionTable {
    /** What is done with each entry of a table. */
    @FunctionalInterface
    interface Visitor {
        void visit(long recordKey, Fingerprint version);
    }

    private static final int LONGS = 3;
    private static final int SMALLEST = 64;

    private long[] entries = new long[SMALLEST * LONGS];
    private int size;

    int size() {
        return size;
    }

    /** @return what the entries take up, used or not */
    long bytes() {
        return (long) entries.length * Long.BYTES;
    }

    /** @return the record's version, or null if it is not in the table */
    Fingerprint get(long recordKey) {
        int at = find(recordKey);
        return used(at) ? new Fingerprint(entries[at + 1], entries[at + 2]) : null;
    }

    boolean holds(long recordKey, Fingerprint version) {
        int at = find(recordKey);
        return used(at) && entries[at + 1] == version.high() && entries[at + 2] == version.low();
    }

    void put(long recordKey, Fingerprint version) {
        int at = find(recordKey);
        if (!used(at)) {
            // Three quarters full at most; growing by half keeps it at least half full, 48 bytes an entry at worst.
            if ((size + 1) * LONGS * 4L > entries.length * 3L) {
                grow();
                at = find(recordKey);
            }
            size++;
        }
        entries[at] = recordKey;
        entries[at + 1] = version.high();
        entries[at + 2] = version.low();
    }

    void remove(long recordKey) {
        int at = find(recordKey);
        if (!used(at)) {
            return;
        }
        clear(at);
        // What stands behind it may be there because its own place was taken.
        for (int next = behind(at); used(next); next = behind(next)) {
            long moved = entries[next];
            Fingerprint version = new Fingerprint(entries[next + 1], entries[next + 2]);
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

    void putAll(VersionTable other) {
        other.forEach(this::put);
    }

    void forEach(Visitor visitor) {
        for (int at = 0; at < entries.length; at += LONGS) {
            if (used(at)) {
                visitor.visit(entries[at], new Fingerprint(entries[at + 1], entries[at + 2]));
            }
        }
    }

    /** 128 zero bits of SHA-256 stand for "empty"; no row has them. */
    private boolean used(int at) {
        return entries[at + 1] != 0 || entries[at + 2] != 0;
    }

    private int find(long recordKey) {
        int capacity = entries.length / LONGS;
        int at = (int) Math.floorMod(recordKey * 0x9e3779b97f4a7c15L, (long) capacity) * LONGS;
        while (used(at) && entries[at] != recordKey) {
            at = behind(at);
        }
        return at;
    }

    private void grow() {
        long[] old = entries;
        int capacity = old.length / LONGS;
        entries = new long[(capacity + capacity / 2) * LONGS];
        for (int at = 0; at < old.length; at += LONGS) {
            if (old[at + 1] != 0 || old[at + 2] != 0) {
                System.arraycopy(old, at, entries, find(old[at]), LONGS);
            }
        }
    }
}
