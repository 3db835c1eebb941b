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

/**
 * Reads the response to a request for one record.
 *
 * <p>Specified by {@code OutcomeTest}.
 */
public final class RecordReader {
    private final BodyFormat bodyFormat;
    private final List<String> idFields;

    /**
     * @param bodyFormat makes the message's body of a record
     * @param idFields the fields that may hold the id of a record; the first that it has counts
     */
    public RecordReader(BodyFormat bodyFormat, List<String> idFields) {
        this.bodyFormat = bodyFormat;
        this.idFields = idFields;
    }

    /**
     * Returns the fields that may hold the id of a record: those of the change list, then those of the help page,
     * because the response to a write calls the id {@code ID} (docs/design/wire.md, section 3).
     *
     * @param resource the resource
     * @param changes its change list, or null if none is known
     */
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
     * Returns the result of a request for one record. The record is an object, or the only entry of an array.
     *
     * @param request the request
     * @param response its response, with a status of success
     * @throws CliniceaException if the response is no JSON, says that a record was not saved, or does not say that it
     *     was
     */
    public OperationResult one(Request request, Response response) throws CliniceaException {
        return one(request, response, null);
    }

    /**
     * As {@link #one(Request, Response)}.
     *
     * @param expectedId the id of the record that was requested or updated, which the response must not contradict;
     *     null for none
     */
    public OperationResult one(Request request, Response response, String expectedId) throws CliniceaException {
        JsonNode record = confirmed(request, response);
        if (expectedId != null && isAnother(record, expectedId)) {
            if (!request.readOnly()) {
                throw request.notConfirmed("is another record than the one that was written", response);
            }
            throw request.failure(
                    "Clinicea's response to " + request + " is another record than the one that was requested",
                    response.status(),
                    true,
                    null);
        }
        // The response to a delete may show another record.
        String id = request.method().equals("DELETE") ? null : id(record, idFields);
        return new OperationResult(
                response.status(), id, !request.creates(), record, () -> bound(request, response, record));
    }

    /**
     * Returns the record of a response to a read, or null if there is none.
     *
     * @param request the read
     * @param response its response, with a status of success
     * @throws CliniceaException as {@link #one(Request, Response)}
     */
    public ObjectNode fields(Request request, Response response) throws CliniceaException {
        return object(confirmed(request, response));
    }

    private JsonNode confirmed(Request request, Response response) throws CliniceaException {
        JsonNode body = Json.read(request, response);
        if (!request.readOnly()) {
            SavingError.throwIfIn(request, response, body);
        }
        JsonNode record = only(body);
        new Confirmation(request, response, idFields, found -> id(found, idFields)).require(record);
        return record;
    }

    /** A record may have several ids, and may be requested by any of them. */
    private boolean isAnother(JsonNode record, String expectedId) {
        if (id(record, idFields) == null) {
            return false;
        }
        return idFields.stream()
                .noneMatch(field -> RecordId.same(expectedId, record.path(field).asText("")));
    }

    /**
     * Returns the only entry of an array, null for an empty array, and any other body as it is.
     *
     * @param body the body of a response, or null
     */
    public static JsonNode only(JsonNode body) {
        return body != null && body.isArray() && body.size() <= 1 ? body.get(0) : body;
    }

    /**
     * Returns the record of a body, or null if it is no record or several.
     *
     * @param body the body of a response, or null
     */
    public static ObjectNode object(JsonNode body) {
        return only(body) instanceof ObjectNode record ? record : null;
    }

    private Object bound(Request request, Response response, JsonNode record) throws CliniceaException {
        if (record == null || record.isNull()) {
            return null;
        }
        try {
            return record instanceof ObjectNode
                    ? bodyFormat.body(Json.mapper().writeValueAsBytes(record))
                    : Json.mapper().treeToValue(record, Object.class);
        } catch (IOException | RuntimeException | Error e) {
            // A class may throw anything. The failure must still say that a write was done.
            throw unbound(request.resource(), request.operation(), request.readOnly(), response.status());
        }
    }

    /** Returns the failure of a body that does not fit its type. It has no cause, which might quote the record. */
    static CliniceaException unbound(String resource, String operation, boolean readOnly, int status) {
        String request = resource + " " + operation;
        return new CliniceaException(
                (readOnly ? "The response to " + request : "Clinicea has done " + request + ", but its response")
                        + " cannot be bound to the type that bodyType names; check the types of its fields",
                resource,
                operation,
                status,
                false,
                !readOnly,
                null);
    }

    /**
     * Returns the id of a record: the value of the first field that it has. Null if it has none of them.
     *
     * @param record a record, or any other JSON, or null
     * @param idFields the fields that may hold the id, in order
     */
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
