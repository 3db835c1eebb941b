/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.benchmarks;

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
 * Reads pages on several threads, without an order. Each thread requests a page, hands over its new rows, and goes on
 * to the next page that is not requested yet. All stop at the first failure.
 */
final class BareReaders implements AutoCloseable {
    /** Takes the new rows of a page. */
    interface Taker {
        void take(List<Map<String, Object>> rows) throws Exception;
    }

    private final BarePages pages;
    private final int count;
    private final Taker taker;
    private final ExecutorService threads;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    BareReaders(BarePages pages, int count, Taker taker) {
        this.pages = pages;
        this.count = count;
        this.taker = taker;
        threads = Executors.newFixedThreadPool(count);
    }

    /** Reads from the first page to the end. */
    void run() throws Exception {
        List<Future<?>> readers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
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

    private void read(int page) throws Exception {
        List<Map<String, Object>> rows = pages.rows(page);
        if (rows.isEmpty()) {
            ended.set(true);
            return;
        }
        taker.take(rows.stream().filter(row -> seen.add(BarePages.version(row))).toList());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
