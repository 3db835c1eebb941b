/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.testing.TestRow;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordsOfPageTest {
    private static final String EARLIER = "2026-06-01T10:00:00";
    private static final String LATER = "2026-06-01T11:00:00";
    private static final String LATEST = "2026-06-02T09:00:00";

    private static Row row(String id, String stamp) {
        return TestRow.of(id, "Modified", stamp, (id + stamp).getBytes(StandardCharsets.UTF_8));
    }

    private static RecordsOfPage page(Row... rows) {
        return new RecordsOfPage(List.of(rows));
    }

    @Test
    void given_a_record_on_two_rows_when_asked_then_it_has_several_and_the_others_do_not() {
        Row one = row("p1", EARLIER);
        Row two = row("p1", LATER);
        Row single = row("p2", EARLIER);
        RecordsOfPage page = page(one, single, two);

        assertThat(page.hasSeveral(one.recordKey())).isTrue();
        assertThat(page.hasSeveral(single.recordKey())).isFalse();
        assertThat(page.hasSeveral(row("p3", EARLIER).recordKey())).isFalse();
        assertThat(page.hasSibling(one.recordKey(), one.version())).isTrue();
        assertThat(page.hasSibling(one.recordKey(), two.version())).isTrue();
        assertThat(page.hasSibling(one.recordKey(), row("p1", LATEST).version()))
                .isFalse();
        assertThat(page.hasSibling(one.recordKey(), null)).isFalse();
        assertThat(page.hasSibling(single.recordKey(), single.version()))
                .as("it has no siblings")
                .isFalse();
    }

    @Test
    void given_no_siblings_when_ordered_then_the_page_stays_as_it_is_whatever_the_stamps() {
        assertThat(page(row("p1", LATEST), row("p2", EARLIER), row("p3", LATER)).order())
                .containsExactly(0, 1, 2);
        assertThat(page().order()).isEmpty();
    }

    @Test
    void given_siblings_newest_first_when_ordered_then_they_change_places_among_themselves_and_no_other_row_moves() {
        assertThat(page(row("p1", LATEST), row("p2", LATER), row("p1", EARLIER), row("p3", EARLIER), row("p1", LATER))
                        .order())
                .containsExactly(2, 1, 4, 3, 0);
    }

    @Test
    void given_two_records_with_siblings_when_ordered_then_each_is_by_itself() {
        assertThat(page(row("p1", LATER), row("p2", LATEST), row("p1", EARLIER), row("p2", LATER))
                        .order())
                .containsExactly(2, 3, 0, 1);
    }

    @Test
    void given_siblings_of_one_stamp_when_ordered_then_the_page_decides() {
        Row first = TestRow.of("p1", "Added", EARLIER, new byte[] {1});
        Row second = TestRow.of("p1", "Modified", EARLIER, new byte[] {2});

        assertThat(page(first, second).order()).containsExactly(0, 1);
        assertThat(page(second, first).order()).containsExactly(0, 1);
    }

    @Test
    void given_stamps_that_cannot_be_compared_when_ordered_then_the_page_decides() {
        for (String[] stamps : new String[][] {
            {LATER, null},
            {null, EARLIER},
            {LATER, EARLIER + "Z"},
            {"02/06/2026 10:00", "01/07/2026 10:00"},
            {"02 Jun 2026", "01 Jul 2026"}
        }) {
            assertThat(page(row("p1", stamps[0]), row("p1", stamps[1])).order())
                    .as("%s and %s", (Object[]) stamps)
                    .containsExactly(0, 1);
        }
    }
}
