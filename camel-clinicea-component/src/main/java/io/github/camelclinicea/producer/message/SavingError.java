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
 * What a write's answer carries if nothing was saved: 200 alone does not mean that it was (docs/design/wire.md, section
 * 4). The fields are known by name only, so they are found at any depth and in any type and spelling.
 */
final class SavingError {
    private static final String CODE = "SavingErrorCode";
    private static final String CODE_LETTERS = ErrorObject.letters(CODE);
    private static final String TEXT_LETTERS = ErrorObject.letters("SavingErrorText");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");

    private SavingError() {}

    /**
     * Fails if a response carries a saving error. A text without a code is none: what it says is not known.
     *
     * @param call a write, for the message
     * @param answer its answer
     * @param body what that says, or null
     * @throws CliniceaException if it says that something was not saved; the code is told, the text may be a patient's
     */
    static void throwIfIn(Request call, Response answer, JsonNode body) throws CliniceaException {
        if (body == null || !body.isContainerNode()) {
            return;
        }
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            if (ErrorObject.letters(field.getKey()).equals(CODE_LETTERS) && ErrorObject.tells(field.getValue())) {
                throw call.notSaved(
                        "Clinicea did not save the record of " + call + ": its answer carries "
                                + error(field.getValue()),
                        answer);
            }
        }
        for (JsonNode inner : body) {
            throwIfIn(call, answer, inner);
        }
    }

    /**
     * Returns whether an object has a text of a saving error, and no code of 0 beside it.
     *
     * @param record an object
     */
    static boolean isTextIn(JsonNode record) {
        boolean text = false;
        for (Map.Entry<String, JsonNode> field : record.properties()) {
            if (ErrorObject.letters(field.getKey()).equals(CODE_LETTERS) && ErrorObject.isZero(field.getValue())) {
                return false;
            }
            text |= ErrorObject.letters(field.getKey()).equals(TEXT_LETTERS) && ErrorObject.tells(field.getValue());
        }
        return text;
    }

    /** @return the code if it is a number, spelled as one or as text; any other text may be a patient's */
    private static String error(JsonNode code) {
        return NUMBER.matcher(code.asText()).matches() ? CODE + " " + code.asText() : "a saving error";
    }
}
