/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.row;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class EndlessListDetectorTest {
    private final EndlessListDetector detector = new EndlessListDetector();

    private static boolean page(EndlessListDetector detector, String... ids) {
        for (String id : ids) {
            detector.addRow(id, RowVersion.of(id, null, null, "{}".getBytes(UTF_8)));
        }
        return detector.endPage();
    }

    @Test
    void given_pages_without_a_new_id_when_the_tenth_ends_then_the_list_is_endless() {
        assertThat(page(detector, "a", "b")).isFalse();
        for (int i = 1; i < EndlessListDetector.PAGES; i++) {
            assertThat(page(detector, "b", "a")).isFalse();
        }

        assertThat(page(detector, "a")).isTrue();
        assertThat(page(detector, "a")).isTrue();
    }

    @Test
    void given_a_new_id_among_old_ones_when_the_page_ends_then_the_count_begins_again() {
        page(detector, "a");
        for (int i = 1; i < EndlessListDetector.PAGES; i++) {
            page(detector, "a");
        }

        assertThat(page(detector, "a", "b", "a")).isFalse();
        for (int i = 1; i < EndlessListDetector.PAGES; i++) {
            assertThat(page(detector, "b")).isFalse();
        }
        assertThat(page(detector, "b")).isTrue();
    }

    @Test
    void given_a_guid_in_other_letters_case_when_it_comes_again_then_it_is_not_new() {
        page(detector, "3f2504e0-4f89-11d3-9a0c-0305e82c3301");
        for (int i = 1; i < EndlessListDetector.PAGES; i++) {
            page(detector, "3F2504E0-4F89-11D3-9A0C-0305E82C3301");
        }

        assertThat(page(detector, "3f2504e0-4F89-11d3-9a0c-0305e82c3301")).isTrue();
    }

    @Property(tries = 200)
    void given_any_pages_when_they_end_then_the_list_is_endless_as_a_plain_set_has_it(
            @ForAll @Size(max = 60) List<@Size(max = 400) List<@IntRange(max = 5_000) Integer>> pages) {
        EndlessListDetector tried = new EndlessListDetector();
        Set<Integer> seen = new HashSet<>();
        int without = 0;
        for (List<Integer> page : pages) {
            without = seen.addAll(page) ? 0 : without + 1;
            String[] ids = page.stream().map(String::valueOf).toArray(String[]::new);

            assertThat(page(tried, ids)).isEqualTo(without >= EndlessListDetector.PAGES);
        }
    }

    @Test
    void given_very_many_records_when_they_come_again_then_none_is_new() {
        for (int page = 0; page < 1_000; page++) {
            assertThat(page(detector, ids(page))).isFalse();
        }
        for (int page = 1; page < EndlessListDetector.PAGES; page++) {
            assertThat(page(detector, ids(page))).isFalse();
        }
        assertThat(page(detector, ids(999))).isTrue();
    }

    private static String[] ids(int page) {
        String[] ids = new String[100];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = "p" + (page * 100 + i);
        }
        return ids;
    }
}
