/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.testing.TestRow;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PageRulesTest {
    private final PageRules rules = new PageRules(2);

    private static Page page(int number, String... ids) {
        List<Row> rows = Stream.of(ids)
                .map(id -> TestRow.of(id, "Added", "then", id.getBytes(StandardCharsets.UTF_8)))
                .toList();
        return new Page(number, rows, null);
    }

    @Test
    void given_the_same_rows_in_the_same_order_when_compared_then_a_page_repeats_the_one_before() {
        assertThat(PageRules.repeats(page(1, "a", "b"), page(0, "a", "b"))).isTrue();
        assertThat(PageRules.repeats(page(1, "b", "a"), page(0, "a", "b"))).isFalse();
        assertThat(PageRules.repeats(page(1, "a"), page(0, "a", "b"))).isFalse();
    }

    @Test
    void given_no_rows_or_no_page_before_when_compared_then_nothing_is_repeated() {
        assertThat(PageRules.repeats(page(1), page(0))).isFalse();
        assertThat(PageRules.repeats(page(0, "a"), null)).isFalse();
    }

    @Test
    void given_more_rows_than_a_full_page_when_it_is_the_only_page_then_it_is_the_whole_list() {
        assertThat(rules.isWholeList(page(0, "a", "b", "c"), 1)).isTrue();
        assertThat(rules.isWholeList(page(0, "a", "b"), 1)).isFalse();
        assertThat(rules.isWholeList(page(1, "a", "b", "c"), 2)).isFalse();
    }

    @Test
    void given_a_page_size_when_asked_then_a_page_of_so_many_rows_is_full() {
        assertThat(rules.isFull(page(0, "a"))).isFalse();
        assertThat(rules.isFull(page(0, "a", "b"))).isTrue();
    }

    @Test
    void given_a_server_that_sends_shorter_pages_when_asked_then_a_page_as_long_as_those_may_be_full() {
        assertThat(rules.mayBeFull(1, 0)).isFalse();
        assertThat(rules.mayBeFull(1, 1)).isTrue();
        assertThat(rules.mayBeFull(2, 0)).isTrue();
        assertThat(new PageRules(100).mayBeFull(49, 50)).isFalse();
    }

    @Test
    void given_one_short_page_when_it_ends_then_the_page_behind_the_empty_one_is_not_looked_at() {
        assertThat(PageRules.mustCheckNextPage(false, 1)).isFalse();
        assertThat(PageRules.mustCheckNextPage(true, 1)).isTrue();
        assertThat(PageRules.mustCheckNextPage(false, 2)).isTrue();
    }

    @Test
    void given_a_first_page_when_so_many_pages_follow_then_the_limit_is_passed() {
        assertThat(PageRules.isPastLimit(3, 1, 3)).isFalse();
        assertThat(PageRules.isPastLimit(4, 1, 3)).isTrue();
    }
}
