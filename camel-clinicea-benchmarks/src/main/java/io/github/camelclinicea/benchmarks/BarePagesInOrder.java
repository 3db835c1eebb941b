package io.github.camelclinicea.benchmarks;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads pages ahead on several threads, and hands over their rows in the order of the list on the calling thread. */
final class BarePagesInOrder implements AutoCloseable {
    /** Takes a page. */
    interface Taker {
        /**
         * Takes the new rows of a page.
         *
         * @param rows the rows
         * @param page the number of the page
         */
        void take(List<Map<String, Object>> rows, int page) throws Exception;
    }

    private final BarePages pages;
    private final int inFlight;
    private final ExecutorService threads;
    private final Set<String> seen = new HashSet<>();
    private final Deque<Future<List<Map<String, Object>>>> ahead = new ArrayDeque<>();
    private int next;

    BarePagesInOrder(BarePages pages, int inFlight) {
        this.pages = pages;
        this.inFlight = inFlight;
        threads = Executors.newFixedThreadPool(inFlight);
    }

    /** Reads from the first page to the end. */
    void run(Taker taker) throws Exception {
        while (next < inFlight) {
            fetchNext();
        }
        for (int page = 0; ; page++) {
            List<Map<String, Object>> rows = ahead.remove().get();
            if (rows.isEmpty()) {
                return;
            }
            fetchNext();
            taker.take(
                    rows.stream().filter(row -> seen.add(BarePages.version(row))).toList(), page);
        }
    }

    private void fetchNext() {
        int page = next++;
        ahead.add(threads.submit(() -> pages.rows(page)));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
