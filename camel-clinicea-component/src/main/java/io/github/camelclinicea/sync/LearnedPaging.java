/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.PageRules;

/** What a process has learned of how a server cuts its list into pages. Used by the thread that polls. */
final class LearnedPaging {
    private final int pageSize;
    private int largest;
    private boolean repeats;

    /** @param pageSize rows of a full page, as the catalogue or the user says */
    LearnedPaging(int pageSize) {
        this.pageSize = pageSize;
    }

    /** Records that a page of so many rows had another one behind it: a server may send fewer than it is asked for. */
    void pageBehind(int rows) {
        largest = Math.max(largest, rows);
    }

    /** Returns whether a page of so many rows may have another one behind it, so that an empty answer there is in doubt. */
    boolean isFull(int rows) {
        return new PageRules(pageSize).mayBeFull(rows, largest);
    }

    /** Records that the server was seen to answer with the page before, asked a second time, where it has no page. */
    void repeatsPages() {
        repeats = true;
    }

    /** Returns whether it was seen to do so. */
    boolean isKnownToRepeatPages() {
        return repeats;
    }
}
