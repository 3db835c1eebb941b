/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.consumer.PauseMonitor.Watch;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PauseMonitorTest {
    private long now = Long.MAX_VALUE - 1_000_000_000L;
    private final PauseMonitor pulse = new PauseMonitor(() -> now);

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void given_a_pulse_that_beats_when_much_time_passes_then_nothing_stood_still() {
        Watch watch = pulse.watch();

        for (int beat = 0; beat < 100; beat++) {
            pass(PauseMonitor.STANDSTILL);
            pulse.run();
        }

        assertThat(watch.stoodStill()).isFalse();
    }

    @Test
    void given_no_beat_for_too_long_when_asked_before_the_next_one_then_it_is_known_at_once_and_for_good() {
        Watch watch = pulse.watch();
        pass(PauseMonitor.STANDSTILL.plusNanos(1));

        assertThat(watch.stoodStill()).isTrue();
        pulse.run();
        assertThat(watch.stoodStill()).isTrue();
    }

    @Test
    void given_a_standstill_that_a_beat_found_when_asked_then_it_is_known_to_who_watched_and_not_to_who_came_after() {
        Watch before = pulse.watch();
        pass(PauseMonitor.STANDSTILL.multipliedBy(10));
        pulse.run();
        Watch after = pulse.watch();

        assertThat(before.stoodStill()).isTrue();
        assertThat(after.stoodStill()).isFalse();
    }

    @Test
    void given_a_standstill_when_the_next_watch_begins_then_it_does_not_count_for_that_one() {
        pass(PauseMonitor.STANDSTILL.multipliedBy(2));

        assertThat(pulse.watch().stoodStill()).isFalse();
    }

    @Test
    void given_an_error_in_a_beat_when_the_next_one_comes_then_it_beats_on() {
        AtomicBoolean failing = new AtomicBoolean();
        PauseMonitor beating = new PauseMonitor(() -> {
            if (failing.getAndSet(false)) {
                throw new OutOfMemoryError();
            }
            return now;
        });
        Watch watch = beating.watch();
        failing.set(true);

        beating.run();

        assertThat(failing).isFalse();
        pass(PauseMonitor.STANDSTILL.plusNanos(1));
        beating.run();
        assertThat(watch.stoodStill()).isTrue();
    }
}
