/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the stored names of a list's fields, with one process after another and with several at once. */
class ListedFieldsTest {
    private final TestRepository repository = new TestRepository(() -> {});
    private final ListedFields fields = next();

    private ListedFields next() {
        return new ListedFields(repository.new Connection(), "s");
    }

    @Test
    void given_no_row_yet_then_no_names_are_all() {
        assertThat(fields.isCoveredBy(Set.of("Phone"))).isFalse();
        assertThat(fields.isCoveredBy(Set.of())).isFalse();
    }

    @Test
    void given_rows_then_only_names_that_hold_each_of_theirs_are_all() {
        fields.add(List.of("Phone", "Notes"));
        fields.add(List.of("phone", "Allergy"));

        assertThat(fields.isCoveredBy(Set.of("Phone", "Notes", "ALLERGY", "More")))
                .isTrue();
        assertThat(fields.isCoveredBy(List.of("Phone", "phone", "Notes"))).isFalse();
        assertThat(fields.isCoveredBy(Set.of("Phone", "Allergy", "More"))).isFalse();
    }

    @Test
    void given_names_of_an_earlier_process_when_another_goes_on_then_both_count() {
        next().add(List.of("Phone", "Notes"));
        next().add(List.of("Notes", "Allergy"));

        assertThat(fields.isCoveredBy(Set.of("Phone", "Allergy"))).isFalse();
        assertThat(fields.isCoveredBy(Set.of("Phone", "Notes", "Allergy"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    void given_a_process_that_ends_while_it_keeps_a_name_then_the_names_without_it_are_not_all_once_it_counts(
            int calls) {
        fields.add(List.of("Phone"));
        TestRepository.Connection dying = repository.new Connection();
        dying.crashAfter(calls);

        try {
            new ListedFields(dying, "s").add(List.of("Allergy"));
        } catch (TestRepository.Crash e) {
            boolean counts = repository.keys().contains("s=fields2");
            assertThat(next().isCoveredBy(Set.of("Phone"))).isNotEqualTo(counts);
        }

        next().add(List.of("Allergy"));
        assertThat(next().isCoveredBy(Set.of("Phone"))).isFalse();
    }

    @Test
    void given_two_nodes_that_meet_a_name_at_once_then_names_are_not_taken_for_all_when_one_is_missing() {
        ListedFields other = next();
        fields.add(List.of("Phone"));
        other.add(List.of("Allergy"));
        fields.add(List.of("Notes"));

        assertThat(other.isCoveredBy(Set.of("Phone", "Allergy"))).isFalse();
        assertThat(other.isCoveredBy(Set.of("Phone", "Allergy", "Notes"))).isTrue();
    }

    @Test
    void given_a_list_of_names_without_end_then_they_are_not_kept_without_end_and_never_all() {
        List<String> names = IntStream.range(0, 1_200).mapToObj(i -> "n" + i).toList();
        fields.add(names);

        assertThat(fields.isCoveredBy(names)).isFalse();
        assertThat(repository.keys()).hasSizeLessThanOrEqualTo(2_000);
    }

    @Test
    void given_another_sync_in_the_repository_then_it_has_names_of_its_own() {
        fields.add(List.of("Phone"));

        assertThat(new ListedFields(repository.new Connection(), "other").isCoveredBy(Set.of("Phone")))
                .isFalse();
    }
}
