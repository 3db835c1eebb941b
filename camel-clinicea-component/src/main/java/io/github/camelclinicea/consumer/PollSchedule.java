/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.spi.ScheduledPollConsumerScheduler;
import org.apache.camel.support.DefaultScheduledPollConsumerScheduler;
import org.apache.camel.support.ScheduledPollConsumer;

/**
 * Says in what time a consumer should have polled.
 *
 * <p>Specified by {@code SyncHealthCheckTest} and {@code QuartzScheduleTest}.
 */
@FunctionalInterface
interface PollSchedule {
    /** The number of polls that must be missed to count: one may be late, and one may have been running. */
    int MISSING = 3;

    /**
     * Returns the time in which {@link #MISSING} polls should have begun.
     *
     * @param since when the last poll began, by the local clock
     * @return the time; empty if the scheduler does not say when it polls
     */
    Optional<Duration> due(Instant since);

    /** Returns the schedule of a consumer. Each call of {@link #due} uses the consumer's scheduler at that moment. */
    static PollSchedule of(ScheduledPollConsumer consumer) {
        return since -> {
            ScheduledPollConsumerScheduler scheduler = consumer.getScheduler();
            // A scheduler that is not started is driven from outside. One with a repeatCount ends without saying so.
            if (scheduler == null || !scheduler.isSchedulerStarted() || consumer.getRepeatCount() > 0) {
                return Optional.empty();
            }
            if (scheduler instanceof DefaultScheduledPollConsumerScheduler) {
                return Optional.of(delayOf(consumer).multipliedBy(MISSING));
            }
            // By name, since camel-quartz may not be on the class path.
            return scheduler.getClass().getName().equals(QuartzCron.SCHEDULER)
                    ? fromCron(scheduler, since)
                    : Optional.empty();
        };
    }

    private static Optional<Duration> fromCron(ScheduledPollConsumerScheduler scheduler, Instant since) {
        try {
            return QuartzSchedule.due(scheduler, since, MISSING);
        } catch (LinkageError e) {
            // In OSGi, this bundle may not be wired to the Quartz of the scheduler.
            return Optional.empty();
        }
    }

    private static Duration delayOf(ScheduledPollConsumer consumer) {
        return Duration.of(
                Math.max(1, consumer.getDelay()), consumer.getTimeUnit().toChronoUnit());
    }
}
