/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class PollTimesTest {
    private static final Instant BEGIN = Instant.parse("2026-06-01T12:00:00Z");

    private long nanos = Long.MAX_VALUE - 1_000_000_000L;
    private Instant now = BEGIN;
    private final PollTimes times = new PollTimes(() -> nanos, new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    });

    private void pass(Duration time) {
        nanos += time.toNanos();
        now = now.plus(time);
    }

    @Test
    void given_an_initial_delay_when_it_passes_then_time_counts_from_its_end() {
        times.started(Duration.ofMinutes(5));

        assertThat(times.sinceLast()).isEqualTo(Duration.ofMinutes(-5));
        pass(Duration.ofMinutes(7));
        assertThat(times.sinceLast()).isEqualTo(Duration.ofMinutes(2));
        assertThat(times.last()).isEqualTo(BEGIN.plus(Duration.ofMinutes(5)));
    }

    @Test
    void given_a_poll_when_it_begins_ends_or_is_left_out_then_time_counts_from_there() {
        pass(Duration.ofMinutes(1));
        times.began();
        assertThat(times.sinceLast()).isZero();
        assertThat(times.isReading()).isFalse();
        times.reading();
        assertThat(times.isReading()).isTrue();
        pass(Duration.ofHours(3));
        times.ended(null);
        assertThat(times.isReading()).isFalse();
        assertThat(times.sinceLast()).isZero();
        pass(Duration.ofMinutes(2));
        assertThat(times.sinceLast()).isEqualTo(Duration.ofMinutes(2));
        times.leftOut();
        assertThat(times.sinceLast()).isZero();
    }

    @Test
    void given_a_local_clock_that_is_set_when_asked_then_it_makes_no_difference() {
        times.began();
        times.ended(now);
        now = now.plus(Duration.ofDays(400));
        nanos += Duration.ofMinutes(1).toNanos();

        assertThat(times.sinceLast()).isEqualTo(Duration.ofMinutes(1));
        assertThat(times.heldFor()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void given_rows_that_are_held_when_polls_go_on_then_time_counts_until_none_is_held() {
        pass(Duration.ofHours(5));
        Instant since = now;
        pass(Duration.ofMinutes(1));
        times.ended(since);
        assertThat(times.heldFor()).isEqualTo(Duration.ofMinutes(1));
        pass(Duration.ofHours(1));
        times.ended(since);
        assertThat(times.heldFor()).isEqualTo(Duration.ofMinutes(61));
        times.ended(since.plusSeconds(60));
        assertThat(times.heldFor()).as("another row is the oldest").isEqualTo(Duration.ofHours(1));
        times.ended(null);
        assertThat(times.heldFor()).isZero();
    }

    @Test
    void given_a_clock_that_was_set_ahead_when_a_row_is_held_then_not_for_longer_than_the_consumer_lives() {
        pass(Duration.ofMinutes(10));

        times.ended(now.minus(Duration.ofDays(2)));

        assertThat(times.heldFor()).isEqualTo(Duration.ofMinutes(10));
    }
}
