/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads values while the page is parsed, exactly as Jackson's own binding reads them for {@link BodyFormat#MAP}.
 *
 * <p>Specified by {@code RowReaderShortCutsTest}.
 */
final class PlainValues {
    private PlainValues() {}

    /** Returns an empty map with room for about so many fields. */
    static Map<String, Object> mapOf(int fields) {
        return new LinkedHashMap<>(Math.max(16, fields + fields / 2));
    }

    /**
     * Returns the value at the parser's present token.
     *
     * @param parser at the first token of a value; afterwards at its last token
     * @throws IOException if the value is malformed, has a field twice in one object, or fits no type
     */
    static Object read(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            default -> null;
        };
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            int before = map.size();
            map.put(name, read(parser));
            if (map.size() == before) {
                throw new IOException(Json.DUPLICATE_FIELD);
            }
        }
        return map;
    }

    private static List<Object> array(JsonParser parser) throws IOException {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(read(parser));
        }
        return list;
    }
}
