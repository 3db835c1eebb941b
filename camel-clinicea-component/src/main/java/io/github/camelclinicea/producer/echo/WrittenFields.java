/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.echo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.camelclinicea.DataStatus;
import io.github.camelclinicea.catalog.Argument;
import io.github.camelclinicea.catalog.ChangeList;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.producer.message.Arguments;
import io.github.camelclinicea.producer.message.MessageValues;
import io.github.camelclinicea.row.RecordId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds the fields that a message writes, and compares them with what the server shows afterwards. A field counts as
 * written only under its own name, in any capitals, and with the given value. Any other difference may be the change of
 * another user.
 *
 * <p>Specified by {@code EchoTest}.
 */
final class WrittenFields {
    private static final Set<String> STATUSES_OF_CHANGES =
            Set.of(DataStatus.NONE.wireName(), DataStatus.ADDED.wireName(), DataStatus.MODIFIED.wireName());

    private final Map<String, JsonNode> written = new HashMap<>();
    private final Set<String> stamps;
    private final Set<String> statuses;
    private final Set<String> ids;

    /**
     * @param operation the write
     * @param arguments the arguments of the message, without the fields that a merge adds
     * @param changes names the fields of the id, and of stamp and status, which differ after every change
     */
    WrittenFields(Operation operation, Arguments arguments, ChangeList changes) {
        arguments.parameters().forEach(this::write);
        arguments.record().properties().forEach(field -> write(field.getKey(), field.getValue()));
        operation.arguments().stream().filter(Argument::recordId).forEach(id -> written.remove(lower(id.name())));
        stamps = lower(changes.modifiedFields());
        statuses = lower(changes.statusFields());
        ids = lower(changes.idFields());
    }

    private void write(String name, JsonNode value) {
        written.put(
                lower(name),
                value instanceof POJONode time ? TextNode.valueOf(MessageValues.iso(time.getPojo())) : value);
    }

    /**
     * Returns whether a record holds all that was written and is otherwise as before.
     *
     * @param before the record before it was written
     * @param after the record some time after
     */
    boolean areOnlyDifference(ObjectNode before, ObjectNode after) {
        return areAllIn(after) && restIsAsIn(before, after) && restIsAsIn(after, before);
    }

    /**
     * Returns whether a new record holds all that was written, and otherwise only what the response to the create held.
     *
     * @param response the record as the response to the create shows it
     * @param after the record some time after
     */
    boolean areOnlyAdditionTo(ObjectNode response, ObjectNode after) {
        return areAllIn(after) && restIsAsIn(after, response);
    }

    /**
     * Returns whether each field of a row of the change list is explained: it was written so, is the id, the stamp or
     * the status, or has the same value in the record. A field that the list shows and a look-up does not may be
     * another user's change, even if it is empty.
     *
     * @param row the row
     * @param id the id of its record
     * @param record the record as a look-up showed it later
     */
    boolean explain(ObjectNode row, String id, ObjectNode record) {
        return doNotContradict(row)
                && rest(row)
                        .allMatch(field -> isId(field, id)
                                || record.has(field.getKey()) && isSame(field.getValue(), record.get(field.getKey())));
    }

    /**
     * Returns the names of all fields whose values are known after the write, or do not matter. These are the fields of
     * the row, of the record and of other look-ups, the written ones, and the id, the stamp and the status. A field
     * that the list has shown under any other name may have been emptied by another user.
     *
     * @param row the row of the change list
     * @param record the record as a look-up showed it later
     * @param shownFields the fields that look-ups show when they have a value
     */
    Set<String> explainedNames(ObjectNode row, ObjectNode record, Set<String> shownFields) {
        Set<String> names = new HashSet<>(shownFields);
        row.fieldNames().forEachRemaining(names::add);
        record.fieldNames().forEachRemaining(names::add);
        names.addAll(written.keySet());
        names.addAll(ids);
        names.addAll(stamps);
        names.addAll(statuses);
        return names;
    }

    /** Returns whether a record shows no other value under the name of a written field. */
    private boolean doNotContradict(ObjectNode record) {
        return record.properties().stream()
                .filter(field -> isWritten(field.getKey()) && !isOfEachChange(field))
                .allMatch(field -> isSame(field.getValue(), written.get(lower(field.getKey()))));
    }

    private boolean areAllIn(ObjectNode record) {
        Set<String> names = new HashSet<>();
        record.fieldNames().forEachRemaining(name -> names.add(lower(name)));
        return doNotContradict(record)
                && written.entrySet().stream()
                        .allMatch(field -> names.contains(field.getKey()) || isEmpty(field.getValue()));
    }

    private boolean restIsAsIn(ObjectNode one, ObjectNode other) {
        return rest(one).allMatch(field -> isSame(field.getValue(), other.get(field.getKey())));
    }

    /** Returns the fields that were not written, without stamp and status. */
    private Stream<Map.Entry<String, JsonNode>> rest(ObjectNode record) {
        return record.properties().stream().filter(field -> !isWritten(field.getKey()) && !isOfEachChange(field));
    }

    private boolean isWritten(String name) {
        return written.containsKey(lower(name));
    }

    /** Returns whether a field is a stamp or a status. Any unknown status may be a field that users change. */
    private boolean isOfEachChange(Map.Entry<String, JsonNode> field) {
        String name = lower(field.getKey());
        return stamps.contains(name)
                || statuses.contains(name)
                        && (isEmpty(field.getValue())
                                || STATUSES_OF_CHANGES.contains(field.getValue().asText()));
    }

    private boolean isId(Map.Entry<String, JsonNode> field, String id) {
        return ids.contains(lower(field.getKey()))
                && RecordId.same(field.getValue().asText(), id);
    }

    /** Numbers and booleans may come back as text, null as an empty text, and a GUID in other capitals. */
    private static boolean isSame(JsonNode one, JsonNode other) {
        if (isEmpty(one) || isEmpty(other)) {
            return isEmpty(one) && isEmpty(other);
        }
        return one.isValueNode() && other.isValueNode()
                ? RecordId.same(one.asText(), other.asText())
                : one.equals(other);
    }

    private static boolean isEmpty(JsonNode value) {
        return value == null
                || value.isNull()
                || value.isTextual() && value.textValue().isEmpty();
    }

    private static Set<String> lower(List<String> names) {
        return names.stream().map(WrittenFields::lower).collect(Collectors.toUnmodifiableSet());
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Returns the class name only, because the fields may be a patient's. */
    @Override
    public String toString() {
        return "WrittenFields";
    }
}
