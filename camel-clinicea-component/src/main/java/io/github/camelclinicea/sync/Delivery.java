package io.github.camelclinicea.sync;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** One row on its way through the route. */
public final class Delivery {
    private final Row row;
    private final int page;
    private final Instant since;
    private final int index;
    private final int size;
    private final Consumer<Boolean> end;
    private final AtomicBoolean ended = new AtomicBoolean();

    Delivery(Row row, int page, Instant since, int index, int size, Consumer<Boolean> end) {
        this.row = row;
        this.page = page;
        this.since = since;
        this.index = index;
        this.size = size;
        this.end = end;
    }

    /** @return the row */
    public Row row() {
        return row;
    }

    /** @return the number of the page it came on, as the wire counts */
    public int page() {
        return page;
    }

    /** @return the sync timestamp that its page was asked for with */
    public Instant since() {
        return since;
    }

    /** @return its place among the rows of its page that are delivered, from 0 */
    public int index() {
        return index;
    }

    /** @return how many rows of its page are delivered */
    public int size() {
        return size;
    }

    /**
     * The route is through with the row, and well. Only the first word counts.
     *
     * @throws RuntimeException if the repository could not remember it; the row then counts as failed
     */
    public void completed() {
        end(true);
    }

    /** The route failed on the row; it will be offered again. Only the first word counts. */
    public void failed() {
        end(false);
    }

    private void end(boolean well) {
        if (ended.compareAndSet(false, true)) {
            end.accept(well);
        }
    }
}
