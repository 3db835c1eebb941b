/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts the rows of a probe into the catalogue file of an earlier one. Of a list that this probe found, path and changes
 * are replaced. Everything else stays: other resources, and the operations that a user wrote.
 *
 * <p>Specified by {@code CatalogueMergeTest}.
 */
final class CatalogueMerge {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> OF_THE_PROBE = Set.of("path", "changes");

    private final ObjectNode file;
    private final List<String> kept = new ArrayList<>();
    private final List<String> replaced = new ArrayList<>();

    /**
     * Reads the file of an earlier probe.
     *
     * @param text its text; null if there is none
     * @throws IllegalArgumentException if it is no catalogue file
     */
    CatalogueMerge(String text) {
        file = text == null ? JsonNodeFactory.instance.objectNode() : read(text);
    }

    private static ObjectNode read(String text) {
        try {
            if (JSON.readTree(text) instanceof ObjectNode object
                    && object.path("resources") instanceof ArrayNode rows
                    && rows.valueStream().allMatch(JsonNode::isObject)) {
                return object;
            }
        } catch (JsonProcessingException e) {
            // Reported below, without a quotation of the file.
        }
        throw new IllegalArgumentException("no JSON object with an array of objects named resources");
    }

    /**
     * Adds the rows of a probe.
     *
     * @param rows the rows of the lists that differ
     * @param found the names of all lists that were found
     * @return the file
     */
    ObjectNode with(JsonNode rows, Collection<String> found) {
        ArrayNode merged = JsonNodeFactory.instance.arrayNode();
        Set<String> added = new HashSet<>();
        for (JsonNode old : file.path("resources")) {
            String name = old.path("name").asText();
            if (!found.contains(name)) {
                merged.add(old);
                kept.add(name);
                continue;
            }
            JsonNode row = row(rows, name);
            boolean same =
                    OF_THE_PROBE.stream().allMatch(field -> old.path(field).equals(row.path(field)));
            ObjectNode one = ((ObjectNode) old.deepCopy()).without(OF_THE_PROBE);
            row.properties().forEach(field -> one.set(field.getKey(), field.getValue()));
            if (one.size() > 1) {
                merged.add(one);
            }
            if (!same) {
                replaced.add(name);
            }
            added.add(name);
        }
        rows.forEach(row -> {
            if (!added.contains(row.path("name").asText())) {
                merged.add(row);
            }
        });
        file.set("resources", merged);
        return file;
    }

    private static JsonNode row(JsonNode rows, String name) {
        for (JsonNode row : rows) {
            if (row.path("name").asText().equals(name)) {
                return row;
            }
        }
        return JsonNodeFactory.instance.objectNode();
    }

    /** Returns what happened to the rows that were there, in words; empty if there were none. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        if (!replaced.isEmpty()) {
            words.add("Replaced in " + PrintedOptions.CATALOGUE_FILE + ": " + String.join(", ", replaced));
        }
        if (!kept.isEmpty()) {
            words.add("Kept in " + PrintedOptions.CATALOGUE_FILE + ": " + String.join(", ", kept));
        }
        return words;
    }
}
