/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import io.github.camelclinicea.event.LogText;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import org.quartz.CronExpression;

/**
 * Reads a cron as Camel's Quartz scheduler does. Use it only where Quartz is on the class path: without it, this class
 * cannot be loaded.
 *
 * <p>Specified by {@code ScheduleOptionsTest} and {@code QuartzScheduleTest}.
 */
public final class QuartzCron {
    /** The class name of Camel's scheduler. A constant, so that its use does not load this class. */
    public static final String SCHEDULER = "org.apache.camel.pollconsumer.quartz.QuartzScheduledPollConsumerScheduler";

    private static final int FIELDS_OF_UNIX = 5;

    private QuartzCron() {}

    /**
     * Checks that a cron will fire.
     *
     * @param cron the cron
     * @param now the moment from which it must fire
     * @throws IllegalArgumentException if Quartz cannot read the cron, or it never fires; the message continues a
     *     sentence that begins with the cron
     */
    public static void check(String cron, Instant now) {
        int fields = readable(cron).split("\\s+").length;
        if (fields == FIELDS_OF_UNIX) {
            throw new IllegalArgumentException(
                    "has 5 fields. A cron of Quartz has 6 or 7 and begins with the seconds, as in 0 0/5 8-19 ? * MON-SAT");
        }
        try {
            if (parse(cron).getNextValidTimeAfter(Date.from(now)) == null) {
                throw new IllegalArgumentException("never fires from now on. Check its day, month and year");
            }
        } catch (ParseException | IllegalStateException | IndexOutOfBoundsException | UnsupportedOperationException e) {
            throw new IllegalArgumentException(
                    "is not a cron of Quartz: " + LogText.of(e.getMessage())
                            + ". Give seconds, minutes, hours, day of the month,"
                            + " month and day of the week, one of the two days as ?, as in 0 0/5 8-19 ? * MON-SAT",
                    e);
        }
    }

    /** Returns the cron, in the time zone of the process. */
    static CronExpression parse(String cron) throws ParseException {
        return new CronExpression(readable(cron));
    }

    /** Camel takes a plus for a blank. */
    private static String readable(String cron) {
        return cron.replace('+', ' ').trim();
    }
}
