/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.EndlessListDetector;
import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.Row;
import java.util.function.Predicate;

/**
 * Detects a list without an end: page after page holds only records that the reading has shown before. A server that
 * ignores the page parameter sends such a list, in the same order or another, or with a field that differs at each
 * read.
 */
final class NewRecords {
    /** The number of such pages in a row that proves it. A list that shifts brings fewer. */
    private static final int PAGES = EndlessListDetector.PAGES;

    private final Predicate<Row> isNew;
    private int pages;
    private int rows;

    /** @param isNew whether the reading has not shown the row's record before */
    NewRecords(Predicate<Row> isNew) {
        this.isNew = isNew;
    }

    /**
     * Checks the next page.
     *
     * @throws SyncException if the page is the tenth in a row that brings no new record
     */
    void requireSomeOn(Page page) throws SyncException {
        boolean some = page.isEmpty();
        for (Row row : page.rows()) {
            some |= isNew.test(row);
        }
        pages = some ? 0 : pages + 1;
        rows = some ? 0 : rows + page.rows().size();
        if (pages == PAGES) {
            throw new SyncException("pages " + (page.number() - PAGES + 1) + " to " + page.number() + " repeat, in "
                    + rows + " rows, only records that came on earlier pages, so the list does not end. Check"
                    + " pageParameter; if the list is not paged at all, set pageSize above its length");
        }
    }
}
