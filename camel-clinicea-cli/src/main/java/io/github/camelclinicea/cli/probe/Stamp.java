/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the time in a field of a row. A time without an offset counts as UTC, which is right for comparing rows with
 * each other only.
 *
 * <p>Specified by {@code StampTest}.
 */
final class Stamp {
    private static final Pattern ISO = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?)(Z|[+-]\\d{2}:\\d{2})?");

    /** The form of older .NET serializers: milliseconds of the epoch. */
    private static final Pattern DOT_NET = Pattern.compile("/Date\\((-?\\d{1,17})([+-]\\d{4})?\\)/");

    private static final String UNSET = "0001-01-01";

    private Stamp() {}

    /** Returns the time of a value; empty if it is none, or the date that .NET has for none. */
    static Optional<Instant> of(JsonNode value) {
        if (value == null || !value.isTextual() || isUnset(value)) {
            return Optional.empty();
        }
        try {
            Matcher iso = ISO.matcher(value.textValue());
            if (iso.matches()) {
                String local = iso.group(1).replace(' ', 'T');
                return Optional.of(
                        iso.group(2) == null
                                ? LocalDateTime.parse(local).toInstant(ZoneOffset.UTC)
                                : OffsetDateTime.parse(local + iso.group(2)).toInstant());
            }
            Matcher dotNet = DOT_NET.matcher(value.textValue());
            return dotNet.matches()
                    ? Optional.of(Instant.ofEpochMilli(Long.parseLong(dotNet.group(1))))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Returns whether a value is the date that .NET has for none. */
    static boolean isUnset(JsonNode value) {
        return value.isTextual() && value.textValue().startsWith(UNSET);
    }

    /** Returns whether a value is a date in the form of older .NET serializers. */
    static boolean isDotNet(JsonNode value) {
        return value.isTextual() && value.textValue().startsWith("/Date(");
    }
}
