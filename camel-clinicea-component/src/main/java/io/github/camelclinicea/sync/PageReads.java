/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.RequestListener;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.sync.PageSlots.Fetched;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * Fetches the pages of a change list, one by one or ahead of their turn. Outlives a poll: it keeps the bound on the
 * pages in flight, and what was learned of the first page, of the way the server pages and of how many pages it takes
 * at once.
 *
 * <p>Used by the thread that polls; pages are fetched ahead on the executor.
 *
 * <p>Specified by {@code SyncContractTest} and {@code PageBaseTest}.
 */
final class PageReads {
    private final PageSource source;
    private final Executor executor;
    private final SyncSettings settings;
    private final FirstPageFinder firstPage;
    private final Progress progress;
    private final SyncCounters counters;
    private final PageSlots slots;
    private final PrefetchWindow window;
    private final LearnedPaging paging;

    private BooleanSupplier open;

    /**
     * @param executor fetches pages ahead
     * @param lookMillis how often a wait checks whether the consumer is being stopped
     */
    PageReads(
            PageSource source,
            Executor executor,
            SyncSettings settings,
            FirstPageFinder firstPage,
            Progress progress,
            SyncCounters counters,
            long lookMillis) {
        this.source = source;
        this.executor = executor;
        this.settings = settings;
        this.firstPage = firstPage;
        this.progress = progress;
        this.counters = counters;
        this.slots = new PageSlots(this::request, settings.pagesInFlight(), lookMillis);
        this.window = new PrefetchWindow(settings, System::nanoTime);
        this.paging = new LearnedPaging(settings.pageSize());
    }

    /** Listens to the requests of one page. */
    private final class PageRequests implements RequestListener {
        private Duration took = Duration.ZERO;

        @Override
        public void waiting() {
            progress.made();
        }

        @Override
        public void sent() {
            counters.request();
        }

        @Override
        public void answered(Duration time) {
            took = time;
        }

        @Override
        public void refused(long sentAt) {
            window.refused(sentAt);
        }
    }

    private Page request(Instant since, int number) throws Exception {
        PageRequests requests = new PageRequests();
        Page page = source.fetch(since, number, requests);
        progress.made();
        window.answered(page, requests.took);
        return page;
    }

    /** @param open is asked during each wait of the poll whether to go on */
    void beginPoll(BooleanSupplier open) {
        this.open = open;
    }

    FirstPageFinder firstPage() {
        return firstPage;
    }

    /** Returns whether the server was seen to repeat a page where it has no other. */
    boolean repeatsPages() {
        return paging.isKnownToRepeatPages();
    }

    /** Returns how many pages are fetched ahead at the moment. */
    int pagesAhead() {
        return window.size();
    }

    /**
     * Begins the forward reading, in which pages may be fetched ahead. Finds the first page before that if its number
     * is not certain.
     *
     * @return the reading; null if the sink closed before the first page was found
     */
    ListReading readForward(Instant since) throws Exception {
        if (firstPage.isCertain()) {
            return reading(since, firstPage.number(), executor, false);
        }
        Fetched found = firstPage.find(number -> fetch(since, number));
        if (found == null) {
            return null;
        }
        ListReading reading = reading(since, found.page().number(), executor, false);
        reading.startWith(found);
        return reading;
    }

    /**
     * Begins a reading that fetches one page at a time. It requests a list without rows once more: that of a probe
     * proves that nothing changed, and that of a pass is wrong.
     */
    ListReading readInOrder(Instant since) {
        return reading(since, firstPage.number(), null, true);
    }

    private ListReading reading(Instant since, int first, Executor executor, boolean confirmsEmptyList) {
        PageQueue queue = new PageQueue(slots, executor, open, since, first, settings.maxPages(), window);
        return new ListReading(queue, settings, paging, executor != null, confirmsEmptyList);
    }

    /** Returns one page by itself; null if the sink closed first. */
    Fetched fetch(Instant since, int number) throws Exception {
        return slots.fetch(since, number, open);
    }

    /** Returns a page for the sake of the server's time only; null if the sink closed first. */
    Page anyFirstPage(Instant since) throws Exception {
        Fetched fetched;
        try {
            fetched = fetch(since, firstPage.number());
        } catch (PageRefusedException refused) {
            if (firstPage.isCertain()) {
                throw refused.failure();
            }
            try {
                fetched = fetch(since, firstPage.number() + 1);
            } catch (PageRefusedException e) {
                throw refused.failure();
            }
        }
        if (fetched == null) {
            return null;
        }
        fetched.page().rows().forEach(Row::takeBody);
        fetched.slot().release();
        return fetched.page();
    }
}
