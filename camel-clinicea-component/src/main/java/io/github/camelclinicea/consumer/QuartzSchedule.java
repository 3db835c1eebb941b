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

/** Reads the cron of {@code scheduler=quartz}. To be used with that scheduler only: without camel-quartz it cannot be loaded. */
final class QuartzSchedule {
    /** The class of the scheduler. */
    static final String SCHEDULER = "org.apache.camel.pollconsumer.quartz.QuartzScheduledPollConsumerScheduler";

    private QuartzSchedule() {}

    /**
     * Returns the time from a moment to the last of so many fire times after it.
     *
     * @param scheduler a scheduler of that class
     * @param since the moment, by the local clock
     * @param times how many fire times
     * @return the time; empty if the cron does not fire so often any more
     */
    static Optional<Duration> due(ScheduledPollConsumerScheduler scheduler, Instant since, int times) {
        QuartzScheduledPollConsumerScheduler quartz = (QuartzScheduledPollConsumerScheduler) scheduler;
        try {
            CronExpression cron = new CronExpression(quartz.getCron());
            cron.setTimeZone(quartz.getTimeZone());
            Date fires = Date.from(since);
            for (int i = 0; i < times && fires != null; i++) {
                fires = cron.getNextValidTimeAfter(fires);
            }
            return Optional.ofNullable(fires).map(last -> Duration.between(since, last.toInstant()));
        } catch (ParseException e) {
            // Quartz has taken it, so it is one that this class does not know.
            return Optional.empty();
        }
    }
}
