/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.PageRules;

/**
 * Remembers how the server cuts its list into pages, as far as this process has seen it. Used by the thread that polls.
 *
 * <p>Specified by {@code ListReadingTest}.
 */
final class LearnedPaging {
    private final int pageSize;
    private int largest;
    private boolean repeats;

    /** @param pageSize rows of a full page, as the catalogue or the user says */
    LearnedPaging(int pageSize) {
        this.pageSize = pageSize;
    }

    /** Records that a page of so many rows had another one behind it: a server may send fewer rows than requested. */
    void pageBehind(int rows) {
        largest = Math.max(largest, rows);
    }

    /**
     * Returns whether a page of so many rows may have another one behind it, so that an empty page there is no proof.
     */
    boolean isFull(int rows) {
        return new PageRules(pageSize).mayBeFull(rows, largest);
    }

    /** Records that the server repeats the page before where it has no page, also in a second response. */
    void repeatsPages() {
        repeats = true;
    }

    /** Returns whether {@link #repeatsPages} was called. */
    boolean isKnownToRepeatPages() {
        return repeats;
    }
}
