/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.camelclinicea.CliniceaTimes;
import io.github.camelclinicea.catalog.Argument;
import io.github.camelclinicea.catalog.Argument.Type;
import io.github.camelclinicea.catalog.Operation;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Replaces moments, such as an {@code Instant}, by the texts that Clinicea reads: the local time of the clinic, or UTC
 * where the catalogue says so. Needs the option {@code clinicZone}. Local times and texts of a message are left as they
 * are. Immutable.
 *
 * <p>Specified by {@code ClinicZoneWritesTest}.
 */
public final class ClinicMoments {
    private static final Pattern WITH_OFFSET = Pattern.compile(".*(Z|[+-]\\d{2}:\\d{2})");
    private static final int LAST_YEAR = 9_999;
    private static final String DOT_NET = "/Date(";

    private final CliniceaTimes times;

    /** @param times converts the clinic's times; null if its zone is not known, which leaves moments as they are */
    public ClinicMoments(CliniceaTimes times) {
        this.times = times;
    }

    /**
     * Returns the arguments with texts in place of all moments.
     *
     * @param given the arguments of a message; not changed
     * @param operation the operation that takes them
     * @throws IllegalArgumentException if the year of a moment has not four digits
     */
    public Arguments replaceIn(Arguments given, Operation operation) {
        if (times == null) {
            return given;
        }
        ObjectNode record = given.record().deepCopy();
        for (Map.Entry<String, JsonNode> field : record.properties()) {
            Optional<Argument> argument = operation.openBody() ? Optional.empty() : argument(operation, field.getKey());
            field.setValue(replaced(field.getValue(), argument));
        }
        Map<String, JsonNode> parameters = new LinkedHashMap<>();
        given.parameters().forEach((name, value) -> parameters.put(name, replaced(value, argument(operation, name))));
        return new Arguments(record, parameters, given.recordId());
    }

    private static Optional<Argument> argument(Operation operation, String name) {
        return operation.arguments().stream()
                .filter(argument -> argument.name().equals(name))
                .findFirst();
    }

    /** Returns a value without moments. Inner objects and arrays are replaced in place. */
    private JsonNode replaced(JsonNode value, Optional<Argument> argument) {
        if (value instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(replaced(field.getValue(), Optional.empty())));
        } else if (value instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, replaced(array.get(i), Optional.empty()));
            }
        } else if (value instanceof POJONode pojo
                && MessageValues.clockTime(pojo.getPojo()) instanceof TemporalAccessor time
                && time.isSupported(ChronoField.INSTANT_SECONDS)) {
            return TextNode.valueOf(text(time, argument));
        }
        return value;
    }

    private String text(TemporalAccessor moment, Optional<Argument> argument) {
        try {
            LocalDateTime time = argument.filter(Argument::utc).isPresent() ? utc(moment) : local(moment);
            if (time.getYear() < 1 || time.getYear() > LAST_YEAR) {
                throw new DateTimeException("its year has not four digits");
            }
            return argument.map(Argument::type).filter(Type.DATE::equals).isPresent()
                    ? time.toLocalDate().toString()
                    : iso(time);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("A moment is out of range: its year must have four digits", e);
        }
    }

    private LocalDateTime utc(Object time) {
        return LocalDateTime.ofInstant(times.instant(time), ZoneOffset.UTC);
    }

    private LocalDateTime local(Object time) {
        return times.zoned(time).toLocalDateTime();
    }

    /** Cuts off a fraction of a second: the server refused one by one report (docs/design/wire.md, section 2). */
    private static String iso(LocalDateTime time) {
        return time.truncatedTo(ChronoUnit.SECONDS).format(DateTimeFormatter.ISO_LOCAL_DATE_TIME);
    }

    /**
     * Returns the value of a record's field as an argument of an update that sends it back. A time is converted if the
     * argument is in UTC and the record's time is local, or if it has the form of .NET. A time that was never set becomes
     * null.
     *
     * @param argument the argument
     * @param field the name of the field, for the message
     * @param value its value
     * @param operation the name of the update, for the message
     * @throws IllegalArgumentException if it must be converted and {@code clinicZone} is not set: sent as it is, it
     *     would be another moment. Also if its local time is one that clocks repeat or skip
     */
    public JsonNode ofRecord(Argument argument, String field, JsonNode value, String operation) {
        Type type = argument.type();
        String text = value.isTextual() ? value.asText() : "";
        boolean isDotNet = text.startsWith(DOT_NET) && (type == Type.DATE || type == Type.DATE_TIME);
        boolean isLocal = argument.utc()
                && type.accepts(text)
                && !WITH_OFFSET.matcher(text).matches();
        if (times == null && isLocal) {
            throw new IllegalArgumentException(
                    "The record's field " + field + " has the local time of the clinic, and '"
                            + argument.name() + "' of " + operation
                            + " is sent in UTC: set clinicZone to the clinic's time zone"
                            + " to convert it, or give '" + argument.name() + "' in UTC. Nothing was written");
        }
        if (times == null || !isLocal && !isDotNet || !isTime(text)) {
            return value;
        }
        if (times.instant(text) == null) {
            return NullNode.getInstance();
        }
        if (!times.isOneMoment(text)) {
            throw new IllegalArgumentException("The record's field " + field
                    + " has a local time that the clocks of clinicZone repeat or skip, so its moment is not known: give '"
                    + argument.name() + "' in UTC. Nothing was written");
        }
        LocalDateTime time = argument.utc() ? utc(text) : local(text);
        return TextNode.valueOf(type == Type.DATE ? time.toLocalDate().toString() : iso(time));
    }

    private boolean isTime(String text) {
        try {
            times.instant(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
