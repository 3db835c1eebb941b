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
 * What a message gives to be written, and whether a record holds just that. A field counts as written under its own name
 * only, in upper case or lower, and with the value that was given: whatever else has changed may be somebody's change.
 */
final class WrittenFields {
    private static final Set<String> OF_CHANGES =
            Set.of(DataStatus.NONE.wireName(), DataStatus.ADDED.wireName(), DataStatus.MODIFIED.wireName());

    private final Map<String, JsonNode> written = new HashMap<>();
    private final Set<String> stamps;
    private final Set<String> statuses;
    private final Set<String> ids;

    /**
     * @param operation what is done with them
     * @param arguments what the message gives; fields that the component adds by itself are not the route's
     * @param changes names the fields of the id, and those that every change changes, whoever makes it: stamp and status
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
     * @param before the record before it was written
     * @param after the record some time after
     * @return whether it holds all that was written, and is otherwise as it was
     */
    boolean lead(ObjectNode before, ObjectNode after) {
        return allStandIn(after) && restIsAsIn(before, after) && restIsAsIn(after, before);
    }

    /**
     * @param answer what the server said of the record as it made it
     * @param after the record some time after
     * @return whether it holds all that was written, and besides nothing that the answer did not hold
     */
    boolean make(ObjectNode answer, ObjectNode after) {
        return allStandIn(after) && rest(after).allMatch(field -> same(field.getValue(), answer.get(field.getKey())));
    }

    /**
     * Returns whether each field of a row of the change list is accounted for: it was written so, is the id, the stamp or
     * the status, or stands with the same value in the record. A field that the list shows and a look-up does not may be
     * anybody's change, even if it is empty.
     *
     * @param row the row
     * @param id the id of its record
     * @param record the record as a look-up showed it later
     */
    boolean account(ObjectNode row, String id, ObjectNode record) {
        return doNotContradict(row)
                && rest(row)
                        .allMatch(field -> isId(field, id)
                                || record.has(field.getKey()) && same(field.getValue(), record.get(field.getKey())));
    }

    /**
     * Returns the names of all fields whose values are known after the write, or do not matter: those of a row of the change
     * list and of its record, those that were written, and the id, the stamp and the status. A field that the list has shown
     * under another name may have been emptied by another user.
     *
     * @param row the row
     * @param record the record as a look-up showed it later
     * @param lookedUp the fields that look-ups show when they have a value
     */
    Set<String> accountedNames(ObjectNode row, ObjectNode record, Set<String> lookedUp) {
        Set<String> names = new HashSet<>(lookedUp);
        row.fieldNames().forEachRemaining(names::add);
        record.fieldNames().forEachRemaining(names::add);
        names.addAll(written.keySet());
        names.addAll(ids);
        names.addAll(stamps);
        names.addAll(statuses);
        return names;
    }

    /** @return whether a record shows no other value under the name of a field that was written */
    private boolean doNotContradict(ObjectNode record) {
        return record.properties().stream()
                .filter(field -> isWritten(field.getKey()) && !isOfEachChange(field))
                .allMatch(field -> same(field.getValue(), written.get(lower(field.getKey()))));
    }

    private boolean allStandIn(ObjectNode record) {
        Set<String> there = new HashSet<>();
        record.fieldNames().forEachRemaining(name -> there.add(lower(name)));
        return doNotContradict(record)
                && written.entrySet().stream()
                        .allMatch(field -> there.contains(field.getKey()) || isEmpty(field.getValue()));
    }

    private boolean restIsAsIn(ObjectNode one, ObjectNode other) {
        return rest(one).allMatch(field -> same(field.getValue(), other.get(field.getKey())));
    }

    /** Returns the fields that were not written, and that not every change changes. */
    private Stream<Map.Entry<String, JsonNode>> rest(ObjectNode record) {
        return record.properties().stream().filter(field -> !isWritten(field.getKey()) && !isOfEachChange(field));
    }

    private boolean isWritten(String name) {
        return written.containsKey(lower(name));
    }

    /** A status is so only as long as it is one of a change: any other may be what somebody changed. */
    private boolean isOfEachChange(Map.Entry<String, JsonNode> field) {
        String name = lower(field.getKey());
        return stamps.contains(name)
                || statuses.contains(name)
                        && (isEmpty(field.getValue())
                                || OF_CHANGES.contains(field.getValue().asText()));
    }

    private boolean isId(Map.Entry<String, JsonNode> field, String id) {
        return ids.contains(lower(field.getKey()))
                && RecordId.same(field.getValue().asText(), id);
    }

    /** Numbers and words may come back as text, nothing as an empty text, and a GUID in other letters' case. */
    private static boolean same(JsonNode one, JsonNode other) {
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

    /** @return nothing of them: they are a patient's data */
    @Override
    public String toString() {
        return "WrittenFields";
    }
}
