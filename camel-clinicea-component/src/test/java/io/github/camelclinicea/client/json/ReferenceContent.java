/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Computes what {@link CanonicalContent} compares without short cuts, with Jackson's tree, sorted maps and decimals.
 */
final class ReferenceContent {
    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private ReferenceContent() {}

    /**
     * Returns a value that equals that of another row exactly if the two have the same content.
     *
     * @param row a row without an exponent beyond those of {@link BigDecimal}
     */
    static Object of(String row, Set<String> ignored) throws IOException {
        ObjectNode tree = (ObjectNode) MAPPER.readTree(row);
        return of(tree.remove(ignored));
    }

    private static Object of(JsonNode value) {
        if (value.isObject()) {
            Map<String, Object> fields = new TreeMap<>();
            value.properties().forEach(field -> {
                if (!field.getValue().isNull()) {
                    fields.put(field.getKey(), of(field.getValue()));
                }
            });
            return fields;
        }
        if (value.isArray()) {
            List<Object> items = new ArrayList<>();
            value.forEach(item -> items.add(of(item)));
            return items;
        }
        if (value.isNumber()) {
            BigDecimal number = value.decimalValue();
            return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        }
        if (value.isTextual()) {
            String text = value.textValue();
            return GUID.matcher(text).matches() ? text.toLowerCase(Locale.ROOT) : text;
        }
        return value.isNull() ? Set.of("null") : value.booleanValue();
    }
}
