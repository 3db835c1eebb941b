/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.catalog.Argument;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.client.json.ForeignJson;
import io.github.camelclinicea.client.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Message;

/**
 * What a message says of a call: the fields of its body and the parameters in its header.
 *
 * @param record the body's fields; empty if the message has no body
 * @param parameters the {@code CamelCliniceaParameters} header, without those that are null
 * @param recordId the {@code CamelCliniceaRecordId} header, or null
 */
public record Arguments(ObjectNode record, Map<String, JsonNode> parameters, String recordId) {

    /** @return nothing of what they say: it is a patient's data */
    @Override
    public String toString() {
        return "Arguments";
    }

    /**
     * @param message the message
     * @param withBody whether the operation takes its body; one that only reads leaves it alone
     * @return its arguments
     * @throws IllegalArgumentException if the body is nothing that a record can be read from
     */
    public static Arguments of(Message message, boolean withBody) {
        return new Arguments(
                withBody ? record(message) : Json.mapper().createObjectNode(),
                parameters(message),
                HeaderText.of(message, CliniceaConstants.RECORD_ID));
    }

    /**
     * @param operation what they are for
     * @return the id of the record that it is about, or null
     */
    public String idFor(Operation operation) {
        return operation.arguments().stream()
                .filter(Argument::recordId)
                .findFirst()
                .map(id -> {
                    JsonNode inBody = operation.openBody() ? null : record.get(id.name());
                    JsonNode own = parameters.getOrDefault(id.name(), inBody);
                    return own == null || own.asText("").isBlank() ? recordId : own.asText();
                })
                .orElse(null);
    }

    private static boolean isTree(Object value) {
        return value instanceof JsonNode || value != null && ForeignJson.isTree(value.getClass());
    }

    /**
     * @param message the message
     * @return its {@code CamelCliniceaParameters} header; empty if it has none
     * @throws IllegalArgumentException if the header is nothing that names its values
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
            // Jackson's own message may quote the value.
            throw new IllegalArgumentException(
                    "'" + name + "' in the header " + CliniceaConstants.PARAMETERS + " is of the wrong kind ("
                            + value.getClass().getName() + reason(e) + "): give text, a number, a date or a time");
        }
    }

    /** Routes in YAML and XML can write text more easily than they make a Map. */
    private static ObjectNode parametersOf(Object header) {
        try {
            JsonNode node = header instanceof CharSequence text
                    ? Json.mapper().readTree(text.toString())
                    : isTree(header) ? MessageValues.of(header) : null;
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException | RuntimeException e) {
            // Told below, and without the text, which may be a patient's.
        }
        throw new IllegalArgumentException("The header " + CliniceaConstants.PARAMETERS
                + " must be a Map, or the JSON text of an object, and is none ("
                + header.getClass().getName() + ")");
    }

    private static ObjectNode record(Message message) {
        Object body = message.getBody();
        if (body == null) {
            return Json.mapper().createObjectNode();
        }
        JsonNode node;
        try {
            node = node(message, body);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // Jackson's own message quotes what it stumbled over. The last is of what holds itself.
            throw wrongBody(body, reason(e));
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
            return Json.mapper().readTree(text.toString());
        }
        // Bytes, streams, readers and files: whatever Camel can open.
        InputStream stream = message.getBody(InputStream.class);
        if (stream != null) {
            try (stream) {
                return Json.mapper().readTree(stream);
            }
        }
        return MessageValues.of(body);
    }

    /** Returns which value within another one cannot be read, if that is why; nothing of what else Jackson says. */
    private static String reason(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof MessageValues.UnreadableException unreadable) {
                return ", " + unreadable.getMessage();
            }
        }
        return "";
    }

    private static IllegalArgumentException wrongBody(Object body, String reason) {
        return new IllegalArgumentException(
                "The body is of the wrong kind (" + body.getClass().getName() + reason
                        + "): give one record as a Map, JSON text, a JsonNode, a stream of JSON, or an object that Jackson can"
                        + " write");
    }
}
