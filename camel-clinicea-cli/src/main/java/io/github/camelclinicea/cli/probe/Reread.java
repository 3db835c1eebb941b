/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares rows that were read more than once without a change between. A field that differs would make the row a new
 * version at each read. A row whose stamp differs was changed, and does not count. Neither does a field that differs in
 * few rows only, or in one, because a change within one second leaves the stamp as it was.
 *
 * <p>Specified by {@code RereadTest}.
 */
final class Reread {
    /** One row may have changed within the second of its stamp. */
    static final int ENOUGH_ROWS = 2;

    private static final Comparator<JsonNode> AS_CONTENT = (one, other) -> {
        if (one.isNumber() && other.isNumber()) {
            return decimal(one).compareTo(decimal(other));
        }
        return one.equals(other) ? 0 : 1;
    };

    private final Map<String, Integer> differing = new TreeMap<>();
    private int compared;

    /**
     * Compares the rows of pages.
     *
     * @param pages the pages in the order in which they were read
     * @param idField the field with the id
     * @param stampField the field with the stamp
     */
    Reread(List<List<ObjectNode>> pages, String idField, String stampField) {
        Function<ObjectNode, String> key = row ->
                FieldFinder.text(row, idField) + ' ' + row.path(stampField).asText();
        Map<String, ObjectNode> before = new HashMap<>();
        for (List<ObjectNode> page : pages) {
            Map<String, List<ObjectNode>> byKey = page.stream().collect(Collectors.groupingBy(key));
            byKey.forEach((of, rows) -> {
                // Rows of one page with the same id and stamp are different rows.
                ObjectNode earlier = rows.size() == 1 ? before.put(of, rows.get(0)) : null;
                if (earlier != null) {
                    compare(earlier, rows.get(0), Set.of(idField, stampField));
                }
            });
        }
    }

    private void compare(ObjectNode one, ObjectNode other, Set<String> leftOut) {
        compared++;
        Set<String> names = new TreeSet<>();
        one.fieldNames().forEachRemaining(names::add);
        other.fieldNames().forEachRemaining(names::add);
        names.removeAll(leftOut);
        for (String name : names) {
            JsonNode value = one.path(name);
            if (!value.equals(AS_CONTENT, other.path(name))) {
                differing.merge(name, 1, Integer::sum);
            }
        }
    }

    private static BigDecimal decimal(JsonNode number) {
        return number.decimalValue();
    }

    /** Returns how often a row was read again. */
    int compared() {
        return compared;
    }

    /** Returns the fields that differ in more than half of the rows that were read again. */
    Set<String> fields() {
        Set<String> fields = new TreeSet<>();
        differing.forEach((name, times) -> {
            if (times >= ENOUGH_ROWS && 2 * times > compared) {
                fields.add(name);
            }
        });
        return fields;
    }
}
