/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelclinicea.catalog.Catalogue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code fields.json}, the fields of records that any source names. The page and the JSON Schemas come from it. */
final class FieldDictionary {
    /** The JSON that a field may have. A type is wide where no source says how a value is written. */
    enum Type {
        ID("text, or a number", "string", "integer", "null"),
        STATUS("text", "string", "null"),
        TIME("text", "string", "null"),
        TEXT("text; a code may be a number", "string", "number", "boolean", "null"),
        AMOUNT("a number, perhaps as text", "number", "string", "null"),
        COUNT("a number, perhaps as text", "number", "string", "null"),
        FLAG("`true`, `false`, `0` or `1`, perhaps as text", "boolean", "integer", "string", "null");

        private final String words;
        private final List<String> json;

        Type(String words, String... json) {
            this.words = words;
            this.json = List.of(json);
        }

        /** Returns what the type allows apart from null. */
        String words() {
            return words;
        }

        /** Returns the types of JSON Schema. */
        List<String> json() {
            return json;
        }
    }

    /** A field of the records of a resource. */
    record Field(String name, Type type, String meaning, String grade) {}

    /**
     * The fields of a resource.
     *
     * @param note what else is to be known of its records; null for nothing
     */
    record Resource(String name, String note, List<Field> fields) {
        /** Returns the fields that may identify a record, in the order in which the component looks for them. */
        List<Field> ids() {
            return fields.stream().filter(field -> field.type() == Type.ID).toList();
        }
    }

    private FieldDictionary() {}

    static List<Resource> resources() {
        try (InputStream json = Catalogue.class.getResourceAsStream("fields.json")) {
            List<Resource> resources = new ArrayList<>();
            for (JsonNode resource : new ObjectMapper().readTree(json).path("resources")) {
                List<Field> fields = new ArrayList<>();
                resource.path("fields").forEach(field -> fields.add(field(field)));
                resources.add(new Resource(
                        resource.path("name").asText(), resource.path("note").asText(null), fields));
            }
            return resources;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Field field(JsonNode field) {
        return new Field(
                field.path("name").asText(),
                Type.valueOf(field.path("type").asText().toUpperCase(java.util.Locale.ROOT)),
                field.path("meaning").asText(),
                field.path("grade").asText());
    }
}
