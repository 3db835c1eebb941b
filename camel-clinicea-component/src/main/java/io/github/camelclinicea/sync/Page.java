package io.github.camelclinicea.sync;

import java.time.Instant;
import java.util.List;

/**
 * One page of a change list.
 *
 * @param number the page number it was asked for by
 * @param rows its rows in the order sent; empty past the end of the list
 * @param serverTime the server's clock when it answered, from its {@code Date} header, or null if it sent none
 */
public record Page(int number, List<Row> rows, Instant serverTime) {
    public Page {
        rows = List.copyOf(rows);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    boolean sameRowsAs(Page other) {
        return rows.equals(other.rows);
    }
}
