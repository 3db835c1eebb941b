/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Finds the names of the fields in which two rows differ, to report a field that differs at each reading. */
public final class RowDifferences {
    private static final ObjectMapper MAPPER = Json.mapper();

    private RowDifferences() {}

    /**
     * Returns the names of the top-level fields whose contents differ, in alphabetical order; none if one of the rows
     * cannot be read.
     *
     * @param one a row as sent
     * @param other another row
     */
    public static Set<String> between(byte[] one, byte[] other) {
        Set<String> names = new TreeSet<>();
        try {
            JsonNode first = MAPPER.readTree(one);
            JsonNode second = MAPPER.readTree(other);
            first.fieldNames().forEachRemaining(names::add);
            second.fieldNames().forEachRemaining(names::add);
            names.removeIf(name -> same(value(first, name), value(second, name)));
            return names;
        } catch (IOException | RuntimeException e) {
            return Set.of();
        }
    }

    private static JsonNode value(JsonNode row, String name) {
        JsonNode value = row.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private static boolean same(JsonNode one, JsonNode other) {
        if (one == null || other == null) {
            return one == other;
        }
        return one.equals(
                (a, b) -> a.isNumber() && b.isNumber()
                        ? a.decimalValue().compareTo(b.decimalValue())
                        : Objects.equals(a, b) ? 0 : 1,
                other);
    }
}
