/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Formats the checkpoint for a request. Two formats are known (docs/design/wire.md, section 2). A user may give
 * another one as a pattern.
 */
public final class TimestampFormat {
    private static final int LONGEST_PATTERN = 100;
    private static final Pattern QUOTED = Pattern.compile("'[^']*'");

    /** ISO 8601 with a numeric offset, {@code 2015-03-21T14:30:10+00:00}: the help page's own example. */
    public static final TimestampFormat ISO_OFFSET = new TimestampFormat("ISO_OFFSET", "yyyy-MM-dd'T'HH:mm:ssxxx");
    /**
     * UTC without zone or milliseconds, {@code 2015-03-21T14:30:10}. By one report, the server refuses both with a
     * 400.
     */
    public static final TimestampFormat UTC_SECONDS = new TimestampFormat("UTC_SECONDS", "yyyy-MM-dd'T'HH:mm:ss");

    private final String name;
    private final DateTimeFormatter formatter;

    private TimestampFormat(String name, String pattern) {
        this.name = name;
        if (pattern.length() > LONGEST_PATTERN) {
            // A longer pattern may nest so many optional parts that the formatter overflows the stack.
            throw new IllegalArgumentException(
                    "the timestamp format is longer than " + LONGEST_PATTERN + " characters");
        }
        if (QUOTED.matcher(pattern).replaceAll("").indexOf('p') >= 0) {
            // Padding fails for a moment whose month or hour is longer than the pad width.
            throw new IllegalArgumentException("the timestamp format " + pattern + " pads with the letter p");
        }
        try {
            // The server reads English, also if this machine has another language.
            this.formatter =
                    DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
            // Some patterns fail only here, some of them with an IndexOutOfBoundsException.
            formatter.format(Instant.EPOCH);
        } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "the timestamp format " + pattern + " is not a pattern: " + e.getMessage());
        }
    }

    /**
     * {@return the format of a name or pattern}
     *
     * @param text {@code ISO_OFFSET}, {@code UTC_SECONDS}, or a pattern of {@link DateTimeFormatter}, which formats in
     *     UTC; not null
     * @throws IllegalArgumentException if the text is not one of these
     */
    @JsonCreator
    public static TimestampFormat of(String text) {
        return switch (text) {
            case "ISO_OFFSET" -> ISO_OFFSET;
            case "UTC_SECONDS" -> UTC_SECONDS;
            default -> new TimestampFormat(text, text);
        };
    }

    /**
     * {@return a moment as text, before percent-encoding} A fraction of a second is cut off, so that the text never
     * names a later moment.
     *
     * @param instant the moment, not null
     */
    public String format(Instant instant) {
        return formatter.format(instant.truncatedTo(ChronoUnit.SECONDS));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TimestampFormat format && format.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** Returns the name or the pattern of the format. */
    @Override
    public String toString() {
        return name;
    }
}
