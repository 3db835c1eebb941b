/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;

/**
 * Reads and writes JSON, and reads it strictly.
 *
 * <p>Specified by {@code WriteTest}.
 */
final class Json {
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private Json() {}

    static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("JSON cannot express a row", e);
        }
    }

    /**
     * Returns the JSON object that a body is.
     *
     * @param body a request's body, not null
     * @throws Refusal 400, if the body is no JSON object
     */
    static Map<String, Object> object(byte[] body) {
        try {
            Map<String, Object> object = MAPPER.readValue(body, OBJECT);
            if (object != null) {
                return object;
            }
        } catch (IOException e) {
            // The response says what is required and does not quote the body.
        }
        throw Refusal.badRequest("the body must be one JSON object");
    }
}
