/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.PageRules;
import io.github.camelclinicea.sync.PageSlots.Fetched;
import io.github.camelclinicea.sync.PageSlots.Slot;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Hands out the pages of one reading in the order of their numbers, and fetches some of them ahead. Used by the
 * thread that polls.
 *
 * <p>Specified by {@code ListReadingTest}.
 */
final class PageQueue implements AutoCloseable {
    private final PageSlots source;
    private final Executor executor;
    private final BooleanSupplier open;
    private final Instant since;
    private final int first;
    private final int maxPages;
    private final PrefetchWindow window;
    private final Deque<CompletableFuture<Fetched>> ahead = new ArrayDeque<>();

    private volatile boolean closed;
    private int nextToFetch;

    /**
     * @param executor fetches pages ahead; null to fetch none ahead
     * @param open whether to go on
     * @param first the number of the first page
     */
    PageQueue(
            PageSlots source,
            Executor executor,
            BooleanSupplier open,
            Instant since,
            int first,
            int maxPages,
            PrefetchWindow window) {
        this.source = source;
        this.executor = executor;
        this.open = open;
        this.since = since;
        this.first = first;
        this.nextToFetch = first;
        this.maxPages = maxPages;
        this.window = window;
    }

    Instant since() {
        return since;
    }

    /** Takes a first page that has been fetched already. */
    void startWith(Fetched page) {
        ahead.add(CompletableFuture.completedFuture(page));
        nextToFetch = page.page().number() + 1;
    }

    /** Returns the next page; null if {@code open} returned false first. */
    Fetched next() throws Exception {
        if (ahead.isEmpty()) {
            return source.fetch(since, nextNumber(), open);
        }
        boolean ended = true;
        try {
            Fetched head = await(ahead.element());
            ended = head != null;
            return head;
        } finally {
            if (ended) {
                ahead.remove();
            }
        }
    }

    /** Returns a page again, or one that is not in the queue yet; null if {@code open} returned false first. */
    Fetched fetch(int number) throws Exception {
        return source.fetch(since, number, open);
    }

    /**
     * Looks at the pages that have been fetched ahead, without taking them. One that could not be fetched counts as
     * empty.
     *
     * @return the number of the first one with rows; -1 if there is none
     */
    int firstWithRowsAhead() throws Exception {
        for (CompletableFuture<Fetched> future : ahead) {
            Fetched fetched = null;
            try {
                fetched = await(future);
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                continue;
            }
            if (fetched == null) {
                return -1;
            }
            if (!fetched.page().isEmpty()) {
                return fetched.page().number();
            }
        }
        return -1;
    }

    boolean hasPagesAhead() {
        return !ahead.isEmpty();
    }

    private int nextNumber() throws SyncException {
        if (atMaxPages()) {
            throw new SyncException("the list did not end within maxPages=" + maxPages
                    + " pages; raise maxPages if it is really that long");
        }
        return nextToFetch++;
    }

    private boolean atMaxPages() {
        return PageRules.isPastLimit(nextToFetch, first, maxPages);
    }

    /** Fetches pages ahead, as many as {@link PrefetchWindow} and {@link PageSlots} allow. */
    void fetchAhead() throws SyncException {
        while (ahead.size() < window.size() && !atMaxPages()) {
            Slot slot = source.tryTake();
            if (slot == null) {
                return;
            }
            int number = nextNumber();
            try {
                ahead.add(CompletableFuture.supplyAsync(() -> fetchUnlessClosed(number, slot), executor));
            } catch (RejectedExecutionException e) {
                slot.release();
                throw e;
            }
        }
    }

    private Fetched fetchUnlessClosed(int number, Slot slot) {
        if (closed) {
            slot.release();
            return null;
        }
        try {
            return source.fetch(since, number, slot);
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private Fetched await(CompletableFuture<Fetched> future) throws Exception {
        while (open.getAsBoolean()) {
            try {
                return future.get(source.lookMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // The page has not been received yet.
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
        }
        return null;
    }

    /** Releases the pages that were fetched ahead; a request that is running keeps its {@link Slot} until it ends. */
    @Override
    public void close() {
        closed = true;
        for (CompletableFuture<Fetched> future : ahead) {
            future.thenAccept(fetched -> {
                if (fetched != null) {
                    fetched.slot().release();
                }
            });
        }
    }
}
