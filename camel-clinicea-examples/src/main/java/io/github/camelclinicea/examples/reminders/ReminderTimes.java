/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.reminders;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.util.TimeUtils;

/**
 * Says when the reminders of an appointment are due. All times of day are those of the clinic. Immutable.
 *
 * <p>A reminder whose time is in the quiet hours moves to their end. If that leaves less than the shortest notice, it
 * moves to half an hour before their beginning.
 */
final class ReminderTimes {
    private static final Pattern KIND = Pattern.compile("([a-z0-9-]{1,40}):(\\S+)");
    private static final Pattern DAYS = Pattern.compile("(\\d{1,3})d");
    private static final Pattern QUIET = Pattern.compile("(\\d\\d:\\d\\d)-(\\d\\d:\\d\\d)");
    private static final Duration BEFORE_QUIET = Duration.ofMinutes(30);
    private static final Duration LONGEST_QUIET = Duration.ofHours(20);

    /** A kind of reminder, and how long before the start it is due: days of the calendar, or elapsed time. */
    private record Kind(String name, Period days, Duration time) {
        Instant before(ZonedDateTime start) {
            return start.minus(days).minus(time).toInstant();
        }

        Duration shortest() {
            // A day of the calendar has at least 23 hours.
            return Duration.ofHours(23L * days.getDays()).plus(time);
        }
    }

    private record QuietHours(Instant begin, Instant end) {}

    private final ZoneId zone;
    private final List<Kind> kinds;
    private final LocalTime quietFrom;
    private final LocalTime quietTo;
    private final Duration minNotice;

    /**
     * Reads the settings.
     *
     * @param kinds each kind with its time before the start, such as {@code day-before:1d, two-hours:2h}
     * @param quietHours such as {@code 21:00-08:00}; blank for none
     * @param minNotice the shortest time before the start at which a reminder is sent, such as {@code 30m}
     * @throws IllegalArgumentException if one of them cannot be read, or a kind is due within the shortest notice
     */
    ReminderTimes(ZoneId zone, String kinds, String quietHours, String minNotice) {
        this.zone = zone;
        this.minNotice = duration(minNotice);
        List<Kind> read = new ArrayList<>();
        for (String kind : kinds.split(",")) {
            read.add(kind(kind.strip()));
        }
        if (read.stream().map(Kind::name).distinct().count() < read.size()) {
            throw new IllegalArgumentException("reminders.kinds has a kind twice");
        }
        read.sort(Collections.reverseOrder((one, other) -> one.shortest().compareTo(other.shortest())));
        this.kinds = List.copyOf(read);
        if (quietHours.isBlank()) {
            quietFrom = LocalTime.MIDNIGHT;
            quietTo = LocalTime.MIDNIGHT;
        } else {
            Matcher quiet = QUIET.matcher(quietHours.strip());
            if (!quiet.matches()) {
                throw new IllegalArgumentException("reminders.quiet-hours is not like 21:00-08:00");
            }
            quietFrom = time(quiet.group(1));
            quietTo = time(quiet.group(2));
        }
        Duration quiet = Duration.between(quietFrom, quietTo);
        if ((quiet.isNegative() ? quiet.plusDays(1) : quiet).compareTo(LONGEST_QUIET) > 0) {
            throw new IllegalArgumentException("reminders.quiet-hours are more than 20 hours");
        }
    }

    private Kind kind(String text) {
        Matcher kind = KIND.matcher(text);
        if (!kind.matches()) {
            throw new IllegalArgumentException("reminders.kinds is not like day-before:1d, two-hours:2h");
        }
        Matcher days = DAYS.matcher(kind.group(2));
        Kind read = days.matches()
                ? new Kind(kind.group(1), Period.ofDays(Integer.parseInt(days.group(1))), Duration.ZERO)
                : new Kind(kind.group(1), Period.ZERO, duration(kind.group(2)));
        if (read.shortest().compareTo(minNotice) <= 0) {
            throw new IllegalArgumentException("reminders.kinds: " + read.name() + " is within reminders.min-notice");
        }
        return read;
    }

    private static Duration duration(String text) {
        return Duration.ofMillis(TimeUtils.toMilliSeconds(text.strip()));
    }

    private static LocalTime time(String text) {
        try {
            return LocalTime.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("reminders.quiet-hours is not like 21:00-08:00", e);
        }
    }

    /**
     * Returns the reminders to plan for an appointment. One whose time is past is not planned, as for an appointment
     * that was booked an hour before. Of several at the same time, the one closest to the start is planned.
     *
     * @param start the appointment's start
     * @param now the present time
     * @return the time at which each kind is due
     */
    Map<String, Instant> plan(Instant start, Instant now) {
        Map<Instant, String> kindsByTime = new LinkedHashMap<>();
        for (Kind kind : kinds) {
            Instant due = outsideQuietHours(kind.before(start.atZone(zone)), start);
            if (due.isAfter(now)) {
                kindsByTime.put(due, kind.name());
            }
        }
        Map<String, Instant> plan = new HashMap<>();
        kindsByTime.forEach((due, kind) -> plan.put(kind, due));
        return plan;
    }

    private Instant outsideQuietHours(Instant due, Instant start) {
        QuietHours quiet = quietHours(due);
        if (quiet == null) {
            return due;
        }
        return quiet.end().isBefore(sendBefore(start))
                ? quiet.end()
                : quiet.begin().minus(BEFORE_QUIET);
    }

    /** Returns the moment from which on no reminder is sent any more. */
    Instant sendBefore(Instant start) {
        return start.minus(minNotice);
    }

    /** Returns whether no message is sent at a moment because of the time of day. */
    boolean isQuiet(Instant moment) {
        return quietHours(moment) != null;
    }

    /** Returns the quiet hours that a moment is in, or null. Those of the day before may last until this day. */
    private QuietHours quietHours(Instant moment) {
        LocalDate day = moment.atZone(zone).toLocalDate();
        for (LocalDate first : List.of(day.minusDays(1), day)) {
            LocalDate last = quietTo.isBefore(quietFrom) ? first.plusDays(1) : first;
            // Where clocks repeat an hour, both hours are quiet.
            Instant begin = first.atTime(quietFrom).atZone(zone).toInstant();
            Instant end =
                    last.atTime(quietTo).atZone(zone).withLaterOffsetAtOverlap().toInstant();
            if (!moment.isBefore(begin) && moment.isBefore(end)) {
                return new QuietHours(begin, end);
            }
        }
        return null;
    }
}
