/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.catalog.Paging;
import io.github.camelclinicea.client.http.Request;
import io.github.camelclinicea.client.json.PageReader;
import io.github.camelclinicea.row.EndlessListDetector;
import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.RequestListener;
import io.github.camelclinicea.row.Row;
import java.util.List;
import java.util.OptionalInt;

/**
 * A list that is read page by page, each only when it is asked for. One page is in memory and, while the next is
 * compared with it, a second; of all rows before, 64 bits each. Used by one thread at a time.
 *
 * <p>A server may answer a request wrongly once: with nothing, or with the rows of the page before. So an end that
 * other pages contradict is a failure, and a page that repeats the one before it is asked for again
 * (docs/design/sync.md, section 3a).
 */
public final class PagedList {
    private static final Page END = new Page(0, List.of(), null);

    private final String resource;
    private final PageReader pages;
    private final FirstPage first;
    private final int maxPages;
    private final int fullPage;
    private final EndlessListDetector detector = new EndlessListDetector();

    private int start;
    private int number;
    private Page last;
    private int pagesGiven;
    private int largestPage;
    private boolean ended;

    /**
     * @param resource the resource's name, for messages
     * @param pages where the pages come from
     * @param first the first page
     * @param maxPages a list that is longer fails
     * @param fullPage rows of a full page
     */
    public PagedList(String resource, PageReader pages, FirstPage first, int maxPages, int fullPage) {
        this.resource = resource;
        this.pages = pages;
        this.first = first;
        this.maxPages = maxPages;
        this.fullPage = fullPage;
    }

    /**
     * Returns the list that a request asks for.
     *
     * @param reader reads the pages
     * @param call the request without its page
     * @param paging how a page is asked for; null if the answer is the whole list
     * @param pinned the number of the first page that the user has set, or null
     * @param maxPages a list that is longer fails
     */
    public static PagedList of(ListReader reader, Request call, Paging paging, Integer pinned, int maxPages) {
        return paging == null
                ? new PagedList(
                        call.resource(),
                        number -> number == 1 ? reader.read(call, null, 0, RequestListener.NONE) : END,
                        FirstPage.certain(1),
                        Integer.MAX_VALUE,
                        Integer.MAX_VALUE)
                : new PagedList(
                        call.resource(),
                        number -> reader.read(call, paging, number, RequestListener.NONE),
                        FirstPage.of(pinned, paging.page()),
                        maxPages,
                        paging.pageSize().rows());
    }

    /**
     * Returns the rows of the next page in the order sent; none at the end, which is then not asked for again.
     *
     * @throws CliniceaException if the page could not be had, the list does not end, or it ends before pages that have
     *     rows; after a page that could not be had, the next call asks for the same one
     * @throws InterruptedException if interrupted while waiting
     */
    public List<Row> nextPage() throws CliniceaException, InterruptedException {
        if (ended) {
            return List.of();
        }
        List<Row> rows = (last == null ? firstPage() : followingPage()).rows();
        if (rows.isEmpty()) {
            ended = true;
            last = null;
        }
        return rows;
    }

    /** Returns the number of the first page, as far as it is known: nothing before a row has come. */
    public OptionalInt firstNumber() {
        return pagesGiven == 0 ? OptionalInt.empty() : OptionalInt.of(start);
    }

    private Page firstPage() throws CliniceaException, InterruptedException {
        FirstPageSearch.Beginning beginning = first.isCertain()
                ? new FirstPageSearch.Beginning(first.number(), pages.read(first.number()))
                : FirstPageSearch.in(pages);
        if (beginning.page().rows().isEmpty()) {
            return END;
        }
        start = beginning.number();
        return accept(start, beginning.page());
    }

    private Page followingPage() throws CliniceaException, InterruptedException {
        if (number - start >= maxPages) {
            throw failure("The list of " + resource + " has more than maxPages=" + maxPages + " pages", false);
        }
        Page page = pages.read(number);
        if (page.sameRowsAs(last)) {
            page = pages.read(number);
            if (page.sameRowsAs(last)) {
                return repeated();
            }
        }
        return page.rows().isEmpty() ? end() : accept(number, page);
    }

    private Page accept(int at, Page page) throws CliniceaException {
        page.rows().forEach(row -> detector.addRow(row.id(), row.id() == null ? row.version() : null));
        if (detector.endPage()) {
            throw failure(
                    "The list of " + resource + " does not come to an end: the " + EndlessListDetector.PAGES
                            + " pages up to page " + at + " hold only records that pages before them held."
                            + " The server seems to ignore the page number, or to send the same rows in another order"
                            + " each time",
                    false);
        }
        number = at + 1;
        last = page;
        pagesGiven++;
        largestPage = Math.max(largestPage, page.rows().size());
        return page;
    }

    /** Decides what it means that the page after the last one has no rows. */
    private Page end() throws CliniceaException, InterruptedException {
        int rows = last.rows().size();
        boolean isFull = rows >= fullPage || pagesGiven > 1 && rows == largestPage;
        if (isFull) {
            Page again = pages.read(number);
            if (!again.rows().isEmpty() && !again.sameRowsAs(last)) {
                return accept(number, again);
            }
        }
        if ((isFull || pagesGiven > 1) && hasRows(number + 1)) {
            throw failure(
                    "Page " + number + " of the list of " + resource + " came without rows, but page " + (number + 1)
                            + " has some: page " + number + " failed. Read the list again",
                    true);
        }
        return END;
    }

    private boolean hasRows(int beyond) throws CliniceaException, InterruptedException {
        try {
            return !pages.read(beyond).rows().isEmpty();
        } catch (CliniceaException e) {
            if (FirstPageSearch.refusesPage(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Decides what it means that the page after the last one holds the rows of the last one, asked twice. */
    private Page repeated() throws CliniceaException, InterruptedException {
        int rows = last.rows().size();
        if (pagesGiven == 1 && rows > fullPage) {
            // Not paged at all: each request is answered with the whole list.
            return END;
        }
        if (start == 0 && number == 1) {
            // The server counts from 1 and takes 0 for 1.
            start = 1;
            number = 2;
            return followingPage();
        }
        if (rows >= fullPage) {
            throw failure(
                    "The list of " + resource + " does not come to an end: page " + number + " repeats page "
                            + (number - 1) + ", which is full. The server seems to ignore the page number; for a list"
                            + " that is not paged at all, set pageSize above its length",
                    false);
        }
        Page next = pages.read(number + 1);
        if (next.sameRowsAs(last)) {
            return END;
        }
        // Rows moved up by one page while the list was read.
        number++;
        return next.rows().isEmpty() ? end() : accept(number, next);
    }

    private CliniceaException failure(String message, boolean retryable) {
        return new CliniceaException(message, resource, "list", 200, retryable, null);
    }
}
