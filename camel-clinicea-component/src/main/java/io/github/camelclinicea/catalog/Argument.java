/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One argument of an operation.
 *
 * @param name the name on the wire
 * @param place where it travels; null is read as {@link Place#QUERY}, since Clinicea's writes take query parameters
 * @param type what its text must look like; null is read as {@link Type#TEXT}
 * @param required whether a call without it is refused before it is sent
 * @param recordId whether it takes the record's id, the {@code CamelCliniceaRecordId} header
 * @param value what is sent when the caller gives nothing, or null
 * @param fixed whether the value is always sent and no caller may give another: the argument is part of what the operation
 *     is
 * @param description what its name does not say, or null
 */
public record Argument(
        String name,
        Place place,
        Type type,
        boolean required,
        boolean recordId,
        String value,
        boolean fixed,
        String description) {

    /** Where an argument travels. */
    public enum Place {
        QUERY,
        PATH,
        BODY
    }

    /** What the text of an argument must look like. */
    public enum Type {
        TEXT("text", ".*", null),
        INTEGER("a whole number", "-?[0-9]{1,18}", null),
        /** {@code yyyy-MM-dd}. */
        DATE("a date like 2026-03-01", "[0-9]{4}-[0-9]{2}-[0-9]{2}", DateTimeFormatter.ISO_LOCAL_DATE),
        /** ISO 8601, with or without an offset. */
        DATE_TIME(
                "a date and time like 2026-03-01T09:30:00",
                DATE.pattern + "T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})?",
                DateTimeFormatter.ISO_DATE_TIME);

        private final String shape;
        private final Pattern pattern;
        private final DateTimeFormatter formatter;

        Type(String shape, String pattern, DateTimeFormatter formatter) {
            this.shape = shape;
            this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
            this.formatter = formatter;
        }

        /** @return what it looks like, in words and by an example */
        public String shape() {
            return shape;
        }

        /**
         * @param text the text of an argument, not null
         * @return whether it looks like this type, and is there in the calendar if it is a date
         */
        public boolean accepts(String text) {
            return pattern.matcher(text).matches() && (formatter == null || isThere(text));
        }

        private boolean isThere(String text) {
            try {
                formatter.parse(text);
                return true;
            } catch (DateTimeException e) {
                return false;
            }
        }
    }

    public Argument {
        Require.text(name, "argument.name");
        place = Objects.requireNonNullElse(place, Place.QUERY);
        type = Objects.requireNonNullElse(type, Type.TEXT);
        Require.that(value == null || type.accepts(value), "argument.value must be " + type.shape());
        Require.that(!fixed || value != null, "argument.value is missing, though it is fixed");
        Require.that(!fixed || !required && !recordId, "argument.fixed cannot be required or recordId as well");
    }

    /** @return the argument as an error tells of it: its name, whether it is required, and what it must look like */
    public String signature() {
        String about = (required ? "required" : "")
                + (required && type != Type.TEXT ? ", " : "")
                + (type != Type.TEXT ? type.shape() : "");
        return about.isEmpty() ? name : name + " (" + about + ")";
    }
}
