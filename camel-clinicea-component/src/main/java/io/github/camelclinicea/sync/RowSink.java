/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Row;

/** Where rows go: on the other side of it is the route. */
public interface RowSink {
    /**
     * Asked before each row and while waiting.
     *
     * @return false once the consumer is to stop: the poll is then abandoned, the checkpoint stays
     */
    boolean open();

    /**
     * @param row a row that is due
     * @return false if the user does not want rows like it; they count as delivered
     */
    boolean wants(Row row);

    /**
     * Hands over one row. Returns when the next may follow, which may be before this one has been worked off; its end is
     * told to {@link Delivery#completed} or {@link Delivery#failed}, once, from any thread.
     *
     * @param delivery the row and where it stands
     */
    void deliver(Delivery delivery);
}
