/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hours;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.ParseException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.CronExpression;

/** Computes when Quartz fires the crons of docs/how-to/schedule.md on days on which the clocks change. */
class ChangeOfClocksTest {
    private static final String IN_OPENING_HOURS = "0 0/5 8-19 ? * MON-SAT";
    private static final String ROUND_THE_CLOCK = "0 0/5 * * * ?";

    private static List<ZonedDateTime> firings(String cron, String zone, LocalDate from, LocalDate to)
            throws ParseException {
        CronExpression expression = new CronExpression(cron);
        expression.setTimeZone(TimeZone.getTimeZone(zone));
        ZoneId id = ZoneId.of(zone);
        Instant end = to.atStartOfDay(id).toInstant();
        List<ZonedDateTime> firings = new ArrayList<>();
        Date next = expression.getNextValidTimeAfter(
                Date.from(from.atStartOfDay(id).toInstant().minusMillis(1)));
        while (next != null && next.toInstant().isBefore(end)) {
            firings.add(next.toInstant().atZone(id));
            next = expression.getNextValidTimeAfter(next);
        }
        return firings;
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Cairo"})
    void given_opening_hours_when_a_year_passes_then_each_time_of_each_working_day_fires_once(String zone)
            throws ParseException {
        LocalDate first = LocalDate.of(2026, 1, 1);
        List<ZonedDateTime> expected = Stream.iterate(first, day -> day.plusDays(1))
                .limit(365)
                .filter(day -> day.getDayOfWeek() != DayOfWeek.SUNDAY)
                .flatMap(day -> Stream.iterate(LocalTime.of(8, 0), time -> time.plusMinutes(5))
                        .limit(12 * 12)
                        .map(time -> day.atTime(time).atZone(ZoneId.of(zone))))
                .toList();

        assertThat(firings(IN_OPENING_HOURS, zone, first, first.plusYears(1))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // The clocks go forward: the hour from 2 to 3 does not exist.
        "Europe/Berlin,    0 0 2 * * ?,  2026-03-29, 0",
        "Europe/Berlin,    0 30 2 * * ?, 2026-03-29, 0",
        "America/New_York, 0 0 2 * * ?,  2026-03-08, 0",
        "America/New_York, 0 30 2 * * ?, 2026-03-08, 0",
        // They go back: the hour from 2 to 3, in New York from 1 to 2, comes twice.
        "Europe/Berlin,    0 0 2 * * ?,  2026-10-25, 1",
        "Europe/Berlin,    0 30 2 * * ?, 2026-10-25, 1",
        "America/New_York, 0 0 2 * * ?,  2026-11-01, 1",
        "America/New_York, 0 30 1 * * ?, 2026-11-01, 1",
        // The clocks never change.
        "Asia/Kolkata,     0 0 2 * * ?,  2026-03-29, 1",
        "Asia/Kolkata,     0 0 2 * * ?,  2026-10-25, 1",
        // Elsewhere the missing hour is another one.
        "Europe/London,    0 0 1 * * ?,  2026-03-29, 0",
        "Europe/London,    0 0 2 * * ?,  2026-03-29, 1",
        "Africa/Cairo,     0 0 0 * * ?,  2026-04-24, 0",
    })
    void given_a_check_at_night_when_the_clocks_change_then_it_fires_once_or_not_at_all(
            String zone, String cron, LocalDate day, int times) throws ParseException {
        assertThat(firings(cron, zone, day, day.plusDays(1))).hasSize(times);
    }

    @Test
    void given_a_check_at_four_when_the_clocks_of_any_zone_change_then_it_fires_once() throws ParseException {
        int changes = 0;
        for (String zone : ZoneId.getAvailableZoneIds()) {
            ZoneId id = ZoneId.of(zone);
            Instant moment = Instant.parse("2026-01-01T00:00:00Z");
            ZoneOffsetTransition change = id.getRules().nextTransition(moment);
            while (change != null && change.getInstant().isBefore(Instant.parse("2029-01-01T00:00:00Z"))) {
                LocalDate day = change.getDateTimeBefore().toLocalDate();
                for (LocalDate near : List.of(day, day.plusDays(1))) {
                    assertThat(firings("0 0 4 * * ?", zone, near, near.plusDays(1)))
                            .as(zone + " " + near)
                            .hasSize(1);
                }
                changes++;
                change = id.getRules().nextTransition(change.getInstant());
            }
        }
        assertThat(changes).isGreaterThan(100);
    }

    @Test
    void given_a_cron_round_the_clock_when_the_clocks_go_back_then_the_repeated_hour_fires_once()
            throws ParseException {
        LocalDate day = LocalDate.of(2026, 10, 25);

        List<ZonedDateTime> firings = firings(ROUND_THE_CLOCK, "Europe/Berlin", day, day.plusDays(1));

        assertThat(firings).hasSize(24 * 12);
        assertThat(firings.get(0).plusHours(25))
                .isEqualTo(firings.get(firings.size() - 1).plusMinutes(5));
    }
}
