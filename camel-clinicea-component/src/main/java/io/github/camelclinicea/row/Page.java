/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.row;

import java.time.Instant;
import java.util.List;

/**
 * One page of a list.
 *
 * <p>Specified by {@code PageRulesTest}.
 *
 * @param number the page number that was requested; 0 in a list without pages
 * @param rows its rows in the order sent; empty past the end of the list
 * @param serverTime the server's time of the response, from its {@code Date} header, or null if it sent none
 */
public record Page(int number, List<Row> rows, Instant serverTime) {
    public Page {
        rows = List.copyOf(rows);
    }

    /** Returns whether the page has no rows. */
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Returns whether both pages hold the same versions in the same order. */
    public boolean sameRowsAs(Page other) {
        return rows.equals(other.rows);
    }
}
