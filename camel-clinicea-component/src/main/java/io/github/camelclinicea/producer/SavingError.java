package io.github.camelclinicea.producer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.client.WireAnswer;
import io.github.camelclinicea.client.WireCall;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a write's answer carries if nothing was saved: 200 alone does not mean that it was (wire-contract section 4). The
 * fields are known by name only, so they are found at any depth and in any type and spelling.
 */
final class SavingError {
    private static final String CODE = "SavingErrorCode";
    private static final String TEXT = "SavingErrorText";
    private static final Pattern NONE = Pattern.compile("\\s*|[-+]?0+(\\.0*)?|null|false", Pattern.CASE_INSENSITIVE);

    private SavingError() {}

    /**
     * @param call a write, for the message
     * @param answer its answer
     * @param body what that says, or null
     * @throws CliniceaException if it says that something was not saved; the code is told, the text may be a patient's
     */
    static void throwIfIn(WireCall call, WireAnswer answer, JsonNode body) throws CliniceaException {
        if (body == null || !body.isContainerNode()) {
            return;
        }
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            boolean isCode = field.getKey().equalsIgnoreCase(CODE);
            if ((isCode || field.getKey().equalsIgnoreCase(TEXT)) && tells(field.getValue())) {
                throw new CliniceaException(
                        "Clinicea did not save the record of " + call + ": its answer carries "
                                + (isCode && field.getValue().isNumber()
                                        ? CODE + " " + field.getValue().asText()
                                        : "a saving error"),
                        call.resource(),
                        call.operation(),
                        answer.status(),
                        false,
                        null);
            }
        }
        for (JsonNode inner : body) {
            throwIfIn(call, answer, inner);
        }
    }

    private static boolean tells(JsonNode value) {
        return value.isContainerNode()
                ? !value.isEmpty()
                : !NONE.matcher(value.asText()).matches();
    }
}
