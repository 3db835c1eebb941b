/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Calendar;
import java.util.Date;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Converts between the texts of times in Clinicea's records and moments. Use it as a bean, to convert any field of a
 * row: <code>.setHeader("start", method("times", "instant(${body[StartDateTime]})"))</code>.
 *
 * <p>A text without an offset is the local time of the clinic. Such times were seen in rows (docs/design/wire.md,
 * section 3); no document says in which zone {@code ModifiedDatetime} is. A text with an offset or {@code Z} is taken
 * as it is.
 *
 * <p>Where clocks are set back, one local time stands for two moments; it is taken for the earlier one. Where clocks are
 * set forward, a local time may not exist. It is taken for the time that clocks show instead, later by the change.
 * Immutable.
 */
public final class CliniceaTimes {
    private static final DateTimeFormatter ISO_8601 = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd")
            .optionalStart()
            .appendPattern("'T'HH:mm")
            .optionalStart()
            .appendPattern(":ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .optionalEnd()
            .appendPattern("[XXX][XX]")
            .optionalEnd()
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    /** The form of .NET: milliseconds since 1970, and an offset that does not change the moment. */
    private static final Pattern EPOCH = Pattern.compile("/Date\\((-?\\d{1,15})([+-]\\d{4})?\\)/");

    /** The date that .NET sends for one that was never set (docs/design/wire.md, section 3). */
    private static final String UNSET = "0001-01-01";

    private static final Instant FIRST_SET = Instant.parse("0001-01-03T00:00:00Z");

    private final ZoneId zone;

    /**
     * Creates a converter for the clinic's zone.
     *
     * @param clinicZone the id of the zone, such as {@code Asia/Dubai}, or an offset like {@code +04:00}
     * @throws IllegalArgumentException if it is not the id of a zone
     */
    public CliniceaTimes(String clinicZone) {
        try {
            this.zone = ZoneId.of(clinicZone);
        } catch (DateTimeException | NullPointerException e) {
            throw new IllegalArgumentException("clinicZone is not the id of a time zone; give one like Asia/Dubai", e);
        }
    }

    /** {@return the zone of the clinic} */
    public ZoneId zone() {
        return zone;
    }

    /**
     * Returns the moment of a time in a record.
     *
     * @param time a text in ISO 8601 with or without an offset, {@code /Date(…)/} of .NET, or a moment of Java. A date
     *     without a time is the start of that day in the clinic
     * @return the moment; null for null, a blank text, and the date {@code 0001-01-01} of one that was never set
     * @throws IllegalArgumentException if it is no time; the message does not quote it
     */
    public Instant instant(Object time) {
        Instant moment = moment(time);
        if (moment != null) {
            return moment;
        }
        String text = text(time);
        if (text.isEmpty() || isUnset(text)) {
            return null;
        }
        Matcher epoch = EPOCH.matcher(text);
        if (epoch.matches()) {
            return ofEpoch(epoch);
        }
        try {
            return instant(parse(text));
        } catch (DateTimeException e) {
            // The message of the exception quotes the text, which may be a patient's.
            throw new IllegalArgumentException(
                    "The value is no time: it is neither ISO 8601, like 2026-03-01T09:30:00, nor /Date(…)/");
        }
    }

    private Instant instant(TemporalAccessor time) {
        if (time instanceof OffsetDateTime offset) {
            return offset.toInstant();
        }
        return local(time).atZone(zone).toInstant();
    }

    private static Instant ofEpoch(Matcher epoch) {
        return Instant.ofEpochMilli(Long.parseLong(epoch.group(1)));
    }

    /**
     * {@return whether a text stands for a date that was never set: the first day of the year 1, with any time and
     * offset, or the milliseconds of .NET for it}
     *
     * @param text a text of a record, trimmed
     */
    public static boolean isUnset(String text) {
        Matcher epoch = EPOCH.matcher(text);
        return text.startsWith(UNSET) || epoch.matches() && ofEpoch(epoch).isBefore(FIRST_SET);
    }

    /**
     * Returns the moment of a text that needs no zone: one with an offset, or {@code /Date(…)/} of .NET.
     *
     * @param text a text of a record, or null
     * @return the moment; null if the text has none, or was never set
     */
    public static Instant exactInstant(String text) {
        if (text == null || isUnset(text)) {
            return null;
        }
        Matcher epoch = EPOCH.matcher(text);
        if (epoch.matches()) {
            return ofEpoch(epoch);
        }
        try {
            return parse(text) instanceof OffsetDateTime offset ? offset.toInstant() : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static LocalDateTime local(TemporalAccessor time) {
        return time instanceof LocalDateTime with ? with : ((LocalDate) time).atStartOfDay();
    }

    /**
     * Returns whether a time in a record stands for exactly one moment. A local time does not in the hour that clocks
     * repeat, nor in the one that they skip. A time with an offset does, and so does {@code /Date(…)/}.
     *
     * @param time as for {@link #instant}
     * @return false also if the time was never set
     * @throws IllegalArgumentException as for {@link #instant}
     */
    public boolean isOneMoment(Object time) {
        if (instant(time) == null) {
            return false;
        }
        return moment(time) != null || isExact(text(time));
    }

    private boolean isExact(String text) {
        return EPOCH.matcher(text).matches()
                || parse(text) instanceof OffsetDateTime
                || zone.getRules().getValidOffsets(local(parse(text))).size() == 1;
    }

    private static String text(Object time) {
        Object local = time instanceof java.sql.Timestamp timestamp ? timestamp.toLocalDateTime() : time;
        return local == null ? "" : local.toString().trim();
    }

    /**
     * Returns the moment of a time in a record as a date and time of the clinic.
     *
     * @param time as for {@link #instant}
     * @return the date and time with the zone; null as for {@link #instant}
     * @throws IllegalArgumentException as for {@link #instant}
     */
    public ZonedDateTime zoned(Object time) {
        Instant instant = instant(time);
        return instant == null ? null : instant.atZone(zone);
    }

    /**
     * Returns the clinic's local time at a moment as Clinicea writes it, such as {@code 2026-03-01T09:30:00}. A fraction
     * of a second is cut off. Where clocks are set back, two moments have the same local time.
     *
     * @param time as for {@link #instant}
     * @return the text; null as for {@link #instant}
     * @throws IllegalArgumentException as for {@link #instant}
     */
    public String local(Object time) {
        ZonedDateTime zoned = zoned(time);
        return zoned == null
                ? null
                : zoned.truncatedTo(ChronoUnit.SECONDS).format(DateTimeFormatter.ISO_LOCAL_DATE_TIME);
    }

    /**
     * Returns the moment of an object of Java that stands for exactly one; null for any other object. The types of JDBC
     * stand for none: they have the local time of this machine.
     */
    static Instant moment(Object value) {
        if (value instanceof java.sql.Timestamp || value instanceof java.sql.Date || value instanceof java.sql.Time) {
            return null;
        }
        if (value instanceof Date date) {
            return date.toInstant();
        }
        if (value instanceof Calendar calendar) {
            return calendar.toInstant();
        }
        return value instanceof TemporalAccessor time && time.isSupported(ChronoField.INSTANT_SECONDS)
                ? Instant.from(time)
                : null;
    }

    /**
     * Returns the {@link OffsetDateTime}, {@link LocalDateTime} or {@link LocalDate} of a text in ISO 8601.
     *
     * @throws DateTimeException if it is none; the message quotes the text
     */
    static TemporalAccessor parse(String text) {
        return ISO_8601.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
    }

    /** Returns the id of the zone. */
    @Override
    public String toString() {
        return "CliniceaTimes of " + zone;
    }
}
