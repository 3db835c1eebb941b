/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.row;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Detects a list that does not come to an end: page after page brings only records that earlier pages brought
 * (docs/design/sync.md, section 3a, rule 9). Remembers 64 bits of each record, at most 32 bytes. Used by one thread at
 * a time.
 */
public final class EndlessListDetector {
    /** Pages in a row without anything new after which a list counts as endless. */
    public static final int PAGES = 10;

    private static final int FIRST_ROOM = 256;

    /** Fibonacci hashing with a multiplier of its own, so that no server can choose ids that fall into one place. */
    private final long multiplier = ThreadLocalRandom.current().nextLong() | 1;

    /** An open hash table; 0 is a free place. */
    private long[] keys = new long[FIRST_ROOM];

    private int size;
    private boolean hasIds;
    private boolean hasNewId;
    private boolean hasNewContent;
    private int pagesWithoutNews;

    /**
     * Adds a row of the page that is being read.
     *
     * @param id the row's id, or null
     * @param version the row's version, which stands for its content where there is no id; null only where there is one
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
     * Ends the page whose rows have been added. It brought something new if one of its ids is new. Rows without an id
     * do not count; only a page in which no row has one is judged by the content of its rows.
     *
     * @return whether this is at least the tenth page in a row that brought nothing new
     */
    public boolean endPage() {
        pagesWithoutNews = (hasIds ? hasNewId : hasNewContent) ? 0 : pagesWithoutNews + 1;
        hasIds = false;
        hasNewId = false;
        hasNewContent = false;
        return pagesWithoutNews >= PAGES;
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
