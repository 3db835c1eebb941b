/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.row.RowVersion;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Tests the signs that a list shifted, and the signs that a pass has read the missed rows. */
class ShiftDetectorTest {
    private static final RowVersion OLD = new RowVersion(1, 1);
    private static final RowVersion NEW = new RowVersion(2, 2);

    private final ShiftDetector drift = new ShiftDetector(false);

    private static Row row(String id, String modified) {
        return new Row(id, "Added", modified, "{}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void given_a_probe_that_shows_what_the_sweep_saw_when_asked_then_the_list_was_quiet() {
        drift.sawRow(row("p1", "2026"));
        drift.probeShowed(7, OLD, false);

        assertThat(drift.afterSweep()).isFalse();
    }

    @Test
    void given_a_probe_that_shows_a_version_not_seen_when_asked_then_the_list_shifted() {
        drift.probeShowed(7, NEW, true);

        assertThat(drift.afterSweep()).isTrue();
    }

    @Test
    void given_a_sweep_ahead_that_met_the_change_first_when_the_opening_knew_better_then_the_list_shifted() {
        drift.beginOpening();
        drift.opened(7, OLD);
        drift.probeShowed(7, OLD, false);
        assertThat(drift.afterSweep()).as("as it stood").isFalse();

        drift.probeShowed(7, NEW, false);

        assertThat(drift.afterSweep()).as("changed since").isTrue();
    }

    @Test
    void given_a_second_version_held_back_when_the_probe_does_not_show_the_record_then_the_list_shifted() {
        drift.heldBack(7, NEW);
        assertThat(drift.afterSweep()).isTrue();

        drift.probeShowed(7, OLD, false);

        assertThat(drift.afterSweep()).as("the probe has shown which one it is").isFalse();
    }

    @Test
    void given_rows_without_an_id_or_a_stamp_when_asked_then_the_list_counts_as_shifted() {
        assertThat(drift.rowsCannotTell()).isFalse();
        drift.sawRow(row("p1", null));
        drift.sawRow(row("p2", "2026"));
        assertThat(drift.rowsCannotTell()).isTrue();
        assertThat(drift.afterSweep()).isTrue();

        ShiftDetector other = new ShiftDetector(false);
        other.sawRow(row(null, "2026"));
        assertThat(other.rowsCannotTell()).isTrue();
    }

    @Test
    void given_a_pass_that_brought_only_what_its_probe_shows_too_when_asked_then_it_missed_nothing() {
        drift.beginPass();
        drift.passBrought(7, NEW);
        assertThat(drift.afterPass(1)).as("before the probe").isTrue();

        drift.probeShowed(7, NEW, false);

        assertThat(drift.afterPass(1)).isFalse();
    }

    @Test
    void given_a_pass_that_brought_what_its_probe_does_not_show_when_asked_then_another_is_due() {
        drift.beginPass();
        drift.passBrought(7, OLD);
        drift.probeShowed(7, NEW, true);
        assertThat(drift.afterPass(2)).isTrue();

        drift.beginPass();
        assertThat(drift.afterPass(3))
                .as("each pass is judged by what it brought")
                .isFalse();
    }

    @Test
    void given_pages_fetched_ahead_when_anything_moved_in_the_first_pass_then_the_other_direction_is_due_too() {
        drift.beginOpening();
        drift.beginPass();
        assertThat(drift.afterPass(1)).as("nothing moved").isFalse();

        drift.passBrought(7, NEW);
        drift.probeShowed(7, NEW, false);
        assertThat(drift.afterPass(1)).as("the pass brought something").isTrue();
        assertThat(drift.afterPass(2)).as("both directions were read").isFalse();

        drift.beginPass();
        drift.probeShowed(8, NEW, true);
        assertThat(drift.afterPass(1)).as("the probe showed something").isTrue();
    }

    @Test
    void given_pages_fetched_ahead_when_rows_cannot_tell_then_the_other_direction_is_due_too() {
        drift.beginOpening();
        drift.sawRow(row(null, null));
        drift.beginPass();

        assertThat(drift.afterPass(1)).isTrue();
        assertThat(drift.afterPass(2)).isFalse();
    }

    @Test
    void given_an_unchanged_record_on_two_pages_when_asked_then_the_list_shifted_unless_it_is_so_at_rest() {
        drift.repeated(row("p1", "2026"));
        assertThat(drift.afterSweep()).isTrue();
        assertThat(drift.repeatedRecords()).isNotZero();

        drift.ignoreRepeated();

        assertThat(drift.afterSweep()).as("at rest").isFalse();
    }

    @Test
    void
            given_an_unchanged_record_on_two_pages_when_a_pass_shows_more_places_than_rows_were_seen_then_rows_are_missing() {
        drift.repeated(row("p1", "2026"));
        drift.beginPass();
        drift.sawRow(row("p1", "2026"));
        drift.sawRow(row("p1", "2026"));

        assertThat(drift.hasUnseenPlaces(1)).isTrue();
        assertThat(drift.hasUnseenPlaces(2)).isFalse();
        drift.probeShowed(7, NEW, true);
        assertThat(drift.hasUnseenPlaces(1)).as("changed since").isFalse();
    }

    @Test
    void given_a_page_that_was_passed_over_as_repeated_when_asked_then_the_list_shifted() {
        drift.pageRepeated();

        assertThat(drift.afterSweep()).isTrue();
    }

    @Test
    void given_a_list_that_drops_deleted_records_when_asked_then_it_counts_as_shifted() {
        assertThat(new ShiftDetector(true).rowsCannotTell()).isTrue();
        assertThat(new ShiftDetector(true).afterSweep()).isTrue();
    }

    @Test
    void given_a_pass_that_may_not_have_shown_all_pages_when_asked_then_another_is_due() {
        drift.beginPass();
        drift.passIncomplete();
        assertThat(drift.afterPass(1)).isTrue();

        drift.beginPass();

        assertThat(drift.afterPass(2)).isFalse();
    }
}
