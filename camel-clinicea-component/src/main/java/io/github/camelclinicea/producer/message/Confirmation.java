/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.client.ErrorObject;
import io.github.camelclinicea.client.http.Request;
import io.github.camelclinicea.client.http.Response;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Decides whether the body of a response with a status of success says that the request succeeded. Servers send errors
 * with 200, too, as an object with a message or as plain text (docs/design/wire.md, section 4).
 *
 * <p>Specified by {@code OutcomeTest}.
 */
final class Confirmation {
    /** The plain texts that say that an update or a delete was done. */
    private static final Set<String> DONE =
            Set.of("", "true", "ok", "done", "success", "successful", "saved", "updated", "deleted");

    /**
     * An id or a count that stands for none: an empty text, the GUID of zeros, a number that is not positive, or a word
     * for null.
     */
    private static final Pattern NO_ID = Pattern.compile(
            "\\s*([{(]?[0-]+[)}]?|0+\\.0*|-\\d+(\\.\\d*)?|null|none|undefined|nan|true|false)?\\s*",
            Pattern.CASE_INSENSITIVE);

    private final Request request;
    private final Response response;
    private final List<String> idFields;
    private final Function<JsonNode, String> id;
    private final ErrorObject errors;

    /**
     * @param request the request
     * @param response its response, with a status of success
     * @param idFields the fields that may hold the id of a record, for messages
     * @param id returns the id of a record, or null if it has none
     */
    Confirmation(Request request, Response response, List<String> idFields, Function<JsonNode, String> id) {
        this.request = request;
        this.response = response;
        this.idFields = idFields;
        this.id = id;
        this.errors = new ErrorObject(id);
    }

    /**
     * Fails unless the body says that the request succeeded. A create needs a new record with its id, and a read a
     * record or nothing. Any other write needs a body that does not deny success.
     *
     * @param record the body, or null; the entry of an array of one
     * @throws CliniceaException if the body does not say so; the outcome of a write is then unknown
     */
    void require(JsonNode record) throws CliniceaException {
        if (!response.isWhole()) {
            throw request.notConfirmed(
                    "has the status " + response.status() + ", which does not say that the request was done", response);
        }
        if (request.creates()) {
            requireNewRecord(record);
        } else if (request.readOnly()) {
            requireRecord(record);
        } else {
            requireDone(record);
        }
    }

    private void requireNewRecord(JsonNode record) throws CliniceaException {
        if (!(record instanceof ObjectNode)) {
            throw request.notConfirmed("is no record", response);
        }
        requireNoFailure(record);
        if (id.apply(record) == null) {
            throw request.notConfirmed(
                    "has no id in any of the fields " + idFields + " (the option idField names another)", response);
        }
    }

    private void requireRecord(JsonNode record) throws CliniceaException {
        if (record == null || record.isNull()) {
            return;
        }
        if (!(record instanceof ObjectNode)) {
            throw request.notConfirmed("is no record", response);
        }
        if (errors.isEnvelope(record)) {
            throw request.notConfirmed("has the record inside another object; check path and baseUrl", response);
        }
        if (errors.replacesRecord(record)) {
            throw request.notConfirmed(
                    "is an error in place of a record; if it is a record, let the option idField name the"
                            + " field of its id",
                    response);
        }
    }

    private void requireDone(JsonNode body) throws CliniceaException {
        if (body == null) {
            return;
        }
        if (body.isArray()) {
            for (JsonNode entry : body) {
                requireDone(entry);
            }
            return;
        }
        if (body.isObject()) {
            requireNoFailure(body);
            return;
        }
        // A delete may return null, but null in place of an updated record confirms nothing.
        boolean isDone = body.isNumber()
                ? !NO_ID.matcher(body.asText()).matches()
                : body.isNull()
                        ? request.method().equals("DELETE")
                        : DONE.contains(lower(body.asText().strip().replaceFirst("[.!]$", "")));
        if (!isDone) {
            throw request.notConfirmed("does not say that it was done", response);
        }
    }

    private void requireNoFailure(JsonNode record) throws CliniceaException {
        if (errors.deniesSuccess(record)) {
            throw request.notConfirmed("says that it did not succeed", response);
        }
        String foundId = id.apply(record);
        if (foundId != null && NO_ID.matcher(foundId).matches()) {
            throw request.notConfirmed("has an id that names no record", response);
        }
        if (errors.replacesRecord(record) || foundId == null && hasErrorText(record)) {
            throw request.notConfirmed("is an error in place of a record", response);
        }
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private boolean hasErrorText(JsonNode node) {
        if (id.apply(node) == null && SavingError.isTextIn(node)) {
            return true;
        }
        for (JsonNode inner : node) {
            if (hasErrorText(inner)) {
                return true;
            }
        }
        return false;
    }
}
