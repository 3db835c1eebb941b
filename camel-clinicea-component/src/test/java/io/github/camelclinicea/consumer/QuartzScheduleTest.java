/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.TimeZone;
import org.apache.camel.pollconsumer.quartz.QuartzScheduledPollConsumerScheduler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuartzScheduleTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private final QuartzScheduledPollConsumerScheduler scheduler = new QuartzScheduledPollConsumerScheduler();

    @ParameterizedTest
    @CsvSource({
        "0 0 3 * * ?,     UTC,           PT63H",
        "0 0 3 * * ?,     Asia/Kolkata,  PT57H30M",
        "0 0/5 * * * ?,   UTC,           PT15M",
        "* * * * * ?,     UTC,           PT3S",
        "0 0 0 1 1 ?,     UTC,           P944DT12H",
    })
    void given_a_cron_when_asked_then_it_is_the_time_to_the_third_fire_time(String cron, String zone, Duration due) {
        scheduler.setCron(cron);
        scheduler.setTimeZone(TimeZone.getTimeZone(zone));

        assertThat(QuartzSchedule.due(scheduler, NOON, 3)).contains(due);
    }

    @Test
    void given_a_cron_that_does_not_fire_three_times_any_more_when_asked_then_it_does_not_say() {
        scheduler.setCron("0 0 12 1 7 ? 2026-2027");

        assertThat(QuartzSchedule.due(scheduler, NOON, 3)).isEmpty();
        assertThat(QuartzSchedule.due(scheduler, NOON, 2)).isPresent();
    }

    @Test
    void given_what_is_no_cron_when_asked_then_it_does_not_say() {
        scheduler.setCron("now and then");

        assertThat(QuartzSchedule.due(scheduler, NOON, 3)).isEmpty();
    }

    @Test
    void given_the_name_of_the_scheduler_when_camel_quartz_is_there_then_it_is_its_class() {
        assertThat(QuartzCron.SCHEDULER).isEqualTo(QuartzScheduledPollConsumerScheduler.class.getName());
    }
}
