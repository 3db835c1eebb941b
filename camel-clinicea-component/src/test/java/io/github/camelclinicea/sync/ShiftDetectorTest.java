/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.row.RowVersion;
import io.github.camelclinicea.testing.TestRow;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Tests the signs that a list shifted, and the signs that a pass has read the missed rows. */
class ShiftDetectorTest {
    private static final RowVersion OLD = new RowVersion(1, 1);
    private static final RowVersion NEW = new RowVersion(2, 2);

    private final DuplicatesAtRest atRest = new DuplicatesAtRest();
    private final ShiftDetector shift = new ShiftDetector(false, atRest);

    private static Row row(String id, String modified) {
        return TestRow.of(id, "Added", modified, "{}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void given_a_probe_that_shows_what_the_sweep_saw_when_asked_then_the_list_was_quiet() {
        shift.sawRow(row("p1", "2026"));
        shift.probeShowed(7, OLD, false);

        assertThat(shift.afterForward()).isFalse();
    }

    @Test
    void given_a_probe_that_shows_a_version_not_seen_when_asked_then_the_list_shifted() {
        shift.probeShowed(7, NEW, true);

        assertThat(shift.afterForward()).isTrue();
    }

    @Test
    void given_a_sweep_ahead_that_met_the_change_first_when_the_opening_knew_better_then_the_list_shifted() {
        shift.beginOpening();
        shift.opened(7, OLD);
        shift.probeShowed(7, OLD, false);
        assertThat(shift.afterForward()).as("as it stood").isFalse();

        shift.probeShowed(7, NEW, false);

        assertThat(shift.afterForward()).as("changed since").isTrue();
    }

    @Test
    void given_a_second_version_held_back_when_the_probe_does_not_show_the_record_then_the_list_shifted() {
        shift.heldBack(7, NEW);
        assertThat(shift.afterForward()).isTrue();

        shift.probeShowed(7, OLD, false);

        assertThat(shift.afterForward())
                .as("the probe has shown which one it is")
                .isFalse();
    }

    @Test
    void given_rows_without_an_id_or_a_stamp_when_asked_then_the_list_counts_as_shifted() {
        assertThat(shift.rowsCannotTell()).isFalse();
        shift.sawRow(row("p1", null));
        shift.sawRow(row("p2", "2026"));
        assertThat(shift.rowsCannotTell()).isTrue();
        assertThat(shift.afterForward()).isTrue();

        ShiftDetector other = new ShiftDetector(false, new DuplicatesAtRest());
        other.sawRow(row(null, "2026"));
        assertThat(other.rowsCannotTell()).isTrue();
    }

    @Test
    void given_a_pass_that_brought_only_what_its_probe_shows_too_when_asked_then_it_missed_nothing() {
        shift.beginPass();
        shift.passBrought(7, NEW);
        assertThat(shift.afterPass(1)).as("before the probe").isTrue();

        shift.probeShowed(7, NEW, false);

        assertThat(shift.afterPass(1)).isFalse();
    }

    @Test
    void given_a_pass_that_brought_what_its_probe_does_not_show_when_asked_then_another_is_due() {
        shift.beginPass();
        shift.passBrought(7, OLD);
        shift.probeShowed(7, NEW, true);
        assertThat(shift.afterPass(2)).isTrue();

        shift.beginPass();
        assertThat(shift.afterPass(3))
                .as("each pass is judged by what it brought")
                .isFalse();
    }

    @Test
    void given_pages_fetched_ahead_when_anything_moved_in_the_first_pass_then_the_other_direction_is_due_too() {
        shift.beginOpening();
        shift.beginPass();
        assertThat(shift.afterPass(1)).as("nothing moved").isFalse();

        shift.passBrought(7, NEW);
        shift.probeShowed(7, NEW, false);
        assertThat(shift.afterPass(1)).as("the pass brought something").isTrue();
        assertThat(shift.afterPass(2)).as("both directions were read").isFalse();

        shift.beginPass();
        shift.probeShowed(8, NEW, true);
        assertThat(shift.afterPass(1)).as("the probe showed something").isTrue();
    }

    @Test
    void given_pages_fetched_ahead_when_rows_cannot_tell_then_the_other_direction_is_due_too() {
        shift.beginOpening();
        shift.sawRow(row(null, null));
        shift.beginPass();

        assertThat(shift.afterPass(1)).isTrue();
        assertThat(shift.afterPass(2)).isFalse();
    }

    @Test
    void given_an_unchanged_record_on_two_pages_when_asked_then_the_list_shifted_unless_it_is_so_at_rest() {
        shift.repeated(row("p1", "2026"));
        assertThat(shift.afterForward()).isTrue();
        assertThat(shift.repeatedRecords()).isNotZero();

        shift.ignoreRepeatedAtRest();
        assertThat(shift.afterForward()).as("no poll showed it before").isTrue();

        for (int poll = 1; poll <= 3; poll++) {
            atRest.repeatedRecords(shift.repeatedRecords());
        }
        shift.ignoreRepeatedAtRest();

        assertThat(shift.afterForward()).as("at rest").isFalse();
    }

    @Test
    void
            given_an_unchanged_record_on_two_pages_when_a_pass_shows_more_places_than_rows_were_seen_then_rows_are_missing() {
        shift.repeated(row("p1", "2026"));
        shift.beginPass();
        shift.sawRow(row("p1", "2026"));
        shift.sawRow(row("p1", "2026"));

        assertThat(shift.hasUnseenPlaces(1)).isTrue();
        assertThat(shift.hasUnseenPlaces(2)).isFalse();
        shift.probeShowed(7, NEW, true);
        assertThat(shift.hasUnseenPlaces(1)).as("changed since").isFalse();
    }

    @Test
    void given_a_page_that_was_passed_over_as_repeated_when_asked_then_the_list_shifted() {
        shift.pageRepeated();

        assertThat(shift.afterForward()).isTrue();
    }

    @Test
    void given_a_list_that_drops_deleted_records_when_asked_then_it_counts_as_shifted() {
        assertThat(new ShiftDetector(true, new DuplicatesAtRest()).rowsCannotTell())
                .isTrue();
        assertThat(new ShiftDetector(true, new DuplicatesAtRest()).afterForward())
                .isTrue();
    }

    @Test
    void given_a_pass_that_may_not_have_shown_all_pages_when_asked_then_another_is_due() {
        shift.beginPass();
        shift.passIncomplete();
        assertThat(shift.afterPass(1)).isTrue();

        shift.beginPass();

        assertThat(shift.afterPass(2)).isFalse();
    }
}
