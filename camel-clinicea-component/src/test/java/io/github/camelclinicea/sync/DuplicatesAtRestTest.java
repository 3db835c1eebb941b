/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.row.RowVersion;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DuplicatesAtRestTest {
    private static final RowVersion A = new RowVersion(1, 1);
    private static final RowVersion B = new RowVersion(2, 2);

    private final DuplicatesAtRest atRest = new DuplicatesAtRest();

    @Test
    void given_a_version_that_two_polls_held_back_when_the_third_meets_it_then_it_is_at_rest() {
        atRest.heldBack(Map.of(7L, A));
        assertThat(atRest.isHeldBackAtRest(7, A)).as("once").isFalse();

        atRest.heldBack(Map.of(7L, A));

        assertThat(atRest.isHeldBackAtRest(7, A)).isTrue();
        assertThat(atRest.isHeldBackAtRest(7, B)).as("another version").isFalse();
        assertThat(atRest.isHeldBackAtRest(8, A)).as("another record").isFalse();
    }

    @Test
    void given_another_version_or_a_poll_without_it_when_held_back_again_then_the_count_begins_again() {
        atRest.heldBack(Map.of(7L, A));
        atRest.heldBack(Map.of(7L, B));
        assertThat(atRest.isHeldBackAtRest(7, B)).isFalse();

        atRest.heldBack(Map.of());
        atRest.heldBack(Map.of(7L, B));

        assertThat(atRest.isHeldBackAtRest(7, B)).isFalse();
    }

    @Test
    void given_records_that_three_polls_in_a_row_repeated_when_asked_then_they_stand_on_two_pages_at_rest() {
        atRest.repeatedRecords(11);
        atRest.repeatedRecords(11);
        assertThat(atRest.repeatedRecordsAtRest()).isZero();

        atRest.repeatedRecords(11);

        assertThat(atRest.repeatedRecordsAtRest()).isEqualTo(11);
    }

    @Test
    void given_another_poll_in_between_when_records_are_repeated_then_they_are_not_at_rest() {
        atRest.repeatedRecords(11);
        atRest.repeatedRecords(11);
        atRest.repeatedRecords(0);
        atRest.repeatedRecords(11);

        assertThat(atRest.repeatedRecordsAtRest()).isZero();
    }

    @Test
    void given_polls_that_repeated_none_when_asked_then_none_is_at_rest() {
        for (int poll = 0; poll < 4; poll++) {
            atRest.repeatedRecords(0);
        }

        assertThat(atRest.repeatedRecordsAtRest()).isZero();
    }
}
