/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * Holds a JSON text as a tree, and where in the text each of its values stands.
 *
 * <p>Specified by {@code CorrectedCatalogueTest}.
 */
final class LocatedJson {
    /** A catalogue nests eight deep. */
    private static final int MAX_DEPTH = 50;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .build();

    private final Map<JsonPointer, JsonLocation> places = new HashMap<>();
    private final JsonNode root;

    private LocatedJson(JsonParser parser) throws IOException {
        if (parser.nextToken() == null) {
            throw new IllegalArgumentException("it is empty");
        }
        this.root = value(parser, JsonPointer.empty());
        if (parser.nextToken() != null) {
            throw MismatchedInputException.from(parser, Object.class, "other text behind the end");
        }
    }

    /**
     * Reads a text.
     *
     * @param json the text; not closed
     * @throws IOException if it cannot be read or is not JSON
     * @throws IllegalArgumentException if it is empty
     */
    static LocatedJson read(InputStream json) throws IOException {
        try (JsonParser parser = MAPPER.createParser(json)) {
            parser.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
            return new LocatedJson(parser);
        }
    }

    private JsonNode value(JsonParser parser, JsonPointer pointer) throws IOException {
        places.putIfAbsent(pointer, parser.currentTokenLocation());
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            ObjectNode object = MAPPER.createObjectNode();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonPointer inner = pointer.appendProperty(name);
                places.put(inner, parser.currentTokenLocation());
                parser.nextToken();
                object.set(name, value(parser, inner));
            }
            return object;
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            ArrayNode array = MAPPER.createArrayNode();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                array.add(value(parser, pointer.appendIndex(array.size())));
            }
            return array;
        }
        return MAPPER.readTree(parser);
    }

    /** Returns the tree. */
    JsonNode root() {
        return root;
    }

    /** Returns the value at a place in the tree; a missing node if there is none. */
    JsonNode at(JsonPointer pointer) {
        return root.at(pointer);
    }

    /**
     * Returns an exception that says where in the text a value is wrong.
     *
     * @param pointer the value, or one that it would stand in
     * @param what what is wrong, and what to do
     */
    IllegalArgumentException wrong(JsonPointer pointer, String what) {
        JsonPointer present = pointer;
        while (!places.containsKey(present)) {
            present = present.head();
        }
        JsonLocation place = places.get(present);
        return new IllegalArgumentException(
                "line " + place.getLineNr() + ", column " + place.getColumnNr() + ": " + what);
    }
}
