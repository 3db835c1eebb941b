/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.message;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.client.ErrorObject;
import io.github.camelclinicea.client.http.Request;
import io.github.camelclinicea.client.http.Response;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Finds the fields of a response that say that a record was not saved. The status is 200 even then
 * (docs/design/wire.md, section 4). Only the names of the fields are known. So they are found at any depth, in any type
 * and spelling.
 *
 * <p>Specified by {@code OutcomeTest}.
 */
final class SavingError {
    private static final String CODE = "SavingErrorCode";
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");

    private SavingError() {}

    /**
     * Fails if a response has the code of a saving error. A text without a code does not count, because the meaning of
     * the text is not known.
     *
     * @param request a write, for the message
     * @param response its response
     * @param body the body of the response, or null
     * @throws CliniceaException if there is a code; the message has the code but not the text, which may be a patient's
     */
    static void throwIfIn(Request request, Response response, JsonNode body) throws CliniceaException {
        if (body == null || !body.isContainerNode()) {
            return;
        }
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            if (ErrorObject.isSavingErrorCode(field.getKey()) && ErrorObject.isErrorValue(field.getValue())) {
                throw request.notSaved(
                        "Clinicea did not save the record of " + request + ": its response has "
                                + error(field.getValue()),
                        response);
            }
        }
        for (JsonNode inner : body) {
            throwIfIn(request, response, inner);
        }
    }

    /**
     * Returns whether an object has the text of a saving error, and no code of 0.
     *
     * @param record an object
     */
    static boolean isTextIn(JsonNode record) {
        boolean hasText = false;
        for (Map.Entry<String, JsonNode> field : record.properties()) {
            if (ErrorObject.isSavingErrorCode(field.getKey()) && ErrorObject.isZero(field.getValue())) {
                return false;
            }
            hasText |= ErrorObject.isSavingErrorText(field.getKey()) && ErrorObject.isErrorValue(field.getValue());
        }
        return hasText;
    }

    /** Returns the code if it is a number, as number or text. Any other text may be a patient's. */
    private static String error(JsonNode code) {
        return NUMBER.matcher(code.asText()).matches() ? CODE + " " + code.asText() : "a saving error";
    }
}
