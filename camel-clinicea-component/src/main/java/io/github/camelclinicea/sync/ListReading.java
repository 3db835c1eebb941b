/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.PageRules;
import io.github.camelclinicea.sync.PageSlots.Fetched;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/**
 * Reads the list from its first page to its end, pages in order. The first page is fetched alone: an idle poll must not
 * cost more than its one request. After a full first page, further pages may be fetched ahead.
 *
 * <p>A page that could end the reading is checked against other pages, as {@link PageRules} says (docs/design/sync.md,
 * section 3a, rules 1 and 12). A page that repeats the one before it is passed over. The list ends only if the next
 * page repeats it too.
 */
final class ListReading implements AutoCloseable {
    private final PageQueue queue;
    private final SyncSettings settings;
    private final PageRules rules;
    private final LearnedPaging paging;
    private final boolean mayFetchAhead;
    private final boolean confirmsEmptyList;

    private boolean firstWasFull;
    private boolean fetchingAhead;
    private boolean shifted;
    private Page last;
    private int filled;
    private int repeats;

    /**
     * Creates a reading.
     *
     * @param queue the pages
     * @param mayFetchAhead whether the queue can fetch pages ahead
     * @param confirmsEmptyList whether a list without rows is requested once more, as in a probe, where it proves that
     *     nothing changed
     */
    ListReading(
            PageQueue queue,
            SyncSettings settings,
            LearnedPaging paging,
            boolean mayFetchAhead,
            boolean confirmsEmptyList) {
        this.queue = queue;
        this.settings = settings;
        this.rules = new PageRules(settings.pageSize());
        this.paging = paging;
        this.mayFetchAhead = mayFetchAhead;
        this.confirmsEmptyList = confirmsEmptyList;
    }

    Instant since() {
        return queue.since();
    }

    /** Takes a first page that has been fetched already. */
    void startWith(Fetched page) {
        queue.startWith(page);
    }

    /** Returns whether a page was passed over as a repetition that was not the end, so that rows may have shifted. */
    boolean isShifted() {
        return shifted;
    }

    /**
     * Returns the next page, or null if the sink closed. The page past the end is included, and is empty.
     *
     * @throws PageRefusedException if the server refused it
     * @throws Exception if the page could not be fetched, or the server pages in a way that cannot be trusted
     */
    Fetched next() throws Exception {
        while (true) {
            if (fetchingAhead) {
                // Before the wait, so that the room of the last page is used at once.
                queue.fetchAhead();
            }
            Fetched fetched = queue.next();
            if (fetched != null) {
                fetched = confirmed(fetched);
            }
            if (fetched == null) {
                return null;
            }
            Fetched page = unlessRepeated(fetched);
            if (page != null) {
                return page;
            }
        }
    }

    /** Returns the page, or the one that came when it was requested again; null if the sink closed. */
    private Fetched confirmed(Fetched fetched) throws Exception {
        if (last == null) {
            boolean inDoubt = fetched.page().isEmpty() && confirmsEmptyList;
            return inDoubt ? again(fetched) : fetched;
        }
        Fetched page = fetched;
        if (repeatsLast(page.page()) && repeats == 0 && !paging.isKnownToRepeatPages()) {
            page = again(page);
        }
        if (page == null || !page.page().isEmpty()) {
            return page;
        }
        return end(page);
    }

    private Fetched again(Fetched fetched) throws Exception {
        fetched.slot().release();
        return queue.fetch(fetched.page().number());
    }

    /** Returns the empty page if it is the end; a page of rows if it has some after all; null if the sink closed. */
    private Fetched end(Fetched empty) throws Exception {
        // It holds no rows, and the pages that confirm the end need the room.
        empty.slot().release();
        boolean full = paging.isFull(last.rows().size());
        if (full) {
            Fetched page = again(empty);
            if (page == null || !page.page().isEmpty()) {
                return page;
            }
            page.slot().release();
        }
        int withRows = queue.firstWithRowsAhead();
        if (withRows < 0 && PageRules.mustCheckNextPage(full, filled) && !queue.hasPagesAhead()) {
            withRows = nextWithRows(empty.page().number() + 1);
        }
        return withRows < 0 ? empty : notTheEnd(empty, withRows);
    }

