/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Holds a complete row to which the corrections of a user's row are applied. The parts that the user states get the
 * grade {@link Grade#OWN}; the others keep theirs.
 *
 * <p>Specified by {@code CorrectedCatalogueTest}.
 */
final class CorrectedRow {
    private static final String PATH = "path";
    private static final String GUESSES = "pathGuesses";
    private static final String CHANGES = "changes";
    private static final String GRADE = "grade";
    private static final String GRADES = "grades";
    private static final String NAME_GRADES = "nameGrades";
    private static final List<String> REPLACED = List.of("merge", "paging");

    private final ObjectNode whole;
    private final ObjectNode help;

    /** The number of operations that the user added. They come first, so that the verb that they perform is theirs. */
    private int added;

    private CorrectedRow(ObjectNode whole, ObjectNode help) {
        this.whole = whole;
        this.help = help;
    }

    /** Returns a copy of a complete row. */
    static CorrectedRow of(ObjectNode shipped, ObjectNode help) {
        return new CorrectedRow(shipped.deepCopy(), help);
    }

    /** Returns a row for a resource that the catalogue does not have, with the operations of the help page. */
    static CorrectedRow ofNew(ObjectNode own, ObjectNode help) {
        ObjectNode row = CatalogueRows.MAPPER.createObjectNode();
        row.set("name", own.get("name"));
        row.set(PATH, own.get(PATH));
        return new CorrectedRow(CatalogueRows.complete(row, help), help);
    }

    /** Returns the row as it now is. */
    ObjectNode whole() {
        return whole;
    }

    /** Returns the names of the operations. */
    Set<String> operationNames() {
        Set<String> names = new LinkedHashSet<>();
        operations().forEach(operation -> names.add(operation.path("name").asText()));
        return names;
    }

    private ArrayNode operations() {
        return whole.withArray("operations");
    }

    /** Applies a row of the user, except for its operations. */
    void correct(ObjectNode own) {
        boolean hasList = own.path(CHANGES).isObject();
        if (hasList && !whole.has(CHANGES)) {
            addList();
        }
        if (own.has(PATH)) {
            whole.set(PATH, own.get(PATH));
            if (whole.get(CHANGES) instanceof ObjectNode list) {
                list.set(PATH, own.get(PATH));
                state(list, Part.PATH);
            }
        }
        if (own.has(PATH) || own.path(CHANGES).has(PATH)) {
            removeGuesses();
        }
        if (own.has(GUESSES)) {
            whole.set(GUESSES, own.get(GUESSES));
        }
        if (hasList) {
            correctList((ObjectNode) whole.get(CHANGES), (ObjectNode) own.get(CHANGES));
        }
    }

    /** Adds a change list as the help page describes it, at the path of the resource. */
    private void addList() {
        ObjectNode row = CatalogueRows.MAPPER.createObjectNode();
        row.set(PATH, whole.get(PATH));
        row.putObject(CHANGES);
        ObjectNode list = (ObjectNode) CatalogueRows.complete(row, help).get(CHANGES);
        state(list, Part.PATH);
        whole.set(CHANGES, list);
    }

    /** Removes the guesses for the path, and the note that says so. */
    private void removeGuesses() {
        if (whole.remove(GUESSES) != null && whole.get(CHANGES) instanceof ObjectNode list) {
            list.remove("note");
        }
    }

    private static void correctList(ObjectNode list, ObjectNode own) {
        merge(list, own);
        for (Part part : Part.values()) {
            JsonNode stated = own.path(part.key());
            if (part == Part.PAGE ? stated.has("name") : !stated.isMissingNode()) {
                state(list, part);
            }
            // A query parameter is an object with a name, and a field is its name.
            stated.forEach(entry -> stateName(list, entry.isObject() ? entry.path("name") : entry));
        }
        if (own.path(Part.PAGE.key()).has("first")) {
            state(list, Part.FIRST_PAGE);
        }
    }

    /**
     * Applies an operation of the user. It corrects the operation of its name, or is added. An added one replaces the
     * convention for its verb.
     */
    void correctOperation(ObjectNode own) {
        if (isWhole(own)) {
            removeConvention(own.path("name").asText());
        }
        for (JsonNode operation : operations()) {
            if (operation.path("name").equals(own.path("name"))) {
                ObjectNode known = (ObjectNode) operation;
                // Replaced as a whole: otherwise a field of the catalogue could not be taken out.
                known.remove(REPLACED.stream().filter(own::has).toList());
                merge(known, own);
                for (Part part : List.of(Part.PATH, Part.ARGUMENTS)) {
                    if (own.has(part.key())) {
                        state(known, part);
                    }
                }
                own.path(Part.ARGUMENTS.key()).forEach(argument -> stateName(known, argument.path("name")));
                return;
            }
        }
        ObjectNode operation = own.deepCopy();
        operation.put(GRADE, Grade.OWN.name()).remove(List.of(GRADES, NAME_GRADES));
        removeConvention(own.path("verb").asText());
        operations().insert(added++, operation);
    }

    /** Returns whether a row of the user is an operation by itself, so that it needs no part of a convention. */
    private static boolean isWhole(ObjectNode own) {
        return own.has("method") && own.has(PATH) && own.has("answer");
    }

    private void removeConvention(String name) {
        for (int i = operations().size() - 1; i >= 0; i--) {
            JsonNode operation = operations().get(i);
            if (operation.path("name").asText().equals(name)
                    && operation.path(GRADE).asText().equals(Grade.CONVENTION.name())) {
                operations().remove(i);
            }
        }
    }

    /** Merges what the user states. A grade in it does not count, so that a row may be a copy of a shipped one. */
    private static void merge(ObjectNode target, ObjectNode own) {
        ObjectNode stated = own.deepCopy();
        stated.remove(List.of(GRADE, GRADES, NAME_GRADES));
        CatalogueRows.merge(target, stated);
    }

    private static void state(ObjectNode row, Part part) {
        grades(row, GRADES).put(part.key(), Grade.OWN.name());
    }

    private static void stateName(ObjectNode row, JsonNode name) {
        if (name.isTextual()) {
            grades(row, NAME_GRADES).put(name.asText(), Grade.OWN.name());
        }
    }

    private static ObjectNode grades(ObjectNode row, String key) {
        return row.get(key) instanceof ObjectNode grades ? grades : row.putObject(key);
    }
}
