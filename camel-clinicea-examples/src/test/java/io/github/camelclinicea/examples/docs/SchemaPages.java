/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelclinicea.CliniceaComponent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Predicate;

/** Generates the tables of {@code docs/reference/options.md} and {@code headers.md} from the component's schema. */
final class SchemaPages {
    private SchemaPages() {}

    /** Returns the page of options with new tables. */
    static String options(String page) {
        return renewed(renewed(page, "endpoint", options()), "component", componentOptions());
    }

    /** Returns the page of headers with new tables. */
    static String headers(String page) {
        return renewed(
                renewed(page, "consumer", headers(label -> !label.equals("producer"))),
                "producer",
                headers(label -> !label.equals("consumer")));
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

    private static String options() {
        StringBuilder table = new StringBuilder("""
                | Option | Default | Side | Meaning |
                | --- | --- | --- | --- |
                """);
        schema().path("properties").properties().stream()
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

    private static String componentOptions() {
        StringBuilder table = new StringBuilder("""
                | Option | Default | Meaning |
                | --- | --- | --- |
                """);
        schema().path("componentProperties").properties().stream()
                .filter(option -> !schema().path("properties").has(option.getKey()))
                .forEach(option -> table.append(row(option, "")));
        return table.toString();
    }

    private static String row(Map.Entry<String, JsonNode> option, String side) {
        JsonNode value = option.getValue();
        return "| `" + option.getKey() + "` | "
                + (value.has("defaultValue") ? "`" + value.get("defaultValue").asText() + "`" : "") + " | " + side
                + value.path("description").asText() + " |\n";
    }

    private static String headers(Predicate<String> label) {
        StringBuilder table = new StringBuilder("""
                | Header | Type | Meaning |
                | --- | --- | --- |
                """);
        schema().path("headers").properties().stream()
                .filter(header -> label.test(header.getValue().path("label").asText()))
                .forEach(header -> table.append("| `" + header.getKey() + "` | `"
                        + header.getValue().path("javaType").asText().replace("java.util.", "") + "` | "
                        + header.getValue().path("description").asText() + " |\n"));
        return table.toString();
    }

    private static JsonNode schema() {
        try (InputStream json = CliniceaComponent.class.getResourceAsStream("clinicea.json")) {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
