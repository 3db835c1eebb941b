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
    private static final String ERROR_TEXT = "SavingErrorText";

    private final BodyFormat bodyFormat;
    private final List<String> idFields;

    Answers(BodyFormat bodyFormat, List<String> idFields) {
        this.bodyFormat = bodyFormat;
        this.idFields = idFields;
    }

    /** One record, or what else an answer may hold, before it is bound to the body type. */
    final class Answer {
        private final JsonNode node;

        private Answer(JsonNode node) {
            this.node = node;
        }

        /** @return the id of the record, or null */
        String recordId() {
            return node instanceof ObjectNode ? id(node) : null;
        }

        /**
         * @return the message body; null if there was no record
         * @throws IOException if the record cannot be bound to the body type
         */
        Object body() throws IOException {
            if (node == null || node.isNull()) {
                return null;
            }
            return node instanceof ObjectNode
                    ? bodyFormat.body(Json.mapper().writeValueAsBytes(node))
                    : Json.mapper().treeToValue(node, Object.class);
        }
    }

    /**
     * @param call the call, for messages
     * @param answer what came back
     * @return the record: an object, or the only entry of an array
     * @throws CliniceaException if the answer is no JSON, or says that a record was not saved
     */
    Answer one(WireCall call, WireAnswer answer) throws CliniceaException {
        JsonNode node = Json.read(call, answer);
        if (node != null && node.isArray()) {
            for (JsonNode entry : node) {
                failIfNotSaved(call, answer, entry);
            }
            node = node.size() <= 1 ? node.get(0) : node;
        } else if (node != null) {
            failIfNotSaved(call, answer, node);
        }
        return new Answer(node);
    }

    /** 200 alone does not mean that a write was done (wire-contract section 4). */
    private static void failIfNotSaved(WireCall call, WireAnswer answer, JsonNode node) throws CliniceaException {
        String code = node.path(ERROR_CODE).asText("");
        boolean failed = !code.isBlank() && !code.equals("0") && !code.equals("null")
                || !node.path(ERROR_TEXT).isNull()
                        && !node.path(ERROR_TEXT).asText("").isBlank();
        if (failed) {
            throw new CliniceaException(
                    "Clinicea did not save the record of " + call + ": its answer carries "
                            + (node.path(ERROR_CODE).isNumber() ? ERROR_CODE + " " + code : "a saving error"),
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
