/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Generates the parts of {@code clinicea-component.adoc} that follow from the component's schema, in the layout of the
 * pages of Camel's own components. Camel's plug-in {@code update-readme} is of no use here: it writes {@code include}
 * directives in place of the tables, and what they include exists on Camel's site alone.
 */
final class ComponentPage {
    /** A character that means nothing to AsciiDoc. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N} .,;:/()=%!?'\"-]");
    /** Plain characters that AsciiDoc replaces, or turns into a link or an index term, when they stand together. */
    private static final Pattern SPECIAL = Pattern.compile("\\.\\.\\.|--|\\(\\(|\\((?:C|R|TM)\\)|(?<=[a-z]):(?=//)");

    private ComponentPage() {}

    /** Returns the page with its generated parts made again. */
    static String renewed(String page, JsonNode schema) {
        String attributes = renewed(page, "attributes", attributes(schema));
        String dependency = renewed(attributes, "dependency", dependency(schema.path("component")));
        String format = renewed(dependency, "format", format(schema.path("component")));
        return renewed(format, "options", options(schema));
    }

    private static String renewed(String page, String part, String text) {
        return GeneratedPart.renewed(page, "// " + part + ": START\n", text, "// " + part + ": END\n");
    }

    private static String attributes(JsonNode schema) {
        JsonNode component = schema.path("component");
        boolean deprecated = component.path("deprecated").asBoolean();
        return "= " + text(component, "title") + " Component" + (deprecated ? " (deprecated)" : "") + "\n"
                + ":doctitle: " + text(component, "title") + "\n"
                + ":shortname: " + text(component, "scheme") + "\n"
                + ":artifactid: " + text(component, "artifactId") + "\n"
                + ":description: " + text(component, "description") + "\n"
                + ":since: " + text(component, "firstVersion").replaceFirst("^(\\d+\\.\\d+)\\.0$", "$1") + "\n"
                + ":supportlevel: " + text(component, "supportLevel") + (deprecated ? "-deprecated" : "") + "\n"
                + (deprecated ? ":deprecated: *deprecated*\n" : "")
                + ":tabs-sync-option:\n"
                + ":component-header: " + sides(component) + "\n";
    }

    private static String sides(JsonNode component) {
        boolean consumerOnly = component.path("consumerOnly").asBoolean();
        boolean producerOnly = component.path("producerOnly").asBoolean();
        return consumerOnly == producerOnly
                ? "Both producer and consumer are supported"
                : "Only " + (producerOnly ? "producer" : "consumer") + " is supported";
    }

    private static String dependency(JsonNode component) {
        return """
                [source,xml]
                ----
                <dependency>
                    <groupId>%s</groupId>
                    <artifactId>%s</artifactId>
                    <version>%s</version>
                </dependency>
                ----
                """.formatted(
                        component.path("groupId").asText(),
                        component.path("artifactId").asText(),
                        component.path("version").asText());
    }

    private static String format(JsonNode component) {
        return """
                [source]
                ----
                %s[?options]
                ----
                """.formatted(component.path("syntax").asText());
    }

    private static String options(JsonNode schema) {
        JsonNode component = schema.path("component");
        List<Map.Entry<String, JsonNode>> paths = new ArrayList<>();
        List<Map.Entry<String, JsonNode>> queries = new ArrayList<>();
        schema.path("properties")
                .properties()
                .forEach(option ->
                        (option.getValue().path("kind").asText().equals("path") ? paths : queries).add(option));
        List<Map.Entry<String, JsonNode>> ofComponent =
                List.copyOf(schema.path("componentProperties").properties());
        List<Map.Entry<String, JsonNode>> headers =
                List.copyOf(schema.path("headers").properties());
        String title = text(component, "title");
        return "== Component options\n\n"
                + "The " + title + " component has " + ofComponent.size() + " options.\n\n" + table(ofComponent)
                + "\n== Endpoint options\n\n"
                + "The " + title + " endpoint has this URI syntax:\n\n----\n"
                + component.path("syntax").asText() + "\n----\n"
                + "\n=== Path parameters (" + paths.size() + ")\n\n" + table(paths)
                + "\n=== Query parameters (" + queries.size() + ")\n\n" + table(queries)
                + "\n== Message headers\n\n"
                + "The " + title + " component has " + headers.size() + " message headers.\n\n" + table(headers);
    }

    private static String table(List<Map.Entry<String, JsonNode>> entries) {
        return entries.stream()
                .map(entry -> row(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("", """
                        [width="100%",cols="2,5,^1,2",options="header"]
                        |===
                        | Name | Description | Default | Type
                        """, "|===\n"));
    }

    /** Returns one line for each cell: what stands before a bar in its line would be taken for a format. */
    private static String row(String name, JsonNode entry) {
        String constant = entry.path("constantName").asText();
        return "\n| *" + prose(name) + "* (" + text(entry, "group") + ")"
                + (constant.isEmpty() ? "" : " +\nConstant: " + code(constant.substring(constant.indexOf('#') + 1)))
                + "\n| " + marks(entry) + text(entry, "description") + values(entry) + "\n|"
                + standard(entry) + "\n| " + prose(type(entry)) + "\n";
    }

    private static String marks(JsonNode entry) {
        String note = entry.path("deprecationNote").asText();
        return (entry.path("deprecated").asBoolean()
                        ? "*Deprecated*" + (note.isBlank() ? "" : " " + prose(note)) + " "
                        : "")
                + (entry.path("required").asBoolean() ? "*Required* " : "")
                + (entry.path("autowired").asBoolean() ? "*Autowired* " : "")
                + (entry.path("secret").asBoolean() ? "*Secret* " : "");
    }

    private static String values(JsonNode entry) {
        return StreamSupport.stream(entry.path("enum").spliterator(), false)
                .map(value -> code(value.asText()))
                .reduce((first, second) -> first + ", " + second)
                .map(all -> " Enum values: " + all + ".")
                .orElse("");
    }

    private static String standard(JsonNode entry) {
        return SchemaPages.standard(entry).map(value -> " " + code(value)).orElse("");
    }

    /** Returns the type without its package, as on Camel's pages. */
    private static String type(JsonNode entry) {
        return entry.path("type").asText().equals("duration")
                ? "Duration"
                : entry.path("javaType").asText().replaceAll("[a-z]\\w*\\.(?=\\w)", "");
    }

    private static String text(JsonNode node, String field) {
        return prose(node.path(field).asText().strip());
    }

    /** Returns text for AsciiDoc that is shown as it is. */
    static String prose(String text) {
        String escaped = text.replaceAll("\\s+", " ")
                .codePoints()
                .mapToObj(Character::toString)
                .map(c -> PLAIN.matcher(c).matches() ? c : reference(c))
                .collect(Collectors.joining());
        return SPECIAL.matcher(escaped).replaceAll(special -> {
            int last = special.group().length() - 1;
            return special.group().substring(0, last)
                    + reference(special.group().substring(last));
        });
    }

    private static String reference(String character) {
        return "&#" + character.codePointAt(0) + ";";
    }

    /** Returns code for AsciiDoc that is shown as it is; nothing for an empty text. */
    static String code(String text) {
        return text.isEmpty() ? "" : "`" + prose(text) + "`";
    }
}
