/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.update;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclinicea.catalog.Argument;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.producer.message.ArgumentText;
import io.github.camelclinicea.producer.message.Arguments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What is given for an update, laid over its record. What is null counts as not given, as everywhere else: an object of
 * a class has all of its fields, and those that nobody set must not empty the record's.
 */
final class RecordMerge {
    /** A date that was never set, as .NET sends it (docs/design/wire.md, section 3). */
    private static final Pattern UNSET = Pattern.compile("0001-01-01(T00:00(:00(\\.0+)?)?(Z|[+-]00:00)?)?");

    private final Operation update;
    private final Arguments given;

    /**
     * @param update the update
     * @param given what the message gives for it
     */
    RecordMerge(Operation update, Arguments given) {
        this.update = update;
        this.given = given;
    }

    /**
     * @param record the record as it is
     * @return all that the update has to send
     * @throws IllegalArgumentException if something is neither given nor to be had from the record; it would be lost
     */
    Arguments over(ObjectNode record) {
        ObjectNode whole;
        if (update.openBody()) {
            whole = record.deepCopy();
            lay(given.record(), whole);
        } else {
            whole = given.record().deepCopy();
            whole.setAll(missing(record));
        }
        return new Arguments(whole, parameters(), given.recordId());
    }

    /** Objects field by field, so that nothing in them is lost either; an array is a value like any other. */
    private void lay(ObjectNode upper, ObjectNode lower) {
        for (Map.Entry<String, JsonNode> field : upper.properties()) {
            if (!field.getValue().isNull()) {
                String own = fieldOf(field.getKey(), lower);
                String name = own == null ? field.getKey() : own;
                if (field.getValue() instanceof ObjectNode inner && lower.get(name) instanceof ObjectNode beneath) {
                    lay(inner, beneath);
                } else {
                    lower.set(name, field.getValue());
                }
            }
        }
    }

    /** @return what the record has of the arguments that are not given */
    private Map<String, JsonNode> missing(ObjectNode record) {
        Map<String, JsonNode> missing = new LinkedHashMap<>();
        List<String> nowhere = new ArrayList<>();
        for (Argument argument : update.callerArguments()) {
            if (argument.recordId() || isGiven(argument)) {
                continue;
            }
            String field = fieldOf(argument, record);
            if (field == null) {
                nowhere.add(argument.name());
            } else if (!isUnset(argument, record.get(field))) {
                requireSendable(argument, field, record.get(field));
                missing.put(argument.name(), record.get(field));
            }
        }
        if (!nowhere.isEmpty()) {
            throw new IllegalArgumentException(
                    update.name() + " overwrites what is not sent, and the record has no field for " + nowhere
                            + ": give each of them, with an empty text for what is to be empty. Nothing was written");
        }
        return missing;
    }

    private Map<String, JsonNode> parameters() {
        Map<String, JsonNode> parameters = new LinkedHashMap<>(given.parameters());
        for (Argument argument : update.callerArguments()) {
            if (!isGiven(argument, parameters.get(argument.name()))) {
                parameters.remove(argument.name());
            }
        }
        return parameters;
    }

    private boolean isGiven(Argument argument) {
        return isGiven(argument, given.parameters().get(argument.name()))
                || isGiven(argument, given.record().get(argument.name()));
    }

    /** A blank that cannot be sent would leave the argument out, and so overwrite what the record has. */
    private static boolean isGiven(Argument argument, JsonNode value) {
        return value != null
                && !value.isNull()
                && (argument.type() == Argument.Type.TEXT
                        || !value.isTextual()
                        || !value.asText().isBlank());
    }

    /** Leaving out what is not set sets nothing. */
    private static boolean isUnset(Argument argument, JsonNode value) {
        boolean date = argument.type() == Argument.Type.DATE || argument.type() == Argument.Type.DATE_TIME;
        return value.isNull() || date && isUnset(value.asText());
    }

    /**
     * @param date the text of a date, not null
     * @return whether it says that there is none
     */
    static boolean isUnset(String date) {
        return UNSET.matcher(date).matches();
    }

    private void requireSendable(Argument argument, String field, JsonNode value) {
        try {
            ArgumentText.of(argument, value, update.name());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "What the record has in its field " + field + " cannot be sent as '" + argument.name() + "' of "
                            + update.name() + ", which must be "
                            + argument.type().shape()
                            + "; give it. Nothing was written",
                    e);
        }
    }

    private String fieldOf(Argument argument, ObjectNode record) {
        String other = update.merge().fields().get(argument.name());
        String field = other == null ? null : fieldOf(other, record);
        return field == null ? fieldOf(argument.name(), record) : field;
    }

    /** @return the name as the record spells it; null if it has no such field */
    private static String fieldOf(String name, ObjectNode record) {
        if (record.has(name)) {
            return name;
        }
        List<String> alike = new ArrayList<>();
        record.fieldNames().forEachRemaining(field -> {
            if (field.equalsIgnoreCase(name)) {
                alike.add(field);
            }
        });
        if (alike.size() > 1) {
            throw new IllegalArgumentException(
                    "'" + name + "' may be any of the record's fields " + alike + ". Nothing was written");
        }
        return alike.isEmpty() ? null : alike.get(0);
    }
}
