/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Row;
import java.util.concurrent.atomic.AtomicBoolean;

/** One row on its way through the route. */
public final class Delivery {
    /** Takes the outcome of a delivery. */
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

    private final Row row;
    private final PagePosition position;
    private final int attempt;
    private final Outcome outcome;
    private final AtomicBoolean ended = new AtomicBoolean();

    Delivery(Row row, PagePosition position, int attempt, Outcome outcome) {
        this.row = row;
        this.position = position;
        this.attempt = attempt;
        this.outcome = outcome;
    }

    /** Returns the row. */
    public Row row() {
        return row;
    }

    /** Returns where the row stood in the list when it was read. */
    public PagePosition position() {
        return position;
    }

    /** Returns how often this process has emitted this version, this time included; 1 at first. */
    public int attempt() {
        return attempt;
    }

    /**
     * Reports that the exchange completed. Only the first call of {@code completed} or {@code failed} has an effect.
     *
     * @throws RuntimeException if the repository could not remember it; the row then counts as failed
     */
    public void completed() {
        end(true, null);
    }

    /**
     * Reports that the exchange failed; the row will be emitted again. Only the first call of {@code completed} or
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
