/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.testing.TestRow;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowTest {
    @Test
    void given_a_row_when_printed_then_nothing_of_its_content_shows() {
        Row row = TestRow.of("p1", "Added", "2026", "{\"Name\":\"Jane\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(row.toString())
                .doesNotContain("Jane", "p1")
                .contains(row.version().text());
    }

    @Test
    void given_rows_when_told_apart_then_by_id_and_without_one_by_version() {
        assertThat(row("p1", "a").recordKey()).isEqualTo(row("p1", "b").recordKey());
        assertThat(row("p1", "a").recordKey()).isNotEqualTo(row("p2", "a").recordKey());
        assertThat(row(null, "a").recordKey()).isNotEqualTo(row(null, "b").recordKey());
        assertThat(row("p1", "a")).isEqualTo(row("p1", "a")).hasSameHashCodeAs(row("p1", "a"));
        assertThat(row("p1", "a")).isNotEqualTo(row("p1", "b"));
    }

    /** Two ids with the same key would cost passes over the list, so consecutive ids must have different keys. */
    @Test
    void given_ids_that_count_up_when_told_apart_then_none_meets_another() {
        assertThat(IntStream.range(0, 200_000)
                        .mapToLong(i -> row("patient-" + i, "").recordKey())
                        .distinct()
                        .count())
                .isEqualTo(200_000);
    }

    private static Row row(String id, String content) {
        return TestRow.of(id, null, null, content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void given_one_version_in_two_spellings_when_compared_then_the_rows_are_equal() {
        byte[] content = "{\"A\":1,\"B\":2}".getBytes(StandardCharsets.UTF_8);
        byte[] respelt = "{\"B\":2,\"A\":1}".getBytes(StandardCharsets.UTF_8);
        RowVersion version = new RowVersion(1, 1);
        Row row = new Row("p1", "Added", "2026", content, null, version, null);

        assertThat(new Row("p1", "Added", "2026", respelt, null, version, null)).isEqualTo(row);
        assertThat(new Row("p1", "Added", "2026", content, null, new RowVersion(2, 2), null))
                .isNotEqualTo(row);
        assertThat(new Row("p2", "Added", "2026", content, null, version, null)).isNotEqualTo(row);
    }
}
