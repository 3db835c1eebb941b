/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.github.camelclinicea.catalog.Argument;
import io.github.camelclinicea.catalog.Argument.Type;
import java.time.LocalDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;

/** What is sent for a value, after it was held against what the catalogue says of the argument. */
public final class ArgumentText {
    private ArgumentText() {}

    /**
     * @param argument what the value is given for
     * @param value the value, or null
     * @param operation the operation, for the message
     * @return its text; null if there is none: an empty text is one only where any text will do
     * @throws IllegalArgumentException if it is of the wrong type; the message names the argument and not the value
     */
    public static String of(Argument argument, JsonNode value, String operation) {
        if (value == null || value.isNull()) {
            return null;
        }
        Type type = argument.type();
        if (type == Type.DATE_TIME && isMoment(value)) {
            throw new IllegalArgumentException("'" + argument.name() + "' of " + operation
                    + " is given as a "
                    + ((POJONode) value).getPojo().getClass().getName()
                    + ", a moment; which time zone Clinicea reads is not known, so give the clinic's local time, as a"
                    + " LocalDateTime or as text like 2026-03-01T09:30:00");
        }
        // Also of a record that the server sent, and that mergeOnUpdate sends back.
        NumberLimit.check("'" + argument.name() + "' of " + operation, value);
        String text = value.isContainerNode() || value.isBinary() ? null : text(value, type);
        if (text != null && text.isBlank() && (argument.required() || type != Type.TEXT)) {
            return null;
        }
        if (text == null || !type.accepts(text)) {
            throw new IllegalArgumentException("'" + argument.name() + "' of " + operation + " must be " + type.shape()
                    + (text == null ? ", not an object or an array, nor bytes" : ""));
        }
        return text;
    }

    private static boolean isMoment(JsonNode value) {
        return value instanceof POJONode pojo
                && MessageValues.clockTime(pojo.getPojo()) instanceof TemporalAccessor time
                && time.isSupported(ChronoField.INSTANT_SECONDS);
    }

    private static String text(JsonNode value, Type type) {
        if (value instanceof POJONode pojo) {
            Object time = MessageValues.clockTime(pojo.getPojo());
            // One report has fractions of a second refused (docs/design/wire.md, section 2).
            return MessageValues.iso(
                    type == Type.DATE_TIME && time instanceof LocalDateTime local
                            ? local.truncatedTo(ChronoUnit.SECONDS)
                            : time);
        }
        return value.isFloatingPointNumber() ? value.decimalValue().toPlainString() : value.asText();
    }
}
