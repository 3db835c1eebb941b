/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Describes one argument of an operation.
 *
 * <p>Specified by {@code CatalogueTest}.
 *
 * @param name the name on the wire
 * @param place the part of the request that carries it. Null means {@link Place#QUERY}, since Clinicea's writes take
 *     query parameters
 * @param type the format of its text; null means {@link Type#TEXT}
 * @param required whether an operation without it is rejected before anything is sent
 * @param recordId whether the header {@code CamelCliniceaRecordId} gives its value
 * @param value the default value, or null
 * @param fixed whether {@code value} is always sent and a message must not give another one
 * @param description what its name does not say, or null
 * @param utc whether its users send a time without an offset in UTC, while the times of records are those of the clinic
 */
public record Argument(
        String name,
        Place place,
        Type type,
        boolean required,
        boolean recordId,
        String value,
        boolean fixed,
        String description,
        boolean utc) {

    /** The part of a request that carries an argument. */
    public enum Place {
        /** The query. */
        QUERY,
        /** The path. */
        PATH,
        /** The JSON body. */
        BODY
    }

    /** The format of an argument's text. */
    public enum Type {
        /** Any text. */
        TEXT("text", ".*", null),
        /** A whole number of at most 18 digits. */
        INTEGER("a whole number", "-?[0-9]{1,18}", null),
        /** A date, {@code yyyy-MM-dd}. */
        DATE("a date like 2026-03-01", "[0-9]{4}-[0-9]{2}-[0-9]{2}", DateTimeFormatter.ISO_LOCAL_DATE),
        /** A date and time in ISO 8601, with or without an offset. */
        DATE_TIME(
                "a date and time like 2026-03-01T09:30:00",
                DATE.pattern + "T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})?",
                DateTimeFormatter.ISO_DATE_TIME),
        /** A date, or a date and time. Each is sent as it is given. */
        DATE_OR_TIME(
                DATE.shape + ", or a date and time like 2026-03-01T09:30:00",
                DATE.pattern + "|" + DATE_TIME.pattern,
                new DateTimeFormatterBuilder()
                        .append(DateTimeFormatter.ISO_LOCAL_DATE)
                        .appendOptional(new DateTimeFormatterBuilder()
                                .appendLiteral('T')
                                .append(DateTimeFormatter.ISO_TIME)
                                .toFormatter())
                        .toFormatter()
                        .withResolverStyle(ResolverStyle.STRICT));

        private final String shape;
        private final Pattern pattern;
        private final DateTimeFormatter formatter;

        Type(String shape, String pattern, DateTimeFormatter formatter) {
            this.shape = shape;
            this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
            this.formatter = formatter;
        }

        /** {@return whether a text of this format may have a time of day} */
        public boolean hasTime() {
            return this == DATE_TIME || this == DATE_OR_TIME;
        }

        /** {@return the format in words, with an example for dates} */
        public String shape() {
            return shape;
        }

        /**
         * {@return whether a text has this format} A date must also exist in the calendar.
         *
         * @param text the text of an argument, not null
         */
        public boolean accepts(String text) {
            return pattern.matcher(text).matches() && (formatter == null || existsInCalendar(text));
        }

        private boolean existsInCalendar(String text) {
            try {
                formatter.parse(text);
                return true;
            } catch (DateTimeException e) {
                return false;
            }
        }
    }

    /**
     * Checks the row.
     *
     * @param name the component of that name
     * @param place the component of that name
     * @param type the component of that name
     * @param required the component of that name
     * @param recordId the component of that name
     * @param value the component of that name
     * @param fixed the component of that name
     * @param description the component of that name
     * @param utc the component of that name
     * @throws IllegalArgumentException if a value is missing or wrong
     */
    public Argument {
        Require.text(name, "argument.name");
        place = Objects.requireNonNullElse(place, Place.QUERY);
        type = Objects.requireNonNullElse(type, Type.TEXT);
        Require.that(value == null || type.accepts(value), "argument.value must be " + type.shape());
        Require.that(!fixed || value != null, "argument.value is missing, though it is fixed");
        Require.that(!fixed || !required && !recordId, "argument.fixed cannot be required or recordId as well");
        Require.that(!utc || type == Type.DATE_TIME, "argument.utc is for the type DATE_TIME only");
    }

    /**
     * {@return the argument as error messages name it: its name, and in parentheses whether it is required and its
     * format}
     */
    public String signature() {
        String details = (required ? "required" : "")
                + (required && type != Type.TEXT ? ", " : "")
                + (type != Type.TEXT ? type.shape() : "");
        return details.isEmpty() ? name : name + " (" + details + ")";
    }
}
