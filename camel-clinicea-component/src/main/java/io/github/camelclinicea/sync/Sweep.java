package io.github.camelclinicea.sync;

import io.github.camelclinicea.sync.BoundedSource.Fetched;
import io.github.camelclinicea.sync.BoundedSource.Slot;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * One reading of the list from its first page to its end, pages in order. The first page is fetched alone: an idle poll
 * must not cost more than its one request. Once a first page came back full, further ones may be fetched ahead.
 */
final class Sweep implements AutoCloseable {
    private final BoundedSource source;
    private final Executor executor;
    private final BooleanSupplier open;
    private final Instant since;
    private final SyncSettings settings;
    private final PageWindow window;
    private final int first;
    private final Deque<CompletableFuture<Fetched>> ahead = new ArrayDeque<>();

    private volatile boolean closed;
    private int nextToFetch;
    private boolean firstWasFull;
    private boolean fetchingAhead;
    private Page last;

    /** @param executor what pages are fetched ahead on, or null to read one page at a time */
    Sweep(
            BoundedSource source,
            Executor executor,
            BooleanSupplier open,
            Instant since,
            int first,
            SyncSettings settings,
            PageWindow window) {
        this.source = source;
        this.executor = executor;
        this.open = open;
        this.since = since;
        this.first = first;
        this.nextToFetch = first;
        this.settings = settings;
        this.window = window;
    }

    Instant since() {
        return since;
    }

    /**
     * @return the next page, the one past the end included, which is empty; or null if {@code open} said no
     * @throws PageRefusedException if the server refused it
     * @throws Exception if the page could not be fetched, or the server pages in a way that cannot be trusted
     */
    Fetched next() throws Exception {
        if (fetchingAhead) {
            // Before the wait: the room that the last page left would stand empty until the next one is there.
            fetchAhead();
        }
        Fetched fetched = ahead.isEmpty() ? source.fetch(since, nextNumber(), open) : awaitHead();
        if (fetched == null) {
            return null;
        }
        try {
            Page page = endIfRepeated(fetched.page());
            if (last == null) {
                firstWasFull = page.rows().size() >= settings.pageSize();
            }
            last = page;
            if (fetchingAhead && !page.isEmpty()) {
                fetchAhead();
            }
            return new Fetched(page, fetched.slot());
        } catch (SyncException | RejectedExecutionException e) {
            fetched.slot().release();
            throw e;
        }
    }

    private int nextNumber() throws SyncException {
        if (atMaxPages()) {
            throw new SyncException("the list did not end within maxPages=" + settings.maxPages()
                    + " pages; raise maxPages if it is really that long");
        }
        return nextToFetch++;
    }

    private boolean atMaxPages() {
        return nextToFetch - first >= settings.maxPages();
    }

    /** @return whether it has a use: the first page was full, so that there is likely more */
    boolean couldFetchAhead() {
        return executor != null && firstWasFull && settings.pagesInFlight() > 1;
    }

    /** From here on pages are fetched ahead, as many as the window allows and there is room for. */
    void fetchAhead() throws SyncException {
        fetchingAhead = true;
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

    private Fetched awaitHead() throws Exception {
        while (open.getAsBoolean()) {
            try {
                Fetched head = ahead.element().get(source.lookMillis(), TimeUnit.MILLISECONDS);
                ahead.remove();
                return head;
            } catch (TimeoutException e) {
                // Not there yet.
            } catch (ExecutionException e) {
                ahead.remove();
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
        }
        return null;
    }

    /**
     * Some servers never come to an end: past it they repeat the last page, or they do not know the page parameter at all.
     * A page 1 like page 0 is neither, but a server that counts from 1 and takes 0 for 1.
     */
    private Page endIfRepeated(Page page) throws SyncException {
        if (last == null || page.isEmpty() || page.number() == 1 || !page.sameRowsAs(last)) {
            return page;
        }
        if (page.rows().size() < settings.pageSize()) {
            return new Page(page.number(), List.of(), page.serverTime());
        }
        throw new SyncException("page " + page.number() + " repeats page " + last.number()
                + " to the letter: the server seems to ignore the page parameter; check pageParameter");
    }

    /** Gives up what was fetched ahead; a request that is under way keeps its slot until it ends. */
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
