/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The names of the fields of a list, with the JSON types of their values. A name is shown only if it cannot be data: a
 * row might have a map by the names or numbers of patients. So a name must be an identifier without a long number. In the
 * page with the most rows, it must be in two rows at least, and in half of them. A name that the catalogue has is always shown. The names within a
 * field that is an object are never shown.
 *
 * <p>Specified by {@code FieldNamesTest}.
 */
final class FieldNames {
    /** Stands behind the number of names that are not shown. */
    static final String NAMES_NOT_SHOWN = " whose names may be data";

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_](?!.*\\d{4})[A-Za-z0-9_]{0,63}");

    private final Map<String, Collection<String>> types = new TreeMap<>();
    private final List<ObjectNode> rows;
    private final List<ObjectNode> largest;
    private final Collection<String> known;

    /**
     * Collects the names.
     *
     * @param pages the rows of each page that was read; a row may be in several
     * @param known the names that are always shown
     */
    FieldNames(List<List<ObjectNode>> pages, Collection<String> known) {
        this.rows = pages.stream().flatMap(Collection::stream).toList();
        this.largest = pages.stream().max(Comparator.comparingInt(List::size)).orElse(List.of());
        this.known = known;
        for (ObjectNode row : rows) {
            row.properties()
                    .forEach(field -> types.computeIfAbsent(field.getKey(), name -> new TreeSet<>())
                            .add(field.getValue().getNodeType().name().toLowerCase(Locale.ROOT)));
        }
    }

    static boolean isIdentifier(String name) {
        return IDENTIFIER.matcher(name).matches();
    }

    private boolean isShown(String name) {
        long count = largest.stream().filter(row -> row.has(name)).count();
        return known.contains(name) || isIdentifier(name) && count >= 2 && 2 * count >= largest.size();
    }

    /** Returns the names that are shown, each with the types of its values, like {@code null or string}. */
    Map<String, String> shown() {
        Map<String, String> shown = new TreeMap<>();
        types.forEach((name, of) -> {
            if (isShown(name)) {
                shown.put(name, String.join(" or ", of));
            }
        });
        return shown;
    }

    /** Returns how many names are not shown. */
    int hidden() {
        return types.size() - shown().size();
    }

    /** Returns which fields hold a value of a kind in some row, in words. */
    String with(Predicate<JsonNode> kind) {
        Map<Boolean, List<String>> found = types.keySet().stream()
                .filter(name -> rows.stream().anyMatch(row -> row.has(name) && kind.test(row.get(name))))
                .collect(Collectors.partitioningBy(this::isShown));
        List<String> words = new ArrayList<>(found.get(true));
        if (!found.get(false).isEmpty()) {
            words.add(found.get(false).size() + NAMES_NOT_SHOWN);
        }
        return words.isEmpty() ? "none" : String.join(", ", words);
    }
}
