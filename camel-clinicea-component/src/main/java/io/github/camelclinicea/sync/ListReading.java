/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.sync.PageSlots.Fetched;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/**
 * One reading of the list from its first page to its end, pages in order. The first page is fetched alone: an idle poll
 * must not cost more than its one request. Once a first page came back full, further ones may be fetched ahead.
 *
 * <p>An answer that could end the reading is not believed against other evidence (docs/design/sync.md, section 3a,
 * rules 1 and 12):
 *
 * <ul>
 *   <li>An empty page with rows behind it fails the reading. Behind a full page it is asked for once more; in a list of
 *       several pages the page behind it is looked at.
 *   <li>A page that repeats the one before it is asked for once more. It is passed over, and the list ends only if the
 *       next page repeats it, too.
 * </ul>
 */
final class ListReading implements AutoCloseable {
    private final PageQueue queue;
    private final SyncSettings settings;
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
     * @param queue the pages
     * @param mayFetchAhead whether the queue can fetch pages ahead
     * @param confirmsEmptyList whether a list without rows is asked for once more: that of a probe, where it proves
     *     that nothing changed
     */
    ListReading(
            PageQueue queue,
            SyncSettings settings,
            LearnedPaging paging,
            boolean mayFetchAhead,
            boolean confirmsEmptyList) {
        this.queue = queue;
        this.settings = settings;
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

    /** Returns whether a page was passed over as a repetition that was not the end: rows may have shifted. */
    boolean isShifted() {
        return shifted;
    }

    /**
     * Returns the next page, the one past the end included, which is empty; null if the sink closed.
     *
     * @throws PageRefusedException if the server refused it
     * @throws Exception if the page could not be fetched, or the server pages in a way that cannot be trusted
     */
    Fetched next() throws Exception {
        while (true) {
            if (fetchingAhead) {
                // Before the wait: the room that the last page left would stand empty until the next one is there.
                queue.fetchAhead();
            }
            Fetched fetched = queue.next();
            if (fetched != null) {
                fetched = believed(fetched);
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

    /** Returns the page, or what took its place when it was asked for again; null if the sink closed. */
    private Fetched believed(Fetched fetched) throws Exception {
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
        // It holds no rows, and the pages that prove it need the room.
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
        if (withRows < 0 && (full || filled > 1) && !queue.hasPagesAhead()) {
            withRows = lookBehind(empty.page().number() + 1);
        }
        return withRows < 0 ? empty : notTheEnd(empty, withRows);
    }

    /** Returns the number if there is a page with rows; -1 if there is none. */
    private int lookBehind(int number) throws Exception {
        try {
            Fetched behind = queue.fetch(number);
            if (behind == null) {
                return -1;
            }
            behind.slot().release();
            return behind.page().isEmpty() ? -1 : number;
        } catch (PageRefusedException e) {
            // A server may refuse a number so far behind the end; it shows no rows there.
            return -1;
        }
    }

    /** The list may have grown since; otherwise the empty answer was wrong. */
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
        int rows = page.rows().size();
        boolean notPaged = filled == 1 && rows > settings.pageSize();
        if (notPaged || repeats > 1 && rows < settings.pageSize()) {
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

    /** A page 1 like page 0: a server that takes 0 for 1, or that has answered for 0 with the rows of 1. */
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
        return last != null && !page.isEmpty() && page.sameRowsAs(last);
    }

    private Fetched noted(Fetched fetched) throws SyncException {
        Page page = fetched.page();
        // The page before the repetition may have been answered with the rows of the one behind it.
        shifted |= repeats > 0 && last.number() > 0;
        if (page.isEmpty()) {
            return fetched;
        }
        if (last == null) {
            firstWasFull = page.rows().size() >= settings.pageSize();
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

    /** Returns whether fetching ahead has a use: the first page was full, so that there is likely more. */
    boolean couldFetchAhead() {
        return mayFetchAhead && firstWasFull && settings.pagesInFlight() > 1;
    }

    /** From here on pages are fetched ahead, as many as the window allows and there is room for. */
    void fetchAhead() throws SyncException {
        fetchingAhead = true;
        queue.fetchAhead();
    }

    /** Gives up what was fetched ahead. */
    @Override
    public void close() {
        queue.close();
    }
}
