/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asciidoctor.Asciidoctor;
import org.asciidoctor.Attributes;
import org.asciidoctor.Options;
import org.asciidoctor.SafeMode;
import org.asciidoctor.ast.Document;
import org.asciidoctor.ast.Row;
import org.asciidoctor.ast.StructuralNode;
import org.asciidoctor.ast.Table;
import org.asciidoctor.log.LogHandler;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Renders the page of the component with Asciidoctor, as a site would, and reads the result. */
@Tag("proof")
class ComponentPageRenderedTest {
    private static final Path PAGE = Path.of("../camel-clinicea-component/src/main/docs/clinicea-component.adoc");

    private static Asciidoctor asciidoctor;

    @BeforeAll
    static void create() {
        asciidoctor = Asciidoctor.Factory.create();
    }

    @AfterAll
    static void close() {
        asciidoctor.close();
    }

    @Test
    void given_the_page_when_rendered_then_asciidoctor_warns_of_nothing_and_all_options_are_shown() throws IOException {
        Rendered page = render(Files.readString(PAGE));

        assertThat(page.warnings()).isEmpty();
        assertThat(page.document().getAttributes())
                .containsEntry("doctitle", "Clinicea")
                .containsEntry("shortname", "clinicea")
                .containsEntry("artifactid", "camel-clinicea-component")
                .containsEntry("component-header", "Both producer and consumer are supported")
                .containsKeys("description", "since", "supportlevel", "tabs-sync-option");
        assertThat(page.html())
                .contains("<strong>Both producer and consumer are supported</strong>")
                .contains("Since version 0.1")
                .doesNotContain("{since}", "{component-header}", "|===");
        assertShown(page, SchemaPages.schema());
    }

    @Test
    void given_hostile_texts_when_the_page_is_rendered_then_they_are_shown_as_they_are() throws IOException {
        Rendered page = render(ComponentPage.renewed(Files.readString(PAGE), HostileSchema.schema()));

        assertThat(page.warnings()).isEmpty();
        assertShown(page, HostileSchema.schema());
    }

    /** Otherwise a warning could be lost on its way, and the tests above could not fail. */
    @Test
    void given_a_page_with_a_row_too_short_and_an_unknown_attribute_when_rendered_then_asciidoctor_warns() {
        assertThat(render("{nothing}\n\n|===\n| a | b\n\n| c\n|===\n").warnings())
                .hasSize(2);
    }

    private static void assertShown(Rendered page, JsonNode schema) {
        List<Table> tables = page.tables();
        List<Map.Entry<String, JsonNode>> options =
                new ArrayList<>(schema.path("properties").properties());
        List<Map.Entry<String, JsonNode>> paths = options.stream()
                .filter(option -> option.getValue().path("kind").asText().equals("path"))
                .toList();
        options.removeAll(paths);

        assertThat(tables).hasSize(4);
        assertShown(
                tables.get(0), List.copyOf(schema.path("componentProperties").properties()));
        assertShown(tables.get(1), paths);
        assertShown(tables.get(2), options);
        assertShown(tables.get(3), List.copyOf(schema.path("headers").properties()));
    }

    private static void assertShown(Table table, List<Map.Entry<String, JsonNode>> entries) {
        assertThat(table.getBody()).hasSameSizeAs(entries);
        for (int i = 0; i < entries.size(); i++) {
            List<String> cells = texts(table.getBody().get(i));
            JsonNode entry = entries.get(i).getValue();
            assertThat(cells).hasSize(4);
            assertThat(cells.get(0)).startsWith(entries.get(i).getKey() + " (");
            assertThat(cells.get(1)).contains(oneLine(entry.path("description").asText()));
            assertThat(cells.get(2))
                    .isEqualTo(oneLine(SchemaPages.standard(entry).orElse("")));
            assertThat(cells.get(3)).isNotEmpty();
        }
    }

    private static List<String> texts(Row row) {
        return row.getCells().stream().map(cell -> text(cell.getText())).toList();
    }

    /** Returns what a reader sees of HTML. An apostrophe is shown curved. */
    private static String text(String html) {
        return Pattern.compile("&(#\\d+|lt|gt|amp);")
                .matcher(html.replaceAll("<[^>]+>", ""))
                .replaceAll(reference -> Matcher.quoteReplacement(character(reference.group(1))))
                .replace('’', '\'')
                .strip();
    }

    private static String character(String reference) {
        return switch (reference) {
            case "lt" -> "<";
            case "gt" -> ">";
            case "amp" -> "&";
            default -> Character.toString(Integer.parseInt(reference.substring(1)));
        };
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    private record Rendered(Document document, String html, List<String> warnings) {
        List<Table> tables() {
            List<Table> tables = new ArrayList<>();
            collect(document, tables);
            return tables;
        }

        private static void collect(StructuralNode node, List<Table> tables) {
            if (node instanceof Table table) {
                tables.add(table);
            } else {
                node.getBlocks().forEach(block -> collect(block, tables));
            }
        }
    }

    private static Rendered render(String page) {
        List<String> warnings = new ArrayList<>();
        LogHandler handler = entry -> warnings.add(entry.getSeverity() + " " + entry.getMessage());
        asciidoctor.registerLogHandler(handler);
        try {
            Attributes attributes =
                    Attributes.builder().attribute("attribute-missing", "warn").build();
            Document document = asciidoctor.load(
                    page,
                    Options.builder()
                            .safe(SafeMode.SECURE)
                            .attributes(attributes)
                            .build());
            return new Rendered(document, document.convert(), warnings);
        } finally {
            asciidoctor.unregisterLogHandler(handler);
        }
    }
}
