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

/**
 * Converts the values of arguments to the text that is sent, and checks them against the catalogue.
 *
 * <p>Specified by {@code ArgumentsTest}.
 */
public final class ArgumentText {
    private ArgumentText() {}

    /**
     * Returns the text of a value. A blank text counts only for an optional argument of type text.
     *
     * @param argument the argument that the value is for
     * @param value the value, or null
     * @param operation the name of the operation, for the message
     * @return the text, or null if the value has none
     * @throws IllegalArgumentException if the value is of the wrong type; the message names the argument, not the value
     */
    public static String of(Argument argument, JsonNode value, String operation) {
        if (value == null || value.isNull()) {
            return null;
        }
        Type type = argument.type();
        if (type.hasTime() && isInstant(value)) {
            throw new IllegalArgumentException("'" + argument.name() + "' of " + operation
                    + " is given as a "
                    + ((POJONode) value).getPojo().getClass().getName()
                    + ", a moment; set clinicZone to the clinic's time zone to send it. Without that, give the time as"
                    + " Clinicea reads it" + (argument.utc() ? ", in UTC" : "")
                    + ", as a LocalDateTime or as text like 2026-03-01T09:30:00");
        }
        // Needed here too: a value may come from the server's record, which mergeOnUpdate sends back.
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

    private static boolean isInstant(JsonNode value) {
        return value instanceof POJONode pojo
                && MessageValues.clockTime(pojo.getPojo()) instanceof TemporalAccessor time
                && time.isSupported(ChronoField.INSTANT_SECONDS);
    }

    /**
     * Returns the text of a value as it is sent, without checking it.
     *
     * @param value a value that is no null; a container has an empty text
     * @param type the type of its argument
     */
    static String text(JsonNode value, Type type) {
        if (value instanceof POJONode pojo) {
            Object time = MessageValues.clockTime(pojo.getPojo());
            // The server refused fractions of a second by one report (docs/design/wire.md, section 2).
            return MessageValues.iso(
                    type.hasTime() && time instanceof LocalDateTime local
                            ? local.truncatedTo(ChronoUnit.SECONDS)
                            : time);
        }
        return value.isFloatingPointNumber() ? value.decimalValue().toPlainString() : value.asText();
    }
}
