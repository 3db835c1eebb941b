/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.catalog.Catalogue;
import io.github.camelclinicea.catalog.ChangeList;
import io.github.camelclinicea.catalog.Resource;
import io.github.camelclinicea.client.http.Request;
import io.github.camelclinicea.client.http.Response;
import io.github.camelclinicea.client.json.BodyFormat;
import io.github.camelclinicea.client.json.Json;
import io.github.camelclinicea.row.RecordId;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads what came back of a call for one record. */
public final class RecordReader {
    private final BodyFormat bodyFormat;
    private final List<String> idFields;

    /**
     * @param bodyFormat what a record becomes as a message body
     * @param idFields the fields that may hold its id; the first that it has wins
     */
    public RecordReader(BodyFormat bodyFormat, List<String> idFields) {
        this.bodyFormat = bodyFormat;
        this.idFields = idFields;
    }

    /** Writes answer with {@code ID} (docs/design/wire.md, section 3), whatever the id is called in the change list. */
    public static List<String> idFields(Resource resource, ChangeList changes) {
        Set<String> fields = new LinkedHashSet<>();
        if (changes != null) {
            fields.addAll(changes.idFields());
        }
        fields.addAll(Catalogue.shipped()
                .byHelp(resource.name(), resource.path())
                .changes()
                .idFields());
        return List.copyOf(fields);
    }

    /**
     * @param call the call
     * @param answer what came back
     * @return the record: an object, or the only entry of an array
     * @throws CliniceaException if the answer is no JSON, says that a record was not saved, or does not say that it was
     */
    public Reply one(Request call, Response answer) throws CliniceaException {
        return one(call, answer, null);
    }

    /**
     * As {@link #one(Request, Response)}.
     *
     * @param asked the id of the record that was asked for or updated, which the answer must not contradict; null for
     *     none
     */
    public Reply one(Request call, Response answer, String asked) throws CliniceaException {
        JsonNode record = confirmed(call, answer);
        if (asked != null && isAnother(record, asked)) {
            if (!call.readOnly()) {
                throw call.notConfirmed("is another record than the one that was written", answer);
            }
            throw call.failure(
                    "Clinicea's answer to " + call + " is another record than the one asked for",
                    answer.status(),
                    true,
                    null);
        }
        // What a delete returns may be another record.
        String id = call.method().equals("DELETE") ? null : id(record, idFields);
        return new Reply(answer.status(), id, !call.creates(), () -> bound(call, answer, record));
    }

    /**
     * As {@link #one}, for who wants the fields of a record.
     *
     * @return the record, or null if there is none
     */
    public ObjectNode fields(Request read, Response answer) throws CliniceaException {
        return object(confirmed(read, answer));
    }

    private JsonNode confirmed(Request call, Response answer) throws CliniceaException {
        JsonNode body = Json.read(call, answer);
        if (!call.readOnly()) {
            SavingError.throwIfIn(call, answer, body);
        }
        JsonNode record = only(body);
        new Confirmation(call, answer, idFields, found -> id(found, idFields)).require(record);
        return record;
    }

    /** A record may have several ids, and may be asked for by any of them. */
    private boolean isAnother(JsonNode record, String asked) {
        if (id(record, idFields) == null) {
            return false;
        }
        return idFields.stream()
                .noneMatch(field -> RecordId.same(asked, record.path(field).asText("")));
    }

    /** Returns the only entry of an array with one entry or none; anything else as it is. */
    public static JsonNode only(JsonNode body) {
        return body != null && body.isArray() && body.size() <= 1 ? body.get(0) : body;
    }

    /**
     * @param body what an answer says, or null
     * @return the record; null if it is none, or more than one
     */
    public static ObjectNode object(JsonNode body) {
        return only(body) instanceof ObjectNode record ? record : null;
    }

    private Object bound(Request call, Response answer, JsonNode record) throws CliniceaException {
        if (record == null || record.isNull()) {
            return null;
        }
        try {
            return record instanceof ObjectNode
                    ? bodyFormat.body(Json.mapper().writeValueAsBytes(record))
                    : Json.mapper().treeToValue(record, Object.class);
        } catch (IOException | RuntimeException | Error e) {
            // A class may fail with anything; of a write it must be said that it was done.
            throw unbound(call.resource(), call.operation(), call.readOnly(), answer.status());
        }
    }

    /** The cause is not passed on: it may quote the record. */
    static CliniceaException unbound(String resource, String operation, boolean readOnly, int status) {
        String call = resource + " " + operation;
        return new CliniceaException(
                (readOnly ? "The answer to " + call : "Clinicea has done " + call + ", but its answer")
                        + " cannot be bound to the type that bodyType names; check the types of its fields",
                resource,
                operation,
                status,
                false,
                !readOnly,
                null);
    }

    /** @return what the first of the fields that it has holds, or null if it has none of them */
    public static String id(JsonNode record, List<String> idFields) {
        if (record instanceof ObjectNode) {
            for (String field : idFields) {
                String id = record.path(field).asText("");
                if (!id.isEmpty()) {
                    return id;
                }
            }
        }
        return null;
    }
}
