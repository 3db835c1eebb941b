/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.testing.TestRow;
import io.github.camelclinicea.testing.Warnings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VolatileFieldsTest {
    private static final int ROWS = 4;

    private final Warnings warnings = new Warnings(VolatileFields.class);
    private Set<String> differing = Set.of("Token", "Age");
    private final VolatileFields fields = new VolatileFields("s", (earlier, row) -> new TreeSet<>(differing));

    private static Row row(int record, String stamp, String content) {
        return TestRow.of("p" + record, "Modified", stamp, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Polls four records, with the given content in some of them. */
    private void poll(String stamp, String content, int changed) {
        List<Row> rows = new ArrayList<>();
        for (int record = 0; record < ROWS; record++) {
            rows.add(row(record, stamp, record < changed ? content : "as it was"));
        }
        poll(rows.toArray(Row[]::new));
    }

    private void poll(Row... rows) {
        fields.look(new Page(0, List.of(rows), null));
        fields.endPoll();
    }

    @AfterEach
    void the_log_is_left_as_it_was() {
        warnings.close();
    }

    @Test
    void given_most_records_with_another_content_and_the_same_stamp_when_polled_then_it_warns_once_and_names_fields() {
        for (int poll = 0; poll < 5; poll++) {
            poll("stamp", "Jane " + poll, ROWS);
        }

        assertThat(warnings.messages())
                .singleElement()
                .asString()
                .contains("Sync s:", "Age, Token", "ignoreFields=Age,Token")
                .doesNotContain("Jane");
    }

    @Test
    void given_records_that_really_changed_when_polled_then_it_does_not_warn() {
        for (int poll = 0; poll < 3; poll++) {
            poll("stamp" + poll, "content " + poll, ROWS);
        }

        assertThat(warnings.messages()).isEmpty();
    }

    @Test
    void given_records_as_they_were_when_polled_then_it_does_not_warn() {
        poll("stamp", "same", ROWS);
        poll("stamp", "same", ROWS);

        assertThat(warnings.messages()).isEmpty();
    }

    @Test
    void given_half_of_the_records_when_they_differ_then_it_does_not_warn_but_does_for_one_more() {
        poll("stamp", "a", 2);
        poll("stamp", "b", 2);
        assertThat(warnings.messages()).isEmpty();

        poll("stamp", "c", 3);
        poll("stamp", "d", 3);

        assertThat(warnings.messages()).hasSize(1);
    }

    @Test
    void given_no_stamps_or_no_ids_when_contents_differ_then_it_does_not_warn() {
        for (String content : List.of("a", "b")) {
            poll(null, content, ROWS);
            poll(TestRow.of(null, "Modified", "stamp", content.getBytes(StandardCharsets.UTF_8)));
        }

        assertThat(warnings.messages()).isEmpty();
    }

    @Test
    void given_siblings_of_one_stamp_when_they_come_again_then_they_are_not_taken_for_one_row() {
        Row one = row(1, "stamp", "a");
        Row two = row(1, "stamp", "b");

        poll(one, two);
        poll(two, one);

        assertThat(warnings.messages()).isEmpty();
    }

    @Test
    void given_a_poll_without_the_records_when_they_come_back_then_only_the_poll_before_counts() {
        poll("stamp", "a", ROWS);
        poll();
        poll("stamp", "b", ROWS);

        assertThat(warnings.messages()).isEmpty();
    }

    @Test
    void given_no_field_that_differs_when_polled_then_there_is_nothing_to_name() {
        differing = Set.of();
        poll("stamp", "a", ROWS);
        poll("stamp", "b", ROWS);

        assertThat(warnings.messages()).isEmpty();
    }
}
