/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.testing.LogLines;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PollFailureLogTest {
    private static final Instant BEGIN = Instant.parse("2026-06-01T03:00:00Z");

    private final LogLines lines = new LogLines(PollFailureLog.class);
    private Instant now = BEGIN;
    private final PollFailureLog log = new PollFailureLog(() -> "sync", new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    @AfterEach
    void close() {
        lines.close();
    }

    private static CliniceaException failure(String message) {
        return new CliniceaException(message, "patients", "changes", 503, true, null);
    }

    private void failEachMinute(int minutes, String message) {
        for (int minute = 0; minute < minutes; minute++) {
            log.failed(failure(message));
            now = now.plus(Duration.ofMinutes(1));
        }
    }

    @Test
    void given_a_failed_poll_then_it_is_one_line_without_a_stack_and_the_stack_is_at_debug() {
        log.failed(failure("no response"));

        assertThat(lines.of("WARN")).singleElement().asString().contains("sync", "no response");
        assertThat(lines.withStack()).containsExactly("DEBUG");
    }

    @Test
    void given_the_same_failure_for_an_hour_then_it_is_named_every_ten_minutes_with_its_number() {
        failEachMinute(60, "no response");

        assertThat(lines.of("WARN")).hasSize(6);
        assertThat(lines.of("WARN").get(1)).contains("10 times since 2026-06-01T03:00:00Z", "no response");
        assertThat(lines.of("WARN").get(5)).contains("50 times since");
    }

    @Test
    void given_two_failures_by_turns_then_each_is_named_once() {
        for (int i = 0; i < 4; i++) {
            failEachMinute(1, "no response");
            failEachMinute(1, "the repository is away");
        }

        assertThat(lines.of("WARN")).hasSize(2);
    }

    @Test
    void given_polls_that_succeed_again_then_one_line_says_so_and_the_next_failure_is_named_again() {
        failEachMinute(3, "no response");
        log.succeeded();
        log.succeeded();

        assertThat(lines.of("INFO")).singleElement().asString().contains("sync", "after 3", "2026-06-01T03:00:00Z");
        failEachMinute(1, "no response");
        assertThat(lines.of("WARN")).hasSize(2);
    }

    @Test
    void given_a_clock_that_was_set_back_then_the_log_does_not_stay_silent() {
        failEachMinute(1, "no response");
        now = BEGIN.minus(Duration.ofDays(1));

        failEachMinute(1, "no response");

        assertThat(lines.of("WARN")).hasSize(2);
    }

    @Test
    void given_a_new_number_in_each_message_then_the_memory_has_a_bound() {
        IntStream.range(0, 100).forEach(i -> failEachMinute(1, "failure " + i));
        int before = lines.of("WARN").size();

        failEachMinute(1, "failure 99");

        assertThat(lines.of("WARN")).hasSize(before);
        failEachMinute(1, "failure 0");
        assertThat(lines.of("WARN")).as("it was forgotten").hasSize(before + 1);
    }

    @Test
    void given_any_other_exception_then_its_class_is_named_and_its_message_stays_one_line() {
        log.failed(new IllegalStateException("two\nlines"));
        log.failed(new NullPointerException());

        assertThat(lines.of("WARN").get(0)).contains("java.lang.IllegalStateException: two?lines");
        assertThat(lines.of("WARN").get(1)).endsWith("java.lang.NullPointerException");
    }
}
