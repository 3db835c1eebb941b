/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Row;

/**
 * Takes the rows of a sync and hands them to the route.
 *
 * <p>Specified by {@code RouteSinkTest} and {@code CliniceaPollingConsumerTest}.
 */
public interface RowSink {
    /**
     * Returns whether to go on. Asked before each row and during each wait. Once it is false, the poll is abandoned
     * and the checkpoint stays.
     */
    boolean open();

    /**
     * Returns whether the poll may go on waiting for rows in flight. If not, it ends as stopped, and these rows stay in
     * flight.
     */
    default boolean mayWait() {
        return true;
    }

    /**
     * Returns whether the user wants rows of this kind; others count as delivered.
     *
     * @param row a row that is due
     */
    boolean wants(Row row);

    /**
     * Hands over one row. Returns when the next one may follow, which may be before this one has ended. Its end is
     * reported by {@link Delivery#completed} or {@link Delivery#failed}, once, from any thread.
     *
     * @param delivery the row, and where it stood
     */
    void deliver(Delivery delivery);
}
