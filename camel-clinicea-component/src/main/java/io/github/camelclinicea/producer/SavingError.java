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
    private static final Pattern NONE =
            Pattern.compile("\\s*|[-+]?0+(\\.0*)?|null|none|false", Pattern.CASE_INSENSITIVE);

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");

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
            boolean isOurs =
                    field.getKey().equalsIgnoreCase(CODE) || field.getKey().equalsIgnoreCase(TEXT);
            if (isOurs && tells(field.getValue())) {
                throw new CliniceaException(
                        "Clinicea did not save the record of " + call + ": its answer carries " + error(body),
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

    /** @return the code if it is a number, spelled as one or as text; any other text may be a patient's */
    private static String error(JsonNode body) {
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            String code = field.getValue().asText();
            if (field.getKey().equalsIgnoreCase(CODE) && NUMBER.matcher(code).matches()) {
                return CODE + " " + code;
            }
        }
        return "a saving error";
    }

    private static boolean tells(JsonNode value) {
        return value.isContainerNode()
                ? !value.isEmpty()
                : !NONE.matcher(value.asText()).matches();
    }
}
