package io.github.camelclinicea.producer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.client.BodyFormat;
import io.github.camelclinicea.client.Json;
import io.github.camelclinicea.client.WireAnswer;
import io.github.camelclinicea.client.WireCall;
import java.io.IOException;
import java.util.List;

/** Reads what came back of a call for one record. */
final class Answers {
    private static final String ERROR_CODE = "SavingErrorCode";

    private final BodyFormat bodyFormat;
    private final List<String> idFields;

    Answers(BodyFormat bodyFormat, List<String> idFields) {
        this.bodyFormat = bodyFormat;
        this.idFields = idFields;
    }

    /**
     * One record, or what else an answer may hold.
     *
     * @param body the message body; null if there was no record
     * @param recordId its id, or null
     */
    record Answer(Object body, String recordId) {}

    /**
     * @param call the call, for messages
     * @param answer what came back
     * @return the record: an object, or the only entry of an array
     * @throws CliniceaException if the answer is no JSON, or says that the record was not saved
     * @throws IOException if the record cannot be bound to the body type
     */
    Answer one(WireCall call, WireAnswer answer) throws CliniceaException, IOException {
        JsonNode node = Json.read(call, answer);
        if (node != null && node.isArray() && node.size() <= 1) {
            node = node.get(0);
        }
        if (node == null || node.isNull()) {
            return new Answer(null, null);
        }
        failIfNotSaved(call, answer, node);
        if (!(node instanceof ObjectNode)) {
            return new Answer(Json.mapper().treeToValue(node, Object.class), null);
        }
        return new Answer(bodyFormat.body(Json.mapper().writeValueAsBytes(node)), id(node));
    }

    /** 200 alone does not mean that a write was done (wire-contract section 4). */
    private static void failIfNotSaved(WireCall call, WireAnswer answer, JsonNode node) throws CliniceaException {
        JsonNode code = node.path(ERROR_CODE);
        String text = code.asText("");
        if (!code.isMissingNode() && !code.isNull() && !text.isBlank() && !text.equals("0")) {
            throw new CliniceaException(
                    "Clinicea did not save the record of " + call + ": its answer carries " + ERROR_CODE
                            + (code.isNumber() ? " " + text : ""),
                    call.resource(),
                    call.operation(),
                    answer.status(),
                    false,
                    null);
        }
    }

    private String id(JsonNode record) {
        for (String field : idFields) {
            String id = record.path(field).asText("");
            if (!id.isEmpty()) {
                return id;
            }
        }
        return null;
    }
}
