/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Applies a user's file to the rows of a catalogue. Each mistake in it is rejected with its line.
 *
 * <p>Specified by {@code CorrectedCatalogueTest}.
 */
final class CatalogueCorrections {
    private static final String RESOURCES = "resources";
    private static final String OPERATIONS = "operations";

    /** The key that editors read the address of a JSON Schema from. */
    private static final String SCHEMA = "$schema";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

    /** The beginning of a message about a field of a row, for example {@code page.first must be}. */
    private static final Pattern FIELD = Pattern.compile("\\w+\\.(\\w+)");

    private final LocatedJson file;
    private final ObjectNode help;

    /**
     * @param file the user's file
     * @param help the conventions of the help page
     */
    CatalogueCorrections(LocatedJson file, ObjectNode help) {
        this.file = file;
        this.help = help;
    }

    /**
     * Returns the rows of a catalogue with the corrections.
     *
     * @param rows the complete rows by name, not changed
     * @throws IllegalArgumentException if the file is wrong; the message says where and why
     */
    Map<String, ObjectNode> appliedTo(Map<String, ObjectNode> rows) {
        checkRoot();
        Map<String, ObjectNode> corrected = new LinkedHashMap<>(rows);
        Set<String> names = new HashSet<>();
        JsonPointer list = JsonPointer.empty().appendProperty(RESOURCES);
        for (int i = 0; i < file.at(list).size(); i++) {
            JsonPointer place = list.appendIndex(i);
            String name = name(place, RESOURCES + "[" + i + "]", NAME);
            if (!names.add(name)) {
                throw file.wrong(place, name + " comes twice; put all that it corrects into one row");
            }
            new RowShape(file).check(place, Resource.class, name);
            corrected.put(name, corrected(place, name, rows));
        }
        return corrected;
    }

    private void checkRoot() {
        if (!file.root().isObject()) {
            throw file.wrong(JsonPointer.empty(), "it must be an object with an array '" + RESOURCES + "'");
        }
        file.root().fieldNames().forEachRemaining(key -> {
            if (!key.equals(RESOURCES) && !key.equals(SCHEMA)) {
                throw file.wrong(
                        JsonPointer.empty().appendProperty(key),
                        "unknown key '" + key + "'. " + Suggestion.of(key, List.of(RESOURCES))
                                + "A catalogue file of your own has an array '" + RESOURCES + "' only");
            }
        });
        JsonPointer list = JsonPointer.empty().appendProperty(RESOURCES);
        if (!file.at(list).isArray()) {
            throw file.wrong(list, "'" + RESOURCES + "' must be an array of rows");
        }
    }

    /** Returns the name in a row, which is required. */
    private String name(JsonPointer row, String label, Pattern form) {
        JsonNode value = file.at(row);
        if (!value.isObject()) {
            throw file.wrong(row, label + " must be an object with a 'name'");
        }
        JsonNode name = value.path("name");
        if (!name.isTextual() || !form.matcher(name.asText()).matches()) {
            throw file.wrong(
                    row.appendProperty("name"),
                    label + " needs a 'name' of letters, digits, '.', '_' and '-', as in clinicea:patients");
        }
        return name.asText();
    }

    private ObjectNode corrected(JsonPointer place, String name, Map<String, ObjectNode> rows) {
        ObjectNode own = (ObjectNode) file.at(place);
        ObjectNode shipped = rows.get(name);
        if (shipped == null && !own.has("path")) {
            throw file.wrong(
                    place,
                    "the catalogue has no resource " + name + ", so the row needs a 'path'. "
                            + Suggestion.of(name, rows.keySet()));
        }
        CorrectedRow row = shipped == null ? CorrectedRow.ofNew(own, help) : CorrectedRow.of(shipped, help);
        row.correct(own);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < own.path(OPERATIONS).size(); i++) {
            JsonPointer operation = place.appendProperty(OPERATIONS).appendIndex(i);
            String operationName = name(operation, name + "." + OPERATIONS + "[" + i + "]", NAME);
            if (!seen.add(operationName)) {
                throw file.wrong(operation, name + " has the operation " + operationName + " twice; write it once");
            }
            checkOperation(operation, operationName, row);
            row.correctOperation((ObjectNode) file.at(operation));
        }
        try {
            CatalogueRows.resource(row.whole());
        } catch (IllegalArgumentException e) {
            throw file.wrong(cause(place, row.whole(), e), name + ": " + reason(e));
        }
        return row.whole();
    }

    private void checkOperation(JsonPointer place, String name, CorrectedRow row) {
        Set<String> known = row.operationNames();
        for (String key : List.of("method", "path", "answer")) {
            if (!known.contains(name) && !file.at(place).has(key)) {
                throw file.wrong(
                        place,
                        "the catalogue has no operation " + name + " here, so the row needs a '" + key + "'. "
                                + Suggestion.of(name, known));
            }
        }
    }

    private static String reason(IllegalArgumentException e) {
        return e.getCause() instanceof JsonProcessingException json
                        && !(json.getCause() instanceof IllegalArgumentException)
                ? json.getOriginalMessage()
                : e.getMessage();
    }

    /** Returns the value that a failure is about, or the nearest one around it that the file has. */
    private JsonPointer cause(JsonPointer row, JsonNode whole, IllegalArgumentException e) {
        JsonPointer place = row;
        JsonNode node = whole;
        List<JsonMappingException.Reference> path =
                e.getCause() instanceof JsonMappingException failure ? failure.getPath() : List.of();
        for (JsonMappingException.Reference step : path) {
            JsonPointer next = step.getFieldName() != null
                    ? place.appendProperty(step.getFieldName())
                    : place.appendIndex(indexInFile(place, node, step.getIndex()));
            if (file.at(next).isMissingNode()) {
                // A value of the catalogue, which one of the row has made wrong.
                break;
            }
            node = step.getFieldName() != null ? node.path(step.getFieldName()) : node.path(step.getIndex());
            place = next;
        }
        Matcher field = FIELD.matcher(String.valueOf(e.getMessage()));
        JsonPointer inner = field.lookingAt() ? place.appendProperty(field.group(1)) : place;
        return file.at(inner).isMissingNode() ? place : inner;
    }

    /** Returns the index in the file. An operation has the same name there, and may have another index. */
    private int indexInFile(JsonPointer array, JsonNode whole, int index) {
        JsonNode own = file.at(array);
        if (!OPERATIONS.equals(array.last().getMatchingProperty())) {
            return index;
        }
        int i = 0;
        while (i < own.size()
                && !own.get(i).path("name").equals(whole.path(index).path("name"))) {
            i++;
        }
        return i;
    }
}
