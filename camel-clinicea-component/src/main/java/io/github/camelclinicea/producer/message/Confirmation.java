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
 * Decides whether the body of a response with a status of success says that the call succeeded. Servers send errors
 * with 200, too, as an object with a message or as plain words (docs/design/wire.md, section 4).
 */
final class Confirmation {
    /** All that plain words may say of an update or a delete that was done. */
    private static final Set<String> DONE =
            Set.of("", "true", "ok", "done", "success", "successful", "saved", "updated", "deleted");

    /**
     * An id or a count that stands for none: nothing, the GUID of zeros, a number that is not positive, or a word for
     * it.
     */
    private static final Pattern NO_ID = Pattern.compile(
            "\\s*([{(]?[0-]+[)}]?|0+\\.0*|-\\d+(\\.\\d*)?|null|none|undefined|nan|true|false)?\\s*",
            Pattern.CASE_INSENSITIVE);

    private final Request call;
    private final Response answer;
    private final List<String> idFields;
    private final Function<JsonNode, String> id;
    private final ErrorObject errors;

    /**
     * @param call the call
     * @param answer its response, with a status of success
     * @param idFields the fields that may hold the id of a record, for messages
     * @param id finds the id of a record; null if it has none
     */
    Confirmation(Request call, Response answer, List<String> idFields, Function<JsonNode, String> id) {
        this.call = call;
        this.answer = answer;
        this.idFields = idFields;
        this.id = id;
        this.errors = new ErrorObject(id);
    }

    /**
     * Fails unless the body says that the call succeeded: a new record with its id to a create, a record or nothing to
     * a read, and to any other write nothing that speaks against it.
     *
     * @param record the body, or null; an array of one is that one
     * @throws CliniceaException if it does not; of a write the outcome is then unknown
     */
    void require(JsonNode record) throws CliniceaException {
        if (!answer.isWhole()) {
            throw call.notConfirmed(
                    "has the status " + answer.status() + ", which is not that of a call that was done", answer);
        }
        if (call.creates()) {
            requireNewRecord(record);
        } else if (call.readOnly()) {
            requireRecord(record);
        } else {
            requireDone(record);
        }
    }

    private void requireNewRecord(JsonNode record) throws CliniceaException {
        if (!(record instanceof ObjectNode)) {
            throw call.notConfirmed("is no record", answer);
        }
        requireNoFailure(record);
        if (id.apply(record) == null) {
            throw call.notConfirmed(
                    "has no id in any of the fields " + idFields + " (the option idField names another)", answer);
        }
    }

    private void requireRecord(JsonNode record) throws CliniceaException {
        if (record == null || record.isNull()) {
            return;
        }
        if (!(record instanceof ObjectNode)) {
            throw call.notConfirmed("is no record", answer);
        }
        if (errors.isEnvelope(record)) {
            throw call.notConfirmed("has the record inside another object; check path and baseUrl", answer);
        }
        if (errors.replacesRecord(record)) {
            throw call.notConfirmed(
                    "is an error in place of a record; if it is a record, let the option idField name the field of its id",
                    answer);
        }
    }

    private void requireDone(JsonNode said) throws CliniceaException {
        if (said == null) {
            return;
        }
        if (said.isArray()) {
            for (JsonNode entry : said) {
                requireDone(entry);
            }
            return;
        }
        if (said.isObject()) {
            requireNoFailure(said);
            return;
        }
        // What a delete returns does not matter, but in place of an updated record null is none.
        boolean done = said.isNumber()
                ? !NO_ID.matcher(said.asText()).matches()
                : said.isNull()
                        ? call.method().equals("DELETE")
                        : DONE.contains(lower(said.asText().strip().replaceFirst("[.!]$", "")));
        if (!done) {
            throw call.notConfirmed("does not say that it was done", answer);
        }
    }

    private void requireNoFailure(JsonNode record) throws CliniceaException {
        if (errors.deniesSuccess(record)) {
            throw call.notConfirmed("says that it did not succeed", answer);
        }
        String found = id.apply(record);
        if (found != null && NO_ID.matcher(found).matches()) {
            throw call.notConfirmed("has an id that names no record", answer);
        }
        if (errors.replacesRecord(record) || found == null && hasErrorText(record)) {
            throw call.notConfirmed("is an error in place of a record", answer);
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
