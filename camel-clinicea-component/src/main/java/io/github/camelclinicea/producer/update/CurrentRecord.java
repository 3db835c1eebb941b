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
import io.github.camelclinicea.row.RequestListener;
import io.github.camelclinicea.row.Row;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the record of an update as it now is, by its id or from a list of records.
 *
 * <p>Specified by {@code MergedUpdateTest}.
 */
final class CurrentRecord {
    private final ReadSettings settings;
    private final CliniceaClient client;
    private final Operation update;
    private final Operation read;
    private final String id;
    private final Request request;

    /**
     * @param settings how the record is read
     * @param client sends the requests
     * @param update the update
     * @param given the arguments of the message, with the record's id
     * @throws IllegalArgumentException if an argument that the read needs is not given; nothing has been sent
     */
    CurrentRecord(ReadSettings settings, CliniceaClient client, Operation update, Arguments given) {
        this.settings = settings;
        this.client = client;
        this.update = update;
        this.read = settings.resource().readFor(update);
        this.id = given.recordId();
        this.request = RequestBuilder.ofRead(settings.resource(), read, settings.path())
                .request(new Arguments(Json.mapper().createObjectNode(), arguments(given), id));
    }

    /**
     * Returns the arguments that the read requires. An optional one could filter by a field that is about to change.
     */
    private Map<String, JsonNode> arguments(Arguments given) {
        Map<String, JsonNode> arguments = new LinkedHashMap<>();
        for (Argument argument : read.arguments()) {
            if (argument.required() && !argument.recordId()) {
                String text = text(given, argument);
                if (text == null) {
                    throw new IllegalArgumentException(
                            update.name() + " of " + settings.resource().name()
                                    + " with mergeOnUpdate needs the present '" + argument.name()
                                    + "' to find the record by " + read.name()
                                    + ": put it into the body or into the Map of the header "
                                    + CliniceaConstants.PARAMETERS);
                }
                arguments.put(argument.name(), MessageValues.of(text));
            }
        }
        return arguments;
    }

    /**
     * Returns the text of an argument, or null. The fields of an open body belong to the record and are no arguments.
     */
    private String text(Arguments given, Argument argument) {
        JsonNode inHeader = given.parameters().get(argument.name());
        JsonNode inBody = update.openBody() ? null : given.record().get(argument.name());
        return ArgumentText.of(argument, inHeader == null ? inBody : inHeader, update.name());
    }

    /**
     * Reads the record.
     *
     * @return the record with all of its fields, which the caller may change
     * @throws CliniceaException if it cannot be read, is not there, or has another id
     * @throws InterruptedException if interrupted while waiting for a response
     */
    ObjectNode read() throws CliniceaException, InterruptedException {
        if (read.answer() == Operation.Answer.LIST) {
            return inList();
        }
        JsonNode record = RecordReader.only(client.call(request, response -> Json.read(request, response)));
        if (record == null || record.isNull()) {
            throw notThere("");
        }
        if (record instanceof ObjectNode object && hasId(object)) {
            return object;
        }
        throw failure(
                "the response to " + read.name() + " is not the record; is its id in one of the fields " + idFields()
                        + "? The option idField names others",
                false);
    }

    private ObjectNode inList() throws CliniceaException, InterruptedException {
        PagedList list = PagedList.of(
                new ListReader(client, idFields(), List.of(), List.of(), settings.maxRowSize()),
                request,
                settings.paging().apply(read),
                settings.firstPage(),
                settings.maxPages(),
                RequestListener.NONE);
        for (List<Row> page = list.nextPage(); !page.isEmpty(); page = list.nextPage()) {
            for (Row row : page) {
                ObjectNode record = object(row);
                if (hasId(record)) {
                    return record;
                }
            }
        }
        throw notThere(" among those of " + read.name() + " by "
                + request.query().stream().map(parameter -> parameter.name()).toList());
    }

    private ObjectNode object(Row row) throws CliniceaException {
        if (row.defect() != null) {
            throw failure(read.name() + " returned a row that cannot be read: " + row.defect(), false);
        }
        try {
            return (ObjectNode) Json.mapper().readTree(row.content());
        } catch (IOException | NumberFormatException e) {
            // Jackson's message quotes the wrong text.
            throw failure(read.name() + " returned a row with a number that cannot be read", false);
        }
    }

    /** Returns whether a record has the id of the update. */
    boolean hasId(ObjectNode record) {
        return RecordId.same(id, RecordReader.id(record, idFields()));
    }

    private List<String> idFields() {
        return RecordReader.idFields(settings.resource(), settings.changes());
    }

    private CliniceaException notThere(String where) {
        return failure("there is no record with this id" + where, false);
    }

    /**
     * Returns the failure of the update, which has not been sent.
     *
     * @param why the reason, free of the record's content
     * @param retryable whether the same update may succeed later
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
