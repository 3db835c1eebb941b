/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.row;

import java.time.Instant;
import java.util.List;

/**
 * One page of a list.
 *
 * @param number the page number it was asked for by; 0 in a list without pages
 * @param rows its rows in the order sent; empty past the end of the list
 * @param serverTime the server's clock when it answered, from its {@code Date} header, or null if it sent none
 */
public record Page(int number, List<Row> rows, Instant serverTime) {
    public Page {
        rows = List.copyOf(rows);
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Returns whether the rows are the same versions in the same order. */
    public boolean sameRowsAs(Page other) {
        return rows.equals(other.rows);
    }
}
