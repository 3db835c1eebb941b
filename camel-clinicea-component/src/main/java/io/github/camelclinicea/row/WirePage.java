package io.github.camelclinicea.row;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * One page of a list.
 *
 * @param rows its rows in the order sent; none past the end
 * @param serverTime the server's clock as it answered, or null
 */
public record WirePage(List<WireRow> rows, Instant serverTime) {
    public WirePage {
        rows = List.copyOf(rows);
    }

    /** @return whether the rows are the same to the byte */
    public boolean sameRowsAs(WirePage other) {
        if (rows.size() != other.rows.size()) {
            return false;
        }
        for (int i = 0; i < rows.size(); i++) {
            if (!Arrays.equals(rows.get(i).json(), other.rows.get(i).json())) {
                return false;
            }
        }
        return true;
    }
}