    /** Returns the number if the page of this number has rows; otherwise -1. */
    private int nextWithRows(int number) throws Exception {
        try {
            Fetched next = queue.fetch(number);
            if (next == null) {
                return -1;
            }
            next.slot().release();
            return next.page().isEmpty() ? -1 : number;
        } catch (PageRefusedException e) {
            // A server may refuse a number past the end, so there are no rows there.
            return -1;
        }
    }

    /**
     * Requests an empty page again that a later page contradicts. The list may have grown since; otherwise it failed.
     */
    private Fetched notTheEnd(Fetched empty, int withRows) throws Exception {
        Fetched page = again(empty);
        if (page == null || !page.page().isEmpty()) {
            return page;
        }
        page.slot().release();
        throw new SyncException("page " + empty.page().number() + " is empty, but page " + withRows
                + " behind it has rows, so it is not the end of the list");
    }

    /**
     * Returns the page, an empty one in place of a repetition that is the end, or null if it is to be passed over.
     *
     * @throws SyncException if full pages repeat
     */
    private Fetched unlessRepeated(Fetched fetched) throws Exception {
        Page page = fetched.page();
        if (!repeatsLast(page)) {
            return noted(fetched);
        }
        fetched.slot().release();
        repeats++;
        if (rules.isWholeList(page, filled) || repeats > 1 && !rules.isFull(page)) {
            paging.repeatsPages();
            return new Fetched(new Page(page.number(), List.of(), page.serverTime()), fetched.slot());
        }
        if (repeats > 1) {
            throw new SyncException(
                    "pages " + last.number() + " to " + page.number() + " hold the same rows: the server"
                            + " seems to ignore the page parameter. Check pageParameter; if the list is not paged at all, set"
                            + " pageSize above its length");
        }
        return filled == 1 && !paging.isKnownToRepeatPages() ? firstPageAgain() : null;
    }

    /**
     * Requests the first page again, because page 1 repeats page 0. The server takes 0 for 1, or responded to 0 with
     * the rows of 1.
     */
    private Fetched firstPageAgain() throws Exception {
        Fetched first = queue.fetch(last.number());
        if (first == null || !first.page().isEmpty() && !repeatsLast(first.page())) {
            return first;
        }
        first.slot().release();
        paging.repeatsPages();
        return null;
    }

    private boolean repeatsLast(Page page) {
        return PageRules.repeats(page, last);
    }

    private Fetched noted(Fetched fetched) throws SyncException {
        Page page = fetched.page();
        // The response to the page before the repetition may have held the rows of the page after it.
        shifted |= repeats > 0 && last.number() > 0;
        if (page.isEmpty()) {
            return fetched;
        }
        if (last == null) {
            firstWasFull = rules.isFull(page);
        } else {
            paging.pageBehind(last.rows().size());
        }
        repeats = 0;
        last = page;
        filled++;
        if (fetchingAhead) {
            fetchAheadOrRelease(fetched);
        }
        return fetched;
    }

    private void fetchAheadOrRelease(Fetched fetched) throws SyncException {
        try {
            queue.fetchAhead();
        } catch (SyncException | RejectedExecutionException e) {
            fetched.slot().release();
            throw e;
        }
    }

    /** Returns whether pages can be fetched ahead and the first page was full, so that there are probably more. */
    boolean couldFetchAhead() {
        return mayFetchAhead && firstWasFull && settings.pagesInFlight() > 1;
    }

    /** Fetches pages ahead from now on, as many as are allowed in flight and there is room for. */
    void fetchAhead() throws SyncException {
        fetchingAhead = true;
        queue.fetchAhead();
    }

    /** Gives up the pages that were fetched ahead. */
    @Override
    public void close() {
        queue.close();
    }
}
