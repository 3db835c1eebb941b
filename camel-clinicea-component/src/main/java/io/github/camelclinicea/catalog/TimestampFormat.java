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
 * How a since-parameter spells a moment. Two spellings are known (docs/design/wire.md, section 2); a user may give
 * another one as a pattern.
 */
public final class TimestampFormat {
    private static final int LONGEST_PATTERN = 100;
    private static final Pattern QUOTED = Pattern.compile("'[^']*'");

    /** ISO 8601 with a numeric offset, {@code 2015-03-21T14:30:10+00:00}: the help page's own example. */
    public static final TimestampFormat ISO_OFFSET = new TimestampFormat("ISO_OFFSET", "yyyy-MM-dd'T'HH:mm:ssxxx");
    /**
     * UTC without zone or milliseconds, {@code 2015-03-21T14:30:10}: one report has both of them refused with a 400.
     */
    public static final TimestampFormat UTC_SECONDS = new TimestampFormat("UTC_SECONDS", "yyyy-MM-dd'T'HH:mm:ss");

    private final String name;
    private final DateTimeFormatter formatter;

    private TimestampFormat(String name, String pattern) {
        this.name = name;
        if (pattern.length() > LONGEST_PATTERN) {
            // A formatter of that many nested optional parts overflows the stack.
            throw new IllegalArgumentException(
                    "the timestamp format is longer than " + LONGEST_PATTERN + " characters");
        }
        if (QUOTED.matcher(pattern).replaceAll("").indexOf('p') >= 0) {
            // It prints some moments and fails at others, whose month or hour is longer.
            throw new IllegalArgumentException("the timestamp format " + pattern + " pads with the letter p");
        }
        try {
            // A server reads English, whatever the language of this machine.
            this.formatter =
                    DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
            // What cannot be printed shows only now, and some of it as an index out of bounds.
            formatter.format(Instant.EPOCH);
        } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("the timestamp format " + pattern + " is no pattern: " + e.getMessage());
        }
    }

    /**
     * @param text {@code ISO_OFFSET}, {@code UTC_SECONDS}, or a pattern of {@link DateTimeFormatter}, which is filled
     *     in with UTC; not null
     * @return the format
     * @throws IllegalArgumentException if it is none of these
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
     * @param instant not null; a fraction of a second is cut off, so that the text never names a later moment
     * @return the text as it stands in the query before percent-encoding
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

    /** @return the name or the pattern it was made of */
    @Override
    public String toString() {
        return name;
    }
}
