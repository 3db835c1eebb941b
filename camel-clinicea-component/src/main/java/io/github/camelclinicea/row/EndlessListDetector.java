/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.row;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Detects a list that does not end: page after page holds only records that earlier pages held (docs/design/sync.md,
 * section 3a, rule 9). Keeps 64 bits of each record, in a table of at most 32 bytes for each. Used by one thread at a
 * time.
 */
public final class EndlessListDetector {
    /** The number of successive pages without a new record after which a list counts as endless. */
    public static final int PAGES = 10;

    private static final int FIRST_ROOM = 256;

    /** Fibonacci hashing with a random multiplier, so that no server can choose ids that collide. */
    private final long multiplier = ThreadLocalRandom.current().nextLong() | 1;

    /** An open hash table; 0 marks a free place. */
    private long[] keys = new long[FIRST_ROOM];

    private int size;
    private boolean hasIds;
    private boolean hasNewId;
    private boolean hasNewContent;
    private int pagesWithoutNew;

    /**
     * Adds a row of the present page.
     *
     * @param id the row's id, or null
     * @param version the row's version, which is used if there is no id; may be null if there is one
     */
    public void addRow(String id, RowVersion version) {
        if (id == null) {
            hasNewContent |= add(version.high());
        } else {
            hasIds = true;
            hasNewId |= add(RecordId.key(id));
        }
    }

    /**
     * Ends the present page, and returns whether it is at least the tenth successive page without a new record. A page
     * has a new record if one of its ids is new. Rows without an id do not count, unless no row of the page has one.
     * Then the content of the rows is compared.
     */
    public boolean endPage() {
        pagesWithoutNew = (hasIds ? hasNewId : hasNewContent) ? 0 : pagesWithoutNew + 1;
        hasIds = false;
        hasNewId = false;
        hasNewContent = false;
        return pagesWithoutNew >= PAGES;
    }

    private boolean add(long hash) {
        long key = hash == 0 ? 1 : hash;
        int place = place(key);
        while (keys[place] != 0) {
            if (keys[place] == key) {
                return false;
            }
            place = place + 1 & keys.length - 1;
        }
        keys[place] = key;
        if (++size > keys.length / 2) {
            grow();
        }
        return true;
    }

    private void grow() {
        long[] old = keys;
        keys = new long[2 * old.length];
        for (long key : old) {
            if (key != 0) {
                int place = place(key);
                while (keys[place] != 0) {
                    place = place + 1 & keys.length - 1;
                }
                keys[place] = key;
            }
        }
    }

    private int place(long key) {
        return (int) (key * multiplier >>> 1 + Long.numberOfLeadingZeros(keys.length));
    }
}
