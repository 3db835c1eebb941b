/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.reminders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReminderTimesTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant LONG_AGO = Instant.EPOCH;

    private static ReminderTimes times(String kinds, String quietHours) {
        return new ReminderTimes(BERLIN, kinds, quietHours, "30m");
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(BERLIN).toInstant();
    }

    @ParameterizedTest
    @CsvSource({
        // in the day
        "2026-06-10T10:00, 2026-06-09T10:00, 2026-06-10T08:00",
        // two hours before is quiet: the end is still well before the start
        "2026-06-10T09:00, 2026-06-09T09:00, 2026-06-10T08:00",
        // the end of the quiet hours is within the shortest notice: half an hour before they begin
        "2026-06-10T08:15, 2026-06-09T08:15, 2026-06-09T20:30",
        "2026-06-10T08:30, 2026-06-09T08:30, 2026-06-09T20:30",
        "2026-06-10T08:31, 2026-06-09T08:31, 2026-06-10T08:00",
        // the day before is quiet, before and after midnight
        "2026-06-10T22:00, 2026-06-10T08:00, 2026-06-10T20:00",
        "2026-06-10T06:00, 2026-06-09T08:00, 2026-06-09T20:30",
        // the quiet hours begin with their first and end before their last minute
        "2026-06-10T23:00, 2026-06-10T08:00, 2026-06-11T20:30",
        "2026-06-10T21:00, 2026-06-10T08:00, 2026-06-10T19:00"
    })
    void given_quiet_hours_over_midnight_when_planned_then_no_reminder_is_due_in_them(
            String start, String dayBefore, String twoHours) {
        Map<String, Instant> plan =
                times("day-before:1d, two-hours:2h", "21:00-08:00").plan(at(start), LONG_AGO);

        assertThat(plan).containsEntry("day-before", at(dayBefore));
        if (!start.endsWith("T23:00")) {
            assertThat(plan).containsEntry("two-hours", at(twoHours));
        }
    }

    @Test
    void given_quiet_hours_within_a_day_when_planned_then_the_reminder_moves_to_their_end() {
        assertThat(times("two-hours:2h", "12:00-14:00").plan(at("2026-06-10T15:00"), LONG_AGO))
                .containsEntry("two-hours", at("2026-06-10T14:00"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-29T10:00, 2026-03-28T10:00, 2026-03-28T09:00",
        "2026-10-25T10:00, 2026-10-24T10:00, 2026-10-24T11:00",
        // 02:30 does not exist on the day that clocks skip
        "2026-03-30T02:30, 2026-03-29T03:30, 2026-03-29T02:30"
    })
    void given_a_day_that_clocks_change_when_planned_then_1d_is_the_same_time_of_day_and_24h_is_elapsed_time(
            String start, String oneDay, String hours) {
        Map<String, Instant> plan = times("day:1d, hours:24h", "").plan(at(start), LONG_AGO);

        assertThat(plan.get("day")).isEqualTo(at(oneDay));
        if (!start.startsWith("2026-03-30")) {
            assertThat(plan.get("hours")).isEqualTo(at(hours));
        }
    }

    @Test
    void given_the_night_that_clocks_are_set_back_when_asked_then_both_hours_are_quiet() {
        ReminderTimes times = times("two-hours:2h", "21:00-02:30");

        assertThat(times.isQuiet(Instant.parse("2026-10-25T00:29:00Z"))).isTrue();
        assertThat(times.isQuiet(Instant.parse("2026-10-25T01:29:00Z"))).isTrue();
        assertThat(times.isQuiet(Instant.parse("2026-10-25T01:30:00Z"))).isFalse();
    }

    @Test
    void given_a_time_that_is_past_when_planned_then_it_is_left_out() {
        ReminderTimes times = times("day-before:1d, two-hours:2h", "");

        assertThat(times.plan(at("2026-06-10T10:00"), at("2026-06-09T10:00"))).containsOnlyKeys("two-hours");
        assertThat(times.plan(at("2026-06-10T10:00"), at("2026-06-10T08:00"))).isEmpty();
        assertThat(times.plan(at("2026-06-10T10:00"), at("2026-06-11T08:00"))).isEmpty();
    }

    @Test
    void given_two_kinds_that_quiet_hours_move_to_one_time_when_planned_then_the_one_closest_to_the_start_is() {
        assertThat(times("four:4h, two-hours:2h", "21:00-08:00").plan(at("2026-06-10T09:00"), LONG_AGO))
                .isEqualTo(Map.of("two-hours", at("2026-06-10T08:00")));
    }

    @Test
    void given_the_shortest_notice_when_asked_then_nothing_is_sent_from_then_on() {
        assertThat(times("two-hours:2h", "").sendBefore(at("2026-06-10T10:00"))).isEqualTo(at("2026-06-10T09:30"));
    }

    @Test
    void given_no_quiet_hours_when_asked_then_no_moment_is_quiet() {
        assertThat(times("two-hours:2h", " ").isQuiet(at("2026-06-10T00:00"))).isFalse();
        assertThat(times("two-hours:2h", "21:00-21:00").isQuiet(at("2026-06-10T21:00")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "two-hours; 21:00-08:00; reminders.kinds",
                "Two Hours:2h; 21:00-08:00; reminders.kinds",
                "one:2h, one:3h; 21:00-08:00; reminders.kinds",
                "soon:30m; 21:00-08:00; reminders.min-notice",
                "two-hours:2h; 9-5; reminders.quiet-hours",
                "two-hours:2h; 25:00-08:00; reminders.quiet-hours",
                "two-hours:2h; 08:00-07:00; reminders.quiet-hours"
            },
            delimiter = ';')
    void given_a_wrong_setting_when_read_then_the_error_names_it(String kinds, String quietHours, String name) {
        assertThatThrownBy(() -> times(kinds, quietHours)).hasMessageContaining(name);
    }
}
