/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.catalog.Argument;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.client.json.Json;
import io.github.camelclinicea.client.json.NonBeanTypes;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Message;

/**
 * The arguments that a message gives for an operation.
 *
 * @param record the fields of the body; empty if the operation does not take the body, or the message has none
 * @param parameters the {@code CamelCliniceaParameters} header, without the values that are null
 * @param recordId the id of the record that the operation is about, from its own argument or else from the {@code
 *     CamelCliniceaRecordId} header; null if there is none
 */
public record Arguments(ObjectNode record, Map<String, JsonNode> parameters, String recordId) {

    /** Returns the class name only, because the values may be a patient's. */
    @Override
    public String toString() {
        return "Arguments";
    }

    /**
     * Reads the arguments of a message.
     *
     * @param message the message
     * @param operation the operation; one that does not take the body leaves it unread
     * @return the arguments
     * @throws IllegalArgumentException if the body or a header is of a wrong kind; the message quotes no value
     */
    public static Arguments of(Message message, Operation operation) {
        Map<String, JsonNode> parameters = parameters(message);
        ObjectNode record =
                operation.takesBody() ? record(message) : Json.mapper().createObjectNode();
        String inHeader = HeaderText.of(message, CliniceaConstants.RECORD_ID);
        return new Arguments(record, parameters, recordId(operation, record, parameters, inHeader));
    }

    /** The fields of an open body belong to the record and are no arguments. */
    private static String recordId(
            Operation operation, ObjectNode record, Map<String, JsonNode> parameters, String inHeader) {
        for (Argument argument : operation.arguments()) {
            if (argument.recordId()) {
                JsonNode inBody = operation.openBody() ? null : record.get(argument.name());
                JsonNode own = parameters.getOrDefault(argument.name(), inBody);
                String id = own == null || own.isNull() ? "" : ArgumentText.text(own, argument.type());
                return id.isBlank() ? inHeader : id;
            }
        }
        return null;
    }

    private static boolean isTree(Object value) {
        return value instanceof JsonNode || NonBeanTypes.isTree(value.getClass());
    }

    /**
     * Returns the arguments in the {@code CamelCliniceaParameters} header of a message; empty if it has none.
     *
     * @param message the message
     * @throws IllegalArgumentException if the header is no map and no JSON object, or holds a value of a wrong kind
     */
    public static Map<String, JsonNode> parameters(Message message) {
        Object header = message.getHeader(CliniceaConstants.PARAMETERS);
        Map<String, JsonNode> parameters = new LinkedHashMap<>();
        if (header instanceof Map<?, ?> map) {
            map.forEach((name, value) -> parameters.put(String.valueOf(name), parameter(name, value)));
        } else if (header != null) {
            parametersOf(header).properties().forEach(field -> parameters.put(field.getKey(), field.getValue()));
        }
        parameters.values().removeIf(JsonNode::isNull);
        parameters.forEach((name, value) ->
                NumberLimit.check("'" + name + "' in the header " + CliniceaConstants.PARAMETERS, value));
        return parameters;
    }

    private static JsonNode parameter(Object name, Object value) {
        try {
            return MessageValues.of(value);
        } catch (IllegalArgumentException | StackOverflowError e) {
            // Jackson's message may quote the value.
            throw new IllegalArgumentException("'" + name + "' in the header " + CliniceaConstants.PARAMETERS
                    + " is of the wrong kind (" + value.getClass().getName() + MessageValues.reason(e)
                    + "): give text, a number, a date or a time");
        }
    }

    /** JSON text is accepted because routes in YAML and XML can write text more easily than a Map. */
    private static ObjectNode parametersOf(Object header) {
        try {
            JsonNode node = header instanceof CharSequence text
                    ? JsonText.parse(text.toString())
                    : isTree(header) ? MessageValues.of(header) : null;
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonText.InvalidException e) {
            if (e.isMeantAsJson()) {
                throw wrongParameters(header, "broken JSON text", ": it " + e.getMessage());
            }
        } catch (IOException | RuntimeException e) {
            // Reported below, without the text, which may be a patient's.
        }
        throw wrongParameters(header, "neither", "");
    }

    private static ObjectNode record(Message message) {
        Object body = message.getBody();
        if (body == null) {
            return Json.mapper().createObjectNode();
        }
        JsonNode node;
        try {
            node = node(message, body);
        } catch (JsonText.InvalidException e) {
            throw e.isMeantAsJson() ? brokenBody(body, e) : wrongBody(body, ", which " + e.getMessage());
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // Jackson's message quotes the wrong text. A value that contains itself overflows the stack.
            throw wrongBody(body, MessageValues.reason(e));
        }
        if (!(node instanceof ObjectNode record)) {
            throw wrongBody(body, "");
        }
        record.properties()
                .forEach(field -> NumberLimit.check("'" + field.getKey() + "' in the body", field.getValue()));
        return record;
    }

    private static JsonNode node(Message message, Object body) throws IOException {
        if (body instanceof Map<?, ?> || isTree(body)) {
            return MessageValues.of(body);
        }
        if (body instanceof CharSequence text) {
            return JsonText.parse(text.toString());
        }
        InputStream stream = EncodedText.open(message.getExchange(), body);
        if (stream != null) {
            try (stream) {
                return JsonText.parse(stream);
            }
        }
        return MessageValues.of(body);
    }

    private static IllegalArgumentException wrongParameters(Object header, String kind, String defect) {
        return new IllegalArgumentException("The header " + CliniceaConstants.PARAMETERS
                + " must be a Map, or the JSON text of an object, and is " + kind + " ("
                + header.getClass().getName() + ")" + defect);
    }

    private static IllegalArgumentException brokenBody(Object body, JsonText.InvalidException e) {
        return new IllegalArgumentException(
                "The body is broken JSON text (" + body.getClass().getName() + "): it " + e.getMessage()
                        + ". Give one record as a Map or as valid JSON");
    }

    private static IllegalArgumentException wrongBody(Object body, String reason) {
        return new IllegalArgumentException(
                "The body is of the wrong kind (" + body.getClass().getName() + reason
                        + "): give one record as a Map, JSON text, a JsonNode, a stream of JSON, or an object"
                        + " that Jackson can write");
    }
}
