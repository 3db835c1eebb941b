/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RereadTest {
    private static Reread reread(List<String> first, List<String> second) {
        return new Reread(
                List.of(TestRows.rows(first.toArray(String[]::new)), TestRows.rows(second.toArray(String[]::new))),
                "ID",
                "At");
    }

    @Test
    void given_a_field_that_differs_in_each_row_when_read_again_then_it_is_named() {
        Reread reread = reread(
                List.of("{'ID':1,'At':'a','Read':1,'Name':'x'}", "{'ID':2,'At':'a','Read':1,'Name':'y'}"),
                List.of("{'ID':1,'At':'a','Read':2,'Name':'x'}", "{'ID':2,'At':'a','Read':2,'Name':'y'}"));

        assertThat(reread.fields()).containsExactly("Read");
        assertThat(reread.compared()).isEqualTo(2);
    }

    @Test
    void given_a_row_with_a_new_stamp_when_read_again_then_it_does_not_count() {
        Reread reread = reread(List.of("{'ID':1,'At':'a','Name':'x'}"), List.of("{'ID':1,'At':'b','Name':'y'}"));

        assertThat(reread.compared()).isZero();
        assertThat(reread.fields()).isEmpty();
    }

    @Test
    void given_a_field_that_differs_in_few_rows_when_read_again_then_it_is_a_change() {
        Reread reread = reread(
                List.of("{'ID':1,'At':'a','Name':'x'}", "{'ID':2,'At':'a','Name':'x'}"),
                List.of("{'ID':1,'At':'a','Name':'z'}", "{'ID':2,'At':'a','Name':'x'}"));

        assertThat(reread.fields()).isEmpty();
    }

    @Test
    void given_two_rows_of_a_page_with_one_id_and_stamp_when_compared_then_they_are_two_rows() {
        List<String> lines = List.of(
                "{'ID':1,'At':'a','Line':1}",
                "{'ID':1,'At':'a','Line':2}",
                "{'ID':2,'At':'a','Line':1}",
                "{'ID':2,'At':'a','Line':2}");

        assertThat(reread(lines, lines).fields()).isEmpty();
    }

    @Test
    void given_another_spelling_of_the_same_content_when_read_again_then_nothing_differs() {
        Reread reread = reread(
                List.of("{'ID':'AB','At':'a','Total':1.0,'Name':'x','Sub':{'n':1}}"),
                List.of("{'Name':'x','Total':1e0,'Sub':{'n':1.00},'ID':'ab','At':'a'}"));

        assertThat(reread.compared()).isEqualTo(1);
        assertThat(reread.fields()).isEmpty();
    }

    @Test
    void given_a_field_that_is_missing_at_times_when_read_again_then_it_is_named() {
        Reread reread = reread(
                List.of("{'ID':1,'At':'a','Url':'x'}", "{'ID':2,'At':'a','Url':'x'}"),
                List.of("{'ID':1,'At':'a'}", "{'ID':2,'At':'a'}"));

        assertThat(reread.fields()).containsExactly("Url");
    }

    @Test
    void given_one_row_that_differs_when_read_again_then_it_may_be_a_change() {
        assertThat(reread(List.of("{'ID':1,'At':'a','Url':'x'}"), List.of("{'ID':1,'At':'a'}"))
                        .fields())
                .isEmpty();
    }
}
