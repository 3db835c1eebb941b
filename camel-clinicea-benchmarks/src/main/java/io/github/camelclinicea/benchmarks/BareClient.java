package io.github.camelclinicea.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads with an HTTP client and Jackson, without a framework, as the limit of what is possible. For each page in flight
 * a thread requests a page, makes maps of it, and goes on to the next page that is not requested yet. It keeps no order
 * and no state over a restart, and stops at the first failure.
 */
record BareClient(int pagesInFlight) implements Peer {

    @Override
    public String name() {
        return "bare HTTP client and Jackson to `Map`";
    }

    @Override
    public Sync prepare(String baseUrl, Tally tally) {
        BarePages pages = new BarePages(baseUrl, pagesInFlight);
        ExecutorService threads = Executors.newFixedThreadPool(pagesInFlight);
        AtomicInteger next = new AtomicInteger();
        AtomicBoolean ended = new AtomicBoolean();
        Set<String> seen = ConcurrentHashMap.newKeySet();
        return new Sync() {
            @Override
            public void run() throws Exception {
                List<Future<?>> readers = new ArrayList<>();
                for (int i = 0; i < pagesInFlight; i++) {
                    readers.add(threads.submit(() -> {
                        while (!ended.get()) {
                            read(next.getAndIncrement());
                        }
                        return null;
                    }));
                }
                for (Future<?> reader : readers) {
                    reader.get();
                }
            }

            private void read(int page) throws IOException {
                List<Map<String, Object>> rows = pages.rows(page);
                if (rows.isEmpty()) {
                    ended.set(true);
                }
                for (Map<String, Object> row : rows) {
                    if (seen.add(BarePages.version(row))) {
                        tally.row(row);
                    }
                }
            }

            @Override
            public void close() throws IOException {
                threads.shutdownNow();
                pages.close();
            }
        };
    }
}
