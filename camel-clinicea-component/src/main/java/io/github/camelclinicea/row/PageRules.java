/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.row;

/**
 * Decides what a page means that is empty, or that repeats the page before it (docs/design/sync.md, section 3a, rules 1
 * and 12). The rules hold for change lists and for lists that an operation looks up:
 *
 * <ul>
 *   <li>A page repeats the one before it if it holds the same versions in the same order. It is requested once more,
 *       because a server may respond with the wrong page once.
 *   <li>A first page with more rows than a full page has, and with a repetition after it, is the whole list: the list
 *       has no pages.
 *   <li>A short page that is repeated twice is the last page. A full one is an error: the server ignores the page
 *       number.
 *   <li>An empty page after a full one is requested once more. If the empty page comes after a full page, or after
 *       several pages, the page after it is requested too: the list has not ended there if that page has rows.
 *   <li>A list with more than {@code maxPages} pages is an error.
 * </ul>
 *
 * <p>The two kinds of list differ in three cases, because a change list is read again and the other list is not:
 *
 * <ul>
 *   <li>A change list passes over a full page that is repeated once, since a further reading finds rows that moved
 *       meanwhile. The other list fails.
 *   <li>If the second page of a change list repeats the first one, the first page is requested once more, to see
 *       whether the response to it held the rows of the second. In the other list, page 1 in place of page 0 means that
 *       the server counts from 1.
 *   <li>An empty page of a change list that a later page contradicts is requested once more, since the list may have
 *       grown. The other list fails.
 * </ul>
 *
 * @param pageSize the rows of a full page
 */
public record PageRules(int pageSize) {
    /** Returns whether a page has rows, and the same ones as the page before it; false if there is none before it. */
    public static boolean repeats(Page page, Page before) {
        return before != null && !page.isEmpty() && page.sameRowsAs(before);
    }

    /** Returns whether a page number is past the limit of {@code maxPages} pages, counted from the first one. */
    public static boolean isPastLimit(int number, int first, int maxPages) {
        return number - first >= maxPages;
    }

    /**
     * Returns whether a page that is repeated is the whole list, so that each request gets all of it.
     *
     * @param pagesRead the pages with rows so far, this one included, without repetitions
     */
    public boolean isWholeList(Page page, int pagesRead) {
        return pagesRead == 1 && page.rows().size() > pageSize;
    }

    /** Returns whether a page has at least as many rows as a full page. */
    public boolean isFull(Page page) {
        return page.rows().size() >= pageSize;
    }

    /**
     * Returns whether a page may be full, so that an empty page after it must be confirmed. A server may send fewer
     * rows in a page than the page size.
     *
     * @param rows the rows of the page
     * @param largest the most rows of any page that had another page after it; 0 if none had
     */
    public boolean mayBeFull(int rows, int largest) {
        return rows >= pageSize || largest > 0 && rows >= largest;
    }

    /**
     * Returns whether the page after an empty page must be empty too before the list counts as read to its end.
     *
     * @param mayBeFull whether the page before the empty one may be full
     * @param pagesRead the pages with rows so far
     */
    public static boolean mustCheckNextPage(boolean mayBeFull, int pagesRead) {
        return mayBeFull || pagesRead > 1;
    }
}
