/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.testing.TestRow;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NewRecordsTest {
    private final Set<String> shown = new HashSet<>();
    private final NewRecords records = new NewRecords(row -> shown.add(row.id()));

    private static Page page(int number, String... ids) {
        List<Row> rows = List.of(ids).stream()
                .map(id -> TestRow.of(id, "Added", null, new byte[] {(byte) number}))
                .toList();
        return new Page(number, rows, null);
    }

    private void read(int from, int to, String... ids) {
        IntStream.rangeClosed(from, to)
                .forEach(number -> assertThatCode(() -> records.requireSomeOn(page(number, ids)))
                        .as("page %s", number)
                        .doesNotThrowAnyException());
    }

    @Test
    void given_ten_pages_in_a_row_of_records_shown_before_when_read_then_the_tenth_fails_and_says_which() {
        read(0, 0, "p1", "p2");
        read(1, 9, "p2", "p1");

        assertThatThrownBy(() -> records.requireSomeOn(page(10, "p1")))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("pages 1 to 10 ")
                .hasMessageContaining("in 19 rows")
                .hasMessageContaining("pageParameter")
                .hasMessageContaining("pageSize");
    }

    @Test
    void given_nine_such_pages_when_one_new_record_comes_then_the_count_begins_again() {
        read(0, 0, "p1");
        read(1, 9, "p1");
        read(10, 10, "p1", "p2", "p1");
        read(11, 19, "p1", "p2");

        assertThatThrownBy(() -> records.requireSomeOn(page(20, "p2")))
                .hasMessageContaining("pages 11 to 20 ")
                .hasMessageContaining("in 19 rows");
    }

    @Test
    void given_new_records_on_every_page_or_pages_without_rows_when_read_then_nothing_fails() {
        for (int number = 0; number < 30; number++) {
            read(number, number, "p" + number, "p0");
        }
        read(30, 50);
    }
}
