/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.testing.TestRow;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private static Due due(String id, String status) {
        byte[] content = (id + status).getBytes(StandardCharsets.UTF_8);
        return new Due(TestRow.of(id, status, null, content), null, false, 0);
    }

    private static List<String> batches(String alone, Due... due) {
        return Batches.of(List.of(due), next -> alone.equals(next.row().id())).stream()
                .map(batch -> batch.stream().map(next -> next.row().id()).toList() + " "
                        + batch.get(0).row().status())
                .toList();
    }

    @Test
    void given_no_rows_when_grouped_then_there_is_no_batch() {
        assertThat(batches("")).isEmpty();
    }

    @Test
    void given_rows_of_two_statuses_when_grouped_then_each_status_is_a_batch_in_the_order_of_the_page() {
        assertThat(batches("", due("a", "New"), due("b", "Old"), due("c", "New"), due("d", null), due("e", null)))
                .containsExactly("[a, c] New", "[b] Old", "[d, e] null");
    }

    @Test
    void given_a_record_in_two_statuses_when_grouped_then_all_batches_before_its_second_row_come_first() {
        assertThat(batches("", due("a", "New"), due("b", "Old"), due("a", "Old"), due("c", "New")))
                .containsExactly("[a] New", "[b] Old", "[a] Old", "[c] New");
    }

    @Test
    void given_a_record_that_returns_to_its_first_status_when_grouped_then_its_order_is_kept() {
        assertThat(batches("", due("a", "New"), due("a", "Old"), due("a", "New")))
                .containsExactly("[a] New", "[a] Old", "[a] New");
    }

    @Test
    void given_two_rows_of_a_record_with_one_status_when_grouped_then_they_share_a_batch() {
        assertThat(batches("", due("a", "New"), due("b", "New"), due("a", "New")))
                .containsExactly("[a, b, a] New");
    }

    @Test
    void given_a_row_that_must_be_alone_when_grouped_then_the_others_keep_their_batch() {
        assertThat(batches("b", due("a", "New"), due("b", "New"), due("c", "New")))
                .containsExactlyInAnyOrder("[b] New", "[a, c] New");
    }

    @Test
    void given_a_row_that_must_be_alone_behind_one_of_its_record_when_grouped_then_it_follows_that_one() {
        List<List<Due>> batches = Batches.of(
                List.of(due("a", "New"), due("a", "Old"), due("b", "New")),
                next -> "Old".equals(next.row().status()));

        assertThat(batches.stream()
                        .map(batch ->
                                batch.get(0).row().id() + batch.get(0).row().status()))
                .containsExactly("aNew", "aOld", "bNew");
    }
}
