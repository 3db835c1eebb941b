/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.catalog.Paging;
import io.github.camelclinicea.client.http.Request;
import io.github.camelclinicea.client.json.PageReader;
import io.github.camelclinicea.row.EndlessListDetector;
import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.PageRules;
import io.github.camelclinicea.row.RequestListener;
import io.github.camelclinicea.row.Row;
import java.util.List;
import java.util.OptionalInt;

/**
 * Reads a list page by page, each page on demand. One page is in memory, and a second one while both are compared. Of
 * all earlier rows, 64 bits each are kept. Used by one thread at a time.
 *
 * <p>A server may respond wrongly once: with nothing, or with the rows of the page before. So an end that other pages
 * contradict is a failure, and a page that repeats the one before it is requested again, as {@link PageRules} says
 * (docs/design/sync.md, section 3a).
 */
public final class PagedList {
    private static final Page END = new Page(0, List.of(), null);

    private final String resource;
    private final PageReader pages;
    private final FirstPage first;
    private final int maxPages;
    private final PageRules rules;
    private final EndlessListDetector detector = new EndlessListDetector();

    private int start;
    private int number;
    private Page last;
    private int pagesGiven;
    private int largest;
    private boolean ended;

    /**
     * Creates a list that has not been read yet.
     *
     * @param resource the resource's name, for messages
     * @param pages reads the pages
     * @param first the number of the first page
     * @param maxPages the most pages that the list may have; a longer list fails
     * @param fullPage the rows of a full page
     */
    public PagedList(String resource, PageReader pages, FirstPage first, int maxPages, int fullPage) {
        this.resource = resource;
        this.pages = pages;
        this.first = first;
        this.maxPages = maxPages;
        this.rules = new PageRules(fullPage);
    }

    /**
     * Returns the list that a request reads.
     *
     * @param reader reads the pages
     * @param request the request without its page
     * @param paging the query parameters of a page; null if one response holds the whole list
     * @param pinned the number of the first page that the user has set, or null
     * @param maxPages the most pages that the list may have; a longer list fails
     * @param listener is notified of the requests
     */
    public static PagedList of(
            ListReader reader, Request request, Paging paging, Integer pinned, int maxPages, RequestListener listener) {
        return paging == null
                ? new PagedList(
                        request.resource(),
                        number -> number == 1 ? reader.read(request, null, 0, listener) : END,
                        FirstPage.certain(1),
                        Integer.MAX_VALUE,
                        Integer.MAX_VALUE)
                : new PagedList(
                        request.resource(),
                        number -> reader.read(request, paging, number, listener),
                        FirstPage.of(pinned, paging.page()),
                        maxPages,
                        paging.pageSize().rows());
    }

    /**
     * Returns the rows of the next page in the order sent; none at the end, which is then not requested again.
     *
     * @throws CliniceaException if the page could not be read, the list does not end, or it ends before pages that have
     *     rows. After a page that could not be read, the next call requests the same page
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

    /** Returns the number of the first page; empty until a row has been read. */
    public OptionalInt firstNumber() {
        return pagesGiven == 0 ? OptionalInt.empty() : OptionalInt.of(start);
    }

    private Page firstPage() throws CliniceaException, InterruptedException {
        FirstPageSearch.Beginning beginning = first.isCertain()
                ? new FirstPageSearch.Beginning(first.number(), pages.read(first.number()))
                : FirstPageSearch.in(pages);
        if (beginning.page().isEmpty()) {
            return END;
        }
        start = beginning.number();
        return accept(start, beginning.page());
    }

    private Page followingPage() throws CliniceaException, InterruptedException {
        if (PageRules.isPastLimit(number, start, maxPages)) {
            throw failure("The list of " + resource + " has more than maxPages=" + maxPages + " pages", false);
        }
        Page page = pages.read(number);
        if (PageRules.repeats(page, last)) {
            page = pages.read(number);
            if (PageRules.repeats(page, last)) {
                return repeated();
            }
        }
        return page.isEmpty() ? end() : accept(number, page);
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
        largest = Math.max(largest, last == null ? 0 : last.rows().size());
        last = page;
        pagesGiven++;
        return page;
    }

    /** Decides what it means that the page after the last one has no rows. */
    private Page end() throws CliniceaException, InterruptedException {
        boolean mayBeFull = rules.mayBeFull(last.rows().size(), largest);
        if (mayBeFull) {
            Page again = pages.read(number);
            if (!again.isEmpty() && !PageRules.repeats(again, last)) {
                return accept(number, again);
            }
        }
        if (PageRules.mustCheckNextPage(mayBeFull, pagesGiven) && hasRows(number + 1)) {
            throw failure(
                    "Page " + number + " of the list of " + resource + " came without rows, but page " + (number + 1)
                            + " has some: page " + number + " failed. Read the list again",
                    true);
        }
        return END;
    }

    private boolean hasRows(int at) throws CliniceaException, InterruptedException {
        try {
            return !pages.read(at).isEmpty();
        } catch (CliniceaException e) {
            if (FirstPageSearch.refusesPage(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Decides what it means that the page after the last one, requested twice, repeats the last one. */
    private Page repeated() throws CliniceaException, InterruptedException {
        if (rules.isWholeList(last, pagesGiven)) {
            return END;
        }
        if (start == 0 && number == 1) {
            // The server counts from 1 and takes 0 for 1.
            start = 1;
            number = 2;
            return followingPage();
        }
        if (rules.isFull(last)) {
            throw failure(
                    "The list of " + resource + " does not come to an end: page " + number + " repeats page "
                            + (number - 1) + ", which is full. The server seems to ignore the page number; for a list"
                            + " that is not paged at all, set pageSize above its length",
                    false);
        }
        Page next = pages.read(number + 1);
        if (PageRules.repeats(next, last)) {
            return END;
        }
        // Rows moved up by one page while the list was read.
        number++;
        return next.isEmpty() ? end() : accept(number, next);
    }

    private CliniceaException failure(String message, boolean retryable) {
        return new CliniceaException(message, resource, "list", 200, retryable, null);
    }
}
