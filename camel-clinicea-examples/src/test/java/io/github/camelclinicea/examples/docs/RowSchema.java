/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * Generates the JSON Schema of a resource's records from the dictionary. It is open: any further field is allowed, and no
 * field is required, because a clinic's rows may have even another id.
 */
final class RowSchema {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RowSchema() {}

    /** Returns the file of a schema in the sources of the component. */
    static Path file(Path root, FieldDictionary.Resource resource) {
        return root.resolve("camel-clinicea-component/src/main/resources/io/github/camelclinicea/schema")
                .resolve(resource.name() + ".json");
    }

    static String text(FieldDictionary.Resource resource) {
        ObjectNode schema = JSON.createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put(
                "$comment", "Generated from catalog/fields.json. Each description ends with the grade of its source.");
        schema.put("title", "A record of " + resource.name());
        schema.put(
                "description",
                "Its id is in "
                        + resource.ids().stream()
                                .map(FieldDictionary.Field::name)
                                .collect(Collectors.joining(" or "))
                        + ".");
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        for (FieldDictionary.Field field : resource.fields()) {
            ObjectNode property = properties.putObject(field.name());
            property.put("description", field.meaning() + " (" + field.grade() + ")");
            ArrayNode types = property.putArray("type");
            field.type().json().forEach(types::add);
        }
        schema.put("additionalProperties", true);
        try {
            DefaultIndenter lines = new DefaultIndenter("  ", "\n");
            DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
            printer.indentObjectsWith(lines);
            return JSON.writer(printer).writeValueAsString(schema) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
