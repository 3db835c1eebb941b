/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelclinicea.CliniceaComponent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Generates the tables of {@code docs/reference/options.md} and {@code headers.md} from the component's schema. */
final class SchemaPages {
    private SchemaPages() {}

    /** Returns the page of options with new tables. */
    static String options(String page, JsonNode schema) {
        return renewed(renewed(page, "endpoint", options(schema)), "component", componentOptions(schema));
    }

    /** Returns the page of headers with new tables. */
    static String headers(String page, JsonNode schema) {
        return renewed(
                renewed(page, "consumer", headers(schema, label -> !label.equals("producer"))),
                "producer",
                headers(schema, label -> !label.equals("consumer")));
    }

    /** Returns an option of the endpoint as the schema has it; a missing node if there is none. */
    static JsonNode option(String name) {
        return schema().path("properties").path(name);
    }

    private static String renewed(String page, String part, String table) {
        return GeneratedPart.renewed(
                page,
                "<!-- from the schema: " + part + " -->\n",
                "\n" + table + "\n",
                "<!-- until here: " + part + " -->\n");
    }

    private static String options(JsonNode schema) {
        StringBuilder table = new StringBuilder("""
                | Option | Default | Side | Meaning |
                | --- | --- | --- | --- |
                """);
        schema.path("properties").properties().stream()
                .filter(SchemaPages::isOurs)
                .forEach(option -> table.append(row(option, side(option.getValue()) + " | ")));
        return table.toString();
    }

    /** Leaves out Camel's own options of scheduled consumers, except the one whose default differs. */
    private static boolean isOurs(Map.Entry<String, JsonNode> option) {
        return option.getValue().path("kind").asText().equals("parameter")
                && (option.getValue().has("configurationField")
                        || option.getKey().equals("delay"));
    }

    private static String side(JsonNode option) {
        String label = option.path("label").asText();
        String side = label.contains("consumer") ? "consumer" : label.contains("producer") ? "producer" : "both";
        return option.path("secret").asBoolean() ? side + ", secret" : side;
    }

    private static String componentOptions(JsonNode schema) {
        StringBuilder table = new StringBuilder("""
                | Option | Default | Meaning |
                | --- | --- | --- |
                """);
        schema.path("componentProperties").properties().stream()
                .filter(option -> !schema.path("properties").has(option.getKey()))
                .forEach(option -> table.append(row(option, "")));
        return table.toString();
    }

    private static String row(Map.Entry<String, JsonNode> option, String side) {
        JsonNode value = option.getValue();
        return "| `" + cell(option.getKey()) + "` | "
                + standard(value).map(text -> "`" + cell(text) + "`").orElse("") + " | " + side
                + (value.path("deprecated").asBoolean() ? "**Deprecated.** " : "")
                + cell(value.path("description").asText()) + " |\n";
    }

    /**
     * Returns the default that the schema states. Camel's generator states {@code false} for each {@code Boolean}
     * without one, where null means something else than false.
     */
    static Optional<String> standard(JsonNode option) {
        boolean isStated =
                option.has("defaultValue") && !option.path("javaType").asText().equals("java.lang.Boolean");
        return isStated ? Optional.of(option.get("defaultValue").asText()) : Optional.empty();
    }

    /** Returns text for a cell of a table, which ends at a bar or a line break. */
    private static String cell(String text) {
        return text.replaceAll("\\s+", " ").replace("|", "\\|");
    }

    private static String headers(JsonNode schema, Predicate<String> label) {
        StringBuilder table = new StringBuilder("""
                | Header | Type | Meaning |
                | --- | --- | --- |
                """);
        schema.path("headers").properties().stream()
                .filter(header -> label.test(header.getValue().path("label").asText()))
                .forEach(header -> table.append("| `" + cell(header.getKey()) + "` | `"
                        + header.getValue().path("javaType").asText().replace("java.util.", "") + "` | "
                        + cell(header.getValue().path("description").asText()) + " |\n"));
        return table.toString();
    }

    /** Returns the schema of the component. */
    static JsonNode schema() {
        try (InputStream json = CliniceaComponent.class.getResourceAsStream("clinicea.json")) {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
