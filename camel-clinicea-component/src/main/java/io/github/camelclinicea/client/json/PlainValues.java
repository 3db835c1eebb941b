/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes of JSON, in passing, what Jackson's own binding makes of it for {@link BodyFormat#MAP}. */
final class PlainValues {
    private PlainValues() {}

    /** @return a map in which about so many fields find room without it growing */
    static Map<String, Object> mapOf(int fields) {
        return new LinkedHashMap<>(Math.max(16, fields + fields / 2));
    }

    /**
     * @param parser at the first token of a value; at its last one afterwards
     * @return the value
     * @throws IOException if it is broken, has a field twice in one object, or holds a value that no type can
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
                throw new IOException(PageParser.TWICE);
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
