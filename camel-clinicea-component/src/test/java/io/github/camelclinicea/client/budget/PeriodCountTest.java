/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PeriodCountTest {
    private static final long LIMIT = 10;

    private final MemoryKeys keys = new MemoryKeys();
    private ZoneId zone = ZoneOffset.UTC;
    private Instant now = Instant.parse("2026-12-01T12:00:00Z");
    private BudgetPeriod period = BudgetPeriod.DAY;
    private SpentRequests store = new SpentRequests(keys, "b/");
    private PeriodCount count = new PeriodCount(period);

    private void restart() {
        store = new SpentRequests(keys, "b/");
        count = new PeriodCount(period);
    }

    /** Sends as many requests as possible, up to a number, and returns how many. */
    private int send(int most) {
        int sent = 0;
        while (sent < most && count.reserve(now, zone, LIMIT, LIMIT, List.of(store))) {
            assertThat(count.isReady(now, zone, LIMIT, List.of(store))).isTrue();
            count.take();
            sent++;
        }
        return sent;
    }

    private BudgetUsage usage() {
        return count.usage(now, zone, LIMIT);
    }

    private void at(String moment) {
        now = Instant.parse(moment);
    }

    @ParameterizedTest
    @EnumSource(BudgetPeriod.class)
    void given_a_budget_when_it_is_used_up_then_it_stays_so_until_the_next_period_restarts_included(BudgetPeriod of) {
        period = of;
        restart();
        assertThat(send(4)).isEqualTo(4);
        restart();
        assertThat(send(100)).isEqualTo(6);
        assertThat(usage().used()).isEqualTo(LIMIT);
        restart();
        assertThat(send(100)).isZero();

        now = usage().endsAt().minusNanos(1);
        assertThat(send(100)).isZero();
        now = usage().endsAt();
        assertThat(send(100)).isEqualTo(10);
    }

    /** Columns: the period; the zone; a moment in it; its end. Berlin has days of 23 and of 25 hours. */
    @ParameterizedTest
    @CsvSource({
        "DAY, Z, 2026-12-31T23:59:59Z, 2027-01-01T00:00:00Z",
        "DAY, Asia/Dubai, 2026-12-01T19:59:59Z, 2026-12-01T20:00:00Z",
        "DAY, Asia/Dubai, 2026-12-01T20:00:00Z, 2026-12-02T20:00:00Z",
        "DAY, Europe/Berlin, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
        "DAY, Europe/Berlin, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z",
        "DAY, America/Santiago, 2026-09-05T12:00:00Z, 2026-09-06T04:00:00Z",
        "MONTH, Z, 2028-02-01T00:00:00Z, 2028-03-01T00:00:00Z",
        "MONTH, Asia/Dubai, 2026-12-31T19:59:59Z, 2026-12-31T20:00:00Z",
        "MONTH, Europe/Berlin, 2026-10-01T12:00:00Z, 2026-10-31T23:00:00Z"
    })
    void given_a_zone_when_a_period_ends_then_the_next_budget_begins_there(
            BudgetPeriod of, String id, Instant moment, Instant end) {
        period = of;
        restart();
        zone = ZoneId.of(id);
        now = moment;
        assertThat(send(100)).isEqualTo(10);
        assertThat(usage().endsAt()).isEqualTo(end);

        now = end.minusMillis(1);
        assertThat(send(100)).isZero();
        now = end;
        assertThat(count.isReady(now, zone, LIMIT, List.of(store))).isFalse();
        assertThat(usage().used()).isZero();
        assertThat(send(100)).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({"2026-03-29, 23", "2026-10-25, 25", "2026-06-01, 24"})
    void given_clocks_that_change_when_a_day_is_measured_then_it_has_as_many_hours(String day, int hours) {
        zone = ZoneId.of("Europe/Berlin");
        at(day + "T10:00:00Z");
        Instant start = java.time.LocalDate.parse(day).atStartOfDay(zone).toInstant();

        assertThat(Duration.between(start, usage().endsAt())).isEqualTo(Duration.ofHours(hours));
    }

    @Test
    void given_a_clock_that_is_set_back_over_midnight_when_more_is_sent_then_the_count_goes_on() {
        assertThat(send(7)).isEqualTo(7);
        at("2026-11-30T23:00:00Z");
        assertThat(send(1)).isEqualTo(1);
        restart();
        assertThat(send(100)).isEqualTo(2);
        at("2026-11-29T23:00:00Z");
        restart();
        assertThat(send(100)).isZero();

        at("2026-12-02T00:00:00Z");
        assertThat(send(100)).isEqualTo(10);
    }

    /** The last columns: how far the clock jumps, in days. */
    @ParameterizedTest
    @CsvSource({"DAY, 1", "DAY, 3", "DAY, 5", "DAY, 30", "DAY, 400", "MONTH, 40", "MONTH, 100", "MONTH, 400"})
    void given_a_used_up_budget_when_the_clock_jumps_ahead_and_back_then_it_is_still_used_up(
            BudgetPeriod of, int days) {
        period = of;
        restart();
        assertThat(send(100)).isEqualTo(10);
        Instant right = now;
        for (boolean restarts : List.of(false, true)) {
            now = right.plus(Duration.ofDays(days));
            send(1);
            now = right;
            if (restarts) {
                restart();
            }
            // A clock that was ahead by 48 hours at most is held on to, and that period has more to give.
            assertThat(send(100)).isLessThanOrEqualTo(days <= 2 ? 9 : 0);
        }
    }

    @Test
    void given_no_keys_when_the_clock_jumps_ahead_and_back_then_the_budget_is_still_used_up() {
        for (int i = 0; i < LIMIT; i++) {
            assertThat(count.reserve(now, zone, LIMIT, LIMIT, List.of())).isTrue();
            count.take();
        }
        Instant right = now;
        now = right.plus(Duration.ofDays(10));
        assertThat(count.reserve(now, zone, LIMIT, LIMIT, List.of())).isTrue();
        count.take();
        now = right;

        assertThat(count.reserve(now, zone, LIMIT, LIMIT, List.of())).isFalse();
    }

    /** Otherwise a clock that was ahead for a moment would stop a clinic for up to three months. */
    @Test
    void given_a_month_that_the_clock_showed_by_mistake_when_it_is_right_again_then_it_counts_for_the_right_month() {
        period = BudgetPeriod.MONTH;
        restart();
        at("2027-01-01T00:00:00Z");
        assertThat(send(100)).isEqualTo(10);
        at("2026-12-15T00:00:00Z");
        assertThat(send(100)).isEqualTo(10);
        restart();
        assertThat(send(100)).isZero();
        assertThat(usage().endsAt()).isEqualTo(Instant.parse("2027-01-01T00:00:00Z"));
    }

    /** Otherwise a clock that was once ahead by a year would stop all requests for a year. */
    @Test
    void given_a_clock_that_was_far_ahead_when_it_is_set_right_then_it_counts_for_the_right_day() {
        at("2027-12-01T12:00:00Z");
        assertThat(send(100)).isEqualTo(10);

        at("2026-12-01T12:00:00Z");
        assertThat(usage().used()).isZero();
        assertThat(send(100)).isEqualTo(10);
        assertThat(send(100)).isZero();
    }

    @Test
    void given_days_when_they_pass_then_old_counts_are_removed_and_the_last_ones_are_kept() {
        for (int day = 1; day <= 9; day++) {
            at("2026-12-0" + day + "T12:00:00Z");
            send(2);
            if (day == 5) {
                restart();
            }
        }
        assertThat(keys.keys.stream().map(key -> key.substring(2, 12)).distinct())
                .containsExactly("2026-12-06", "2026-12-07", "2026-12-08", "2026-12-09");
    }

    @Test
    void given_a_process_that_was_away_for_a_month_when_the_next_day_begins_then_it_removes_its_old_count() {
        send(3);
        at("2027-01-05T12:00:00Z");
        restart();
        send(1);
        assertThat(keys.keys).hasSize(4);
        at("2027-01-06T12:00:00Z");
        send(1);

        assertThat(keys.keys).containsExactly("b/2027-01-05/0", "b/2027-01-06/0");
    }

    @Test
    void given_a_set_of_keys_that_joins_later_when_a_request_is_counted_then_it_knows_those_before() {
        send(6);
        MemoryKeys joined = new MemoryKeys();
        SpentRequests other = new SpentRequests(joined, "b/");

        assertThat(count.reserve(now, zone, LIMIT, LIMIT, List.of(store, other)))
                .isTrue();
        count.take();

        assertThat(joined.keys).hasSize(7).contains("b/2026-12-01/6");
        assertThat(usage().used()).isEqualTo(7);
    }

    @Test
    void given_no_keys_when_requests_are_sent_then_they_are_counted_in_this_process() {
        for (int i = 0; i < LIMIT; i++) {
            assertThat(count.reserve(now, zone, LIMIT, LIMIT, List.of())).isTrue();
            count.take();
        }
        assertThat(count.reserve(now, zone, LIMIT, LIMIT, List.of())).isFalse();
        assertThat(count.isReady(now, zone, LIMIT, List.of())).isFalse();
    }

    @Test
    void given_a_smaller_limit_when_more_was_used_then_no_more_is_sent_and_a_larger_one_lets_it_go_on() {
        send(8);

        assertThat(count.reserve(now, zone, 5, 5, List.of(store))).isFalse();
        assertThat(count.reserve(now, zone, LIMIT, 8, List.of(store))).isFalse();
        assertThat(send(100)).isEqualTo(2);
        assertThat(count.reserve(now, zone, 11, 11, List.of(store))).isTrue();
    }
}
