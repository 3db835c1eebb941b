/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.apache.camel.pollconsumer.quartz.QuartzScheduledPollConsumerScheduler;
import org.apache.camel.spi.ScheduledPollConsumerScheduler;
import org.quartz.CronExpression;

/**
 * Says when the cron of {@code scheduler=quartz} fires. Use it with that scheduler only: without camel-quartz it cannot
 * be loaded.
 */
final class QuartzSchedule {
    private QuartzSchedule() {}

    /**
     * Returns the time until the cron has fired a number of times.
     *
     * @param scheduler a scheduler of the class {@link QuartzCron#SCHEDULER}
     * @param since the moment from which to count, by the local clock
     * @param times the number of times
     * @return the time; empty if the cron will not fire that often
     */
    static Optional<Duration> due(ScheduledPollConsumerScheduler scheduler, Instant since, int times) {
        QuartzScheduledPollConsumerScheduler quartz = (QuartzScheduledPollConsumerScheduler) scheduler;
        try {
            CronExpression cron = QuartzCron.parse(quartz.getCron());
            cron.setTimeZone(quartz.getTimeZone());
            Date fires = Date.from(since);
            for (int i = 0; i < times && fires != null; i++) {
                fires = cron.getNextValidTimeAfter(fires);
            }
            return Optional.ofNullable(fires).map(last -> Duration.between(since, last.toInstant()));
        } catch (ParseException e) {
            // Quartz accepted the cron, so it has a form that this class does not know.
            return Optional.empty();
        }
    }
}
