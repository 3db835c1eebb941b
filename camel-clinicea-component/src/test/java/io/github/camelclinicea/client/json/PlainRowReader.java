/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads rows like {@link RowReader}, without short cuts. The decoder finds invalid UTF-8, Jackson finds repeated
 * fields, and each name is looked up.
 */
final class PlainRowReader {
    private static final JsonFactory STRICT = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(100).build())
            .build();

    private final List<List<String>> fields;

    PlainRowReader(List<String> idFields, List<String> statusFields, List<String> modifiedFields) {
        this.fields = List.of(idFields, statusFields, modifiedFields);
    }

    /** Returns id, status, stamp and text of each row. */
    List<List<String>> read(byte[] json) throws IOException {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
        for (int i = 0; i < Math.min(4, json.length); i++) {
            require(json[i] != 0);
        }
        List<List<String>> rows = new ArrayList<>();
        try (JsonParser parser = STRICT.createParser(json)) {
            require(parser.nextToken() == JsonToken.START_ARRAY);
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                require(parser.currentToken() == JsonToken.START_OBJECT);
                rows.add(row(parser, json));
            }
            require(parser.nextToken() == null);
        }
        return rows;
    }

    private List<String> row(JsonParser parser, byte[] json) throws IOException {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        String[][] values = new String[fields.size()][4];
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            boolean scalar = parser.nextToken().isScalarValue();
            for (int i = 0; scalar && i < values.length; i++) {
                int place = fields.get(i).indexOf(name);
                if (place >= 0 && parser.currentToken() != JsonToken.VALUE_NULL) {
                    values[i][place] = parser.getText();
                }
            }
            parser.skipChildren();
        }
        int end = (int) parser.currentTokenLocation().getByteOffset() + 1;
        List<String> row = new ArrayList<>();
        for (String[] found : values) {
            row.add(Arrays.stream(found)
                    .filter(value -> value != null && !value.isEmpty())
                    .findFirst()
                    .orElse(null));
        }
        row.add(new String(json, start, end - start, StandardCharsets.UTF_8));
        return row;
    }

    private static void require(boolean condition) throws IOException {
        if (!condition) {
            throw new IOException("no page");
        }
    }
}
