/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.spi.ScheduledPollConsumerScheduler;
import org.apache.camel.support.DefaultScheduledPollConsumerScheduler;
import org.apache.camel.support.ScheduledPollConsumer;

/** Knows how often a consumer is to poll. */
@FunctionalInterface
interface PollSchedule {
    /** How many polls must be missing before it counts: one may be late, and one may have been under way. */
    int MISSING = 3;

    /**
     * Returns in what time so many polls that it counts should have begun.
     *
     * @param since when the last one began, by the local clock
     * @return that time; empty where the scheduler does not say when it polls
     */
    Optional<Duration> due(Instant since);

    /** Returns the schedule of a consumer, by the scheduler that it has when it is asked. */
    static PollSchedule of(ScheduledPollConsumer consumer) {
        return since -> {
            ScheduledPollConsumerScheduler scheduler = consumer.getScheduler();
            // Not started: another drives it. With a repeatCount it ends, and does not tell that it has.
            if (scheduler == null || !scheduler.isSchedulerStarted() || consumer.getRepeatCount() > 0) {
                return Optional.empty();
            }
            if (scheduler instanceof DefaultScheduledPollConsumerScheduler) {
                return Optional.of(delayOf(consumer).multipliedBy(MISSING));
            }
            // By its name: camel-quartz need not be there.
            return scheduler.getClass().getName().equals(QuartzSchedule.SCHEDULER)
                    ? fromCron(scheduler, since)
                    : Optional.empty();
        };
    }

    private static Optional<Duration> fromCron(ScheduledPollConsumerScheduler scheduler, Instant since) {
        try {
            return QuartzSchedule.due(scheduler, since, MISSING);
        } catch (LinkageError e) {
            // A bundle that is not wired to the Quartz that its scheduler runs on.
            return Optional.empty();
        }
    }

    private static Duration delayOf(ScheduledPollConsumer consumer) {
        return Duration.of(
                Math.max(1, consumer.getDelay()), consumer.getTimeUnit().toChronoUnit());
    }
}
