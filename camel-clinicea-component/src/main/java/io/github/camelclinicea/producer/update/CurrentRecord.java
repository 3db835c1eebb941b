/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.update;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.catalog.Argument;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.client.CliniceaClient;
import io.github.camelclinicea.client.ListReader;
import io.github.camelclinicea.client.PagedList;
import io.github.camelclinicea.client.http.Request;
import io.github.camelclinicea.client.json.Json;
import io.github.camelclinicea.producer.message.ArgumentText;
import io.github.camelclinicea.producer.message.Arguments;
import io.github.camelclinicea.producer.message.MessageValues;
import io.github.camelclinicea.producer.message.RecordReader;
import io.github.camelclinicea.producer.message.RequestBuilder;
import io.github.camelclinicea.row.RecordId;
import io.github.camelclinicea.row.Row;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The record that an update is about, as it is now: read by itself, or found by its id in a list. */
final class CurrentRecord {
    private final ReadSettings settings;
    private final CliniceaClient client;
    private final Operation update;
    private final Operation read;
    private final String id;
    private final Request call;

    /**
     * @param settings how it is read
     * @param client makes the calls
     * @param update the update
     * @param given what the message gives for the update; its id is among it
     * @throws IllegalArgumentException if what the read needs is not among it; nothing has been sent
     */
    CurrentRecord(ReadSettings settings, CliniceaClient client, Operation update, Arguments given) {
        this.settings = settings;
        this.client = client;
        this.update = update;
        this.read = settings.resource().readFor(update);
        this.id = update.arguments().stream()
                .filter(Argument::recordId)
                .findFirst()
                .map(argument -> text(given, argument))
                .orElseGet(given::recordId);
        this.call = RequestBuilder.ofRead(settings.resource(), read, settings.path())
                .call(new Arguments(Json.mapper().createObjectNode(), arguments(given), id));
    }

    /** Only what the read must have: an optional argument would narrow the list by what is about to change. */
    private Map<String, JsonNode> arguments(Arguments given) {
        Map<String, JsonNode> arguments = new LinkedHashMap<>();
        for (Argument argument : read.arguments()) {
            if (argument.required() && !argument.recordId()) {
                String text = text(given, argument);
                if (text == null) {
                    throw new IllegalArgumentException(
                            update.name() + " of " + settings.resource().name()
                                    + " with mergeOnUpdate needs '" + argument.name()
                                    + "', as it now is, to find the record by " + read.name()
                                    + ": put it into the body or into the Map of the header "
                                    + CliniceaConstants.PARAMETERS);
                }
                arguments.put(argument.name(), MessageValues.of(text));
            }
        }
        return arguments;
    }

    /** The fields of an open body are those of the record, and no arguments. */
    private String text(Arguments given, Argument argument) {
        JsonNode inHeader = given.parameters().get(argument.name());
        JsonNode inBody = update.openBody() ? null : given.record().get(argument.name());
        return ArgumentText.of(argument, inHeader == null ? inBody : inHeader, update.name());
    }

    /**
     * @return the record with all of its fields; a copy that the caller may change
     * @throws CliniceaException if it cannot be read, is not there, or is another one than was asked for
     * @throws InterruptedException if interrupted while waiting
     */
    ObjectNode read() throws CliniceaException, InterruptedException {
        if (read.answer() == Operation.Answer.LIST) {
            return inList();
        }
        JsonNode record = RecordReader.only(client.call(call, success -> Json.read(call, success)));
        if (record == null || record.isNull()) {
            throw notThere("");
        }
        if (record instanceof ObjectNode object && hasId(object)) {
            return object;
        }
        throw failure(
                read.name() + " answered something else than the record; is its id in one of the fields " + idFields()
                        + "? The option idField names others",
                false);
    }

    private ObjectNode inList() throws CliniceaException, InterruptedException {
        PagedList list = PagedList.of(
                new ListReader(client, idFields(), List.of(), List.of(), settings.maxRowSize()),
                call,
                settings.paging().apply(read),
                settings.firstPage(),
                settings.maxPages());
        for (List<Row> page = list.nextPage(); !page.isEmpty(); page = list.nextPage()) {
            for (Row row : page) {
                ObjectNode record = object(row);
                if (hasId(record)) {
                    return record;
                }
            }
        }
        throw notThere(" among those of " + read.name() + " by "
                + call.query().stream().map(parameter -> parameter.name()).toList());
    }

    private ObjectNode object(Row row) throws CliniceaException {
        if (row.defect() != null) {
            throw failure(read.name() + " answered a row that cannot be read: " + row.defect(), false);
        }
        try {
            return (ObjectNode) Json.mapper().readTree(row.content());
        } catch (IOException | NumberFormatException e) {
            // Jackson's own message quotes what it stumbled over.
            throw failure(read.name() + " answered a row with a number that cannot be read", false);
        }
    }

    private boolean hasId(ObjectNode record) {
        return RecordId.same(id, RecordReader.id(record, idFields()));
    }

    private List<String> idFields() {
        return RecordReader.idFields(settings.resource(), settings.changes());
    }

    private CliniceaException notThere(String where) {
        return failure("there is no record with this id" + where, false);
    }

    /**
     * @param why what is wrong; without anything of the record
     * @param retryable whether the same update may succeed later
     * @return the failure of the update, which has not been sent
     */
    CliniceaException failure(String why, boolean retryable) {
        String resource = settings.resource().name();
        return new CliniceaException(
                resource + " " + update.name() + " of " + id + " was not sent: " + why,
                resource,
                update.name(),
                0,
                retryable,
                null);
    }
}
