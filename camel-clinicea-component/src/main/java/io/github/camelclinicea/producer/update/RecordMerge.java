/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.update;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclinicea.CliniceaTimes;
import io.github.camelclinicea.catalog.Argument;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.producer.message.ArgumentText;
import io.github.camelclinicea.producer.message.Arguments;
import io.github.camelclinicea.producer.message.ClinicMoments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Applies the arguments of an update to its record. Null counts as not given, as everywhere in the producer: a Java
 * object has all of its fields, and its unset fields must not empty those of the record.
 *
 * <p>Specified by {@code MergedUpdateTest}.
 */
final class RecordMerge {
    private final Operation update;
    private final Arguments given;
    private final ClinicMoments moments;

    /**
     * @param update the update
     * @param given the arguments of the message
     * @param moments converts the times of the record
     */
    RecordMerge(Operation update, Arguments given, ClinicMoments moments) {
        this.update = update;
        this.given = given;
        this.moments = moments;
    }

    /**
     * Returns all arguments that the update has to send.
     *
     * @param record the record as it now is; not changed
     * @throws IllegalArgumentException if an argument is neither given nor a field of the record; its value would be
     *     lost
     */
    Arguments over(ObjectNode record) {
        ObjectNode whole;
        if (update.openBody()) {
            whole = record.deepCopy();
            apply(given.record(), whole);
        } else {
            refuseFieldsOfArguments();
            whole = given.record().deepCopy();
            whole.setAll(missing(record));
        }
        return new Arguments(whole, parameters(), given.recordId());
    }

    /** Applies fields to an object. Inner objects are merged field by field; an array is replaced. */
    private void apply(ObjectNode values, ObjectNode target) {
        for (Map.Entry<String, JsonNode> field : values.properties()) {
            if (!field.getValue().isNull()) {
                String own = fieldOf(field.getKey(), target);
                String name = own == null ? field.getKey() : own;
                if (field.getValue() instanceof ObjectNode inner
                        && target.get(name) instanceof ObjectNode innerTarget) {
                    apply(inner, innerTarget);
                } else {
                    target.set(name, field.getValue());
                }
            }
        }
    }

    /** Returns the arguments that are not given, with the values of the record. */
    private Map<String, JsonNode> missing(ObjectNode record) {
        Map<String, JsonNode> missing = new LinkedHashMap<>();
        List<String> withoutField = new ArrayList<>();
        for (Argument argument : update.callerArguments()) {
            if (argument.recordId() || isGiven(argument)) {
                continue;
            }
            String field = fieldOf(argument, record);
            if (field == null) {
                withoutField.add(argument.name());
            } else if (!isUnset(argument, record.get(field))) {
                JsonNode value = moments.ofRecord(argument, field, record.get(field), update.name());
                requireSendable(argument, field, value);
                missing.put(argument.name(), value);
            }
        }
        if (!withoutField.isEmpty()) {
            throw new IllegalArgumentException(update.name()
                    + " overwrites arguments that are not sent, and the record has no field for " + withoutField
                    + ": give each of them, with an empty text to empty it. Nothing was written");
        }
        return missing;
    }

    /**
     * Fails if the message gives the record's field in place of the argument that it is sent as. The old value of the
     * record would be sent beside the new one.
     */
    private void refuseFieldsOfArguments() {
        Set<String> names = new LinkedHashSet<>(given.parameters().keySet());
        given.record().fieldNames().forEachRemaining(names::add);
        update.callerArguments().forEach(argument -> names.remove(argument.name()));
        update.merge().fields().forEach((argument, field) -> {
            if (names.stream().anyMatch(field::equalsIgnoreCase)) {
                throw new IllegalArgumentException("'" + field + "' of " + update.name()
                        + " is the record's field for the argument '" + argument + "': give it as '" + argument
                        + "'. Nothing was written");
            }
        });
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

    /**
     * Returns whether a value can be sent. A blank is sent as text only; otherwise the record's value would be lost.
     */
    private static boolean isGiven(Argument argument, JsonNode value) {
        return value != null
                && !value.isNull()
                && (argument.type() == Argument.Type.TEXT
                        || !value.isTextual()
                        || !value.asText().isBlank());
    }

    /** Returns whether a field of the record has no value, so that its argument is left out. */
    private static boolean isUnset(Argument argument, JsonNode value) {
        boolean isDate =
                argument.type() == Argument.Type.DATE || argument.type().hasTime();
        return value.isNull() || isDate && CliniceaTimes.isUnset(value.asText());
    }

    private void requireSendable(Argument argument, String field, JsonNode value) {
        try {
            ArgumentText.of(argument, value, update.name());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The value of the record's field " + field + " cannot be sent as '" + argument.name() + "' of "
                            + update.name() + ", which must be "
                            + argument.type().shape()
                            + "; give the argument. Nothing was written",
                    e);
        }
    }

    private String fieldOf(Argument argument, ObjectNode record) {
        String otherName = update.merge().fields().get(argument.name());
        String field = otherName == null ? null : fieldOf(otherName, record);
        return field == null ? fieldOf(argument.name(), record) : field;
    }

    /** Returns the name as the record spells it, or null if it has no such field. */
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
