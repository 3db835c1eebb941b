package io.github.camelclinicea.row;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One page of a list.
 *
 * @param number the page number it was asked for by; 0 in a list without pages
 * @param rows its rows in the order sent; empty past the end of the list
 * @param serverTime the server's clock when it answered, from its {@code Date} header, or null if it sent none
 * @param took how long the server took to send it, without any wait on this side; zero if that is not known
 */
public record Page(int number, List<Row> rows, Instant serverTime, Duration took) {
    public Page {
        rows = List.copyOf(rows);
    }

    /** A page of which nobody knows how long it took. */
    public Page(int number, List<Row> rows, Instant serverTime) {
        this(number, rows, serverTime, Duration.ZERO);
    }

    /** Returns the page with the time that the server took to send it. */
    public Page after(Duration time) {
        return new Page(number, rows, serverTime, time);
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Returns whether the rows are the same versions in the same order. */
    public boolean sameRowsAs(Page other) {
        return rows.equals(other.rows);
    }
}
