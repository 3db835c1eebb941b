/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RowOrderTest {
    private static String order(String... idsAndHours) {
        List<ObjectNode> rows = new java.util.ArrayList<>();
        for (String row : idsAndHours) {
            String[] parts = row.split(" ");
            rows.addAll(TestRows.rows("{'ID':'" + parts[0] + "','At':'2026-01-01T" + parts[1] + ":00:00'}"));
        }
        return RowOrder.of(rows, Optional.of("ID"), Optional.of("At"));
    }

    @Test
    void given_rows_in_an_order_when_looked_at_then_it_is_found() {
        assertThat(order("d 01", "b 02", "e 02", "a 03", "c 04")).isEqualTo("by stamp, ascending");
        assertThat(order("d 09", "b 08", "e 08", "a 03", "c 01")).isEqualTo("by stamp, descending");
        assertThat(order("a 09", "b 02", "c 08", "d 03", "e 01")).isEqualTo("by id");
        assertThat(order("e 09", "d 02", "c 08", "b 03", "a 01")).isEqualTo("by id");
        assertThat(order("8 09", "9 02", "10 08", "11 03", "100 01")).isEqualTo("by id");
        assertThat(order("a 09", "c 02", "b 08", "d 03", "e 01")).isEqualTo("none");
    }

    @Test
    void given_too_little_when_looked_at_then_the_order_is_not_known() {
        assertThat(order("a 01", "b 02")).isEqualTo("not known: only 2 rows");
        assertThat(order("a 01", "b 01", "d 01", "c 01", "e 01")).isEqualTo("not known: all stamps are the same");
        assertThat(RowOrder.of(List.of(), Optional.empty(), Optional.empty())).isEqualTo("not known: only 0 rows");
        assertThat(RowOrder.of(TestRows.rows("{}", "{}", "{}", "{}", "{}"), Optional.empty(), Optional.empty()))
                .isEqualTo("not known: no id field");
    }
}
