/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import java.time.Instant;

/**
 * The place of a row in the list.
 *
 * <p>Specified by {@code CliniceaConsumerTest} and {@code HeldRowsInPollsTest}.
 *
 * @param since the moment since which its page was requested
 * @param page the number of its page, as the wire counts it
 * @param row its index among the rows of its page, from 0
 * @param idBefore the id of the row before it on its page; null if there is no such row, or it has no id
 * @param index its index among the rows of its page that are emitted together, from 0
 * @param size how many rows of its page are emitted together
 */
public record PagePosition(Instant since, int page, int row, String idBefore, int index, int size) {
    /** Returns the same place of a row that is emitted by itself. */
    PagePosition alone() {
        return new PagePosition(since, page, row, idBefore, 0, 1);
    }

    /** Returns page and row, without the id of the row before, which must not reach a log. */
    @Override
    public String toString() {
        return "row " + row + " of page " + page;
    }
}
