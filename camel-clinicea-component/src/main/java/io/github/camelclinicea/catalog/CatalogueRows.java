/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;

/**
 * Completes rows of a catalogue file by the conventions of the help page, and converts them to resources.
 *
 * <p>Specified by {@code CatalogueTest}.
 */
final class CatalogueRows {
    static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private CatalogueRows() {}

    /**
     * Returns a complete row: what it does not say is as the help page says.
     *
     * @param row the row, not changed
     * @param help the conventions of the help page
     * @throws IllegalArgumentException if a part of the row has another JSON type
     */
    static ObjectNode complete(ObjectNode row, ObjectNode help) {
        ObjectNode whole = row.deepCopy();
        if (row.has("changes")) {
            if (!(row.get("changes") instanceof ObjectNode own)) {
                throw new IllegalArgumentException("changes is not an object");
            }
            ObjectNode changes = ((ObjectNode) help.get("changes")).deepCopy();
            changes.put("path", row.path("path").asText());
            merge(changes, own);
            whole.set("changes", changes);
        }
        if (row.has("operations") && !row.get("operations").isArray()) {
            throw new IllegalArgumentException("operations is not an array");
        }
        ArrayNode operations = whole.withArray("operations");
        Set<String> taken = new HashSet<>();
        operations.forEach(operation -> {
            taken.add(operation.path("name").asText());
            taken.add(operation.path("verb").asText());
        });
        for (JsonNode convention : help.withArray("operations")) {
            if (!taken.contains(convention.path("name").asText())) {
                operations.add(convention.deepCopy());
            }
        }
        return whole;
    }

    /** Applies a row to another: objects are merged field by field, and other values are replaced. */
    static void merge(ObjectNode target, ObjectNode row) {
        row.properties().forEach(field -> {
            JsonNode existing = target.get(field.getKey());
            if (existing instanceof ObjectNode old && field.getValue() instanceof ObjectNode own) {
                merge(old, own);
            } else {
                target.set(field.getKey(), field.getValue().deepCopy());
            }
        });
    }

    /**
     * Returns the resource of a complete row.
     *
     * @throws IllegalArgumentException if a value is missing or wrong; the message names the row and the field
     */
    static Resource resource(ObjectNode whole) {
        try {
            return MAPPER.treeToValue(whole, Resource.class);
        } catch (JsonProcessingException e) {
            Throwable cause = e.getCause() instanceof IllegalArgumentException ? e.getCause() : e;
            throw new IllegalArgumentException(cause.getMessage(), e);
        }
    }
}
