/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** One row on its way through the route; with {@code batching}, all rows of an exchange. */
public final class Delivery {
    /**
     * A row of a delivery.
     *
     * @param due the row and what it replaces
     * @param position where it stood
     * @param attempt how often this process has emitted this version, this time included
     */
    record Item(Due due, PagePosition position, int attempt) {
        Row row() {
            return due.row();
        }
    }

    /** Takes what becomes of a delivery. */
    @FunctionalInterface
    interface Outcome {
        /**
         * Takes the outcome, once.
         *
         * @param succeeded whether the exchange completed
         * @param cause the exception of the route; null if the exchange completed or the exception is not known
         */
        void accept(Delivery delivery, boolean succeeded, Throwable cause);
    }

    private final List<Item> items;
    private final Consumer<Delivery> ledger;
    private final Outcome outcome;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean remembered;

    /**
     * Creates a delivery.
     *
     * @param items the rows, at least one; not changed afterwards
     * @param ledger writes the keys of a delivery, inside the transaction of its exchange
     * @param outcome takes how it ended
     */
    Delivery(List<Item> items, Consumer<Delivery> ledger, Outcome outcome) {
        this.items = items;
        this.ledger = ledger;
        this.outcome = outcome;
    }

    List<Item> items() {
        return items;
    }

    /** Returns the rows: one, or with {@code batching} one or more of the same status. */
    public List<Row> rows() {
        return rows(items);
    }

    /** Returns the rows of items. Not by a stream, which costs more than the rest of emitting one row. */
    static List<Row> rows(List<Item> items) {
        if (items.size() == 1) {
            return List.of(items.get(0).row());
        }
        List<Row> rows = new ArrayList<>(items.size());
        items.forEach(item -> rows.add(item.row()));
        return rows;
    }

    /** Returns the first row, which is the only one without {@code batching}. */
    public Row row() {
        return items.get(0).row();
    }

    /** Returns where the first row stood in the list when it was read. */
    public PagePosition position() {
        return items.get(0).position();
    }

    /** Returns how often this process has emitted the first row's version, this time included; 1 at first. */
    public int attempt() {
        return items.get(0).attempt();
    }

    /**
     * Writes the keys of the rows to the delivery ledger, inside the transaction of the exchange. {@link #completed}
     * then does not write them.
     *
     * @throws RuntimeException if the repository could not; the transaction must be rolled back
     */
    public void remember() {
        ledger.accept(this);
        remembered = true;
    }

    /** Returns whether {@link #remember} wrote the keys. */
    public boolean isRemembered() {
        return remembered;
    }

    /**
     * Reports that the exchange completed. Only the first call of {@code completed} or {@code failed} has an effect.
     *
     * @throws RuntimeException if the repository could not remember it; the rows then count as failed
     */
    public void completed() {
        end(true, null);
    }

    /**
     * Reports that the exchange failed; the rows will be emitted again. Only the first call of {@code completed} or
     * {@code failed} has an effect.
     *
     * @param cause the exception of the route; null if it is not known
     */
    public void failed(Throwable cause) {
        end(false, cause);
    }

    private void end(boolean succeeded, Throwable cause) {
        if (ended.compareAndSet(false, true)) {
            outcome.accept(this, succeeded, cause);
        }
    }
}
