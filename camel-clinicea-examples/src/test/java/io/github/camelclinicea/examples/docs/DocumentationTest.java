/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclinicea.examples.docs.language.AsciiDoc;
import io.github.camelclinicea.examples.docs.language.Markdown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares the documentation with the code. Each snippet consists of lines of a file that another test runs, and each
 * table is the generated one.
 */
class DocumentationTest {
    private static final Path ROOT = Path.of("..");
    private static final Path COMPONENT_PAGE =
            ROOT.resolve("camel-clinicea-component/src/main/docs/clinicea-component.adoc");
    private static final Set<String> CHECKED = Set.of("java", "xml", "yaml");
    /** Its pages show files of its folders, which the tests of camel-clinicea-starts run. */
    private static final Path STARTS = ROOT.resolve("docs/start");
    /** Pages whose files IntoADatabaseTest, OnCallTest, StoreStateTest and the starter's DatabaseApplicationTest take. */
    private static final Set<Path> RUN_AS_THEY_STAND = Stream.of(
                    "into-a-database.md", "kamelets.md", "on-call.md", "spring-boot.md", "store-state.md")
            .map(ROOT.resolve("docs/how-to")::resolve)
            .collect(Collectors.toSet());

    private static final Pattern RECORD =
            Pattern.compile("# (\\d+)\\. (.*)\\n\\n\\*\\*Date\\*\\* (\\S+)\\. \\*\\*Status\\*\\* (.*)\\.\\n");
    private static final Pattern FENCE = Pattern.compile("^```(\\w*)\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);

    /** Holds a fenced block and its place. */
    record Snippet(Path page, String language, String text) {
        @Override
        public String toString() {
            return page + ": " + text.lines().findFirst().orElse("");
        }
    }

    static List<Snippet> snippets() throws IOException {
        List<Snippet> snippets = new ArrayList<>();
        String component = AsciiDoc.asMarkdown(AsciiDoc.withoutGeneratedParts(Files.readString(COMPONENT_PAGE)));
        FENCE.matcher(component)
                .results()
                .filter(fence -> CHECKED.contains(fence.group(1)))
                .forEach(fence -> snippets.add(new Snippet(COMPONENT_PAGE, fence.group(1), fence.group(2))));
        for (Path page : Markdown.pages(ROOT)) {
            Matcher fences = FENCE.matcher(Files.readString(page));
            while (fences.find()) {
                if (RUN_AS_THEY_STAND.contains(page) && PageProject.of(page).contains(fences.group(2))) {
                    // The test runs it as it stands.
                    continue;
                }
                boolean start = page.getParent().equals(STARTS);
                if (CHECKED.contains(fences.group(1))
                        || start && Set.of("properties", "sql").contains(fences.group(1))) {
                    snippets.add(new Snippet(page, fences.group(1), fences.group(2)));
                }
            }
        }
        return snippets;
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void given_a_snippet_when_looked_for_then_its_lines_stand_in_a_file_that_is_compiled_or_run(Snippet snippet)
            throws IOException {
        List<Path> files = new ArrayList<>();
        if (snippet.text().contains("<dependency>")) {
            if (!standsInAPom(snippet)) {
                assertDependencyExists(snippet.text());
            }
            return;
        }
        for (Path module : modules()) {
            try (Stream<Path> sources = Files.walk(module.resolve("src"))) {
                sources.filter(file -> file.toString().endsWith("." + snippet.language()))
                        .forEach(files::add);
            }
        }
        String wanted = lines(snippet.text());
        List<Path> found = new ArrayList<>();
        for (Path file : files) {
            if (lines(Files.readString(file)).contains(wanted)) {
                found.add(file);
            }
        }
        assertThat(found).as("files with these lines:%n%s", snippet.text()).isNotEmpty();
    }

    private static List<Path> modules() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT);
                Stream<Path> starts = Files.list(STARTS)) {
            return Stream.concat(folders, starts)
                    .filter(folder -> Files.isDirectory(folder.resolve("src")))
                    .toList();
        }
    }

    private static boolean standsInAPom(Snippet snippet) throws IOException {
        for (Path pom : BuildVersions.poms(ROOT)) {
            if (lines(Files.readString(pom)).contains(lines(snippet.text()))) {
                return true;
            }
        }
        return false;
    }

    /** Removes indentation and line breaks, in which a page may differ from the code. */
    private static String lines(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining(" ")).replaceAll("\\s+", "");
    }

    private static void assertDependencyExists(String dependency) throws IOException {
        Matcher artifact = Pattern.compile("<artifactId>(.*)</artifactId>\\s*<version>(.*)</version>")
                .matcher(dependency);
        assertThat(artifact.find()).isTrue();
        if (dependency.contains("<groupId>org.postgresql</groupId>")) {
            assertThat(Files.readString(ROOT.resolve("pom.xml"))).contains(">" + artifact.group(2) + "<");
            return;
        }
        assertThat(Files.readString(ROOT.resolve(artifact.group(1)).resolve("pom.xml")))
                .contains("<artifactId>" + artifact.group(1) + "</artifactId>")
                .contains("<version>" + artifact.group(2) + "</version>");
    }

    @Test
    void given_the_pages_of_options_and_headers_when_compared_with_the_schema_then_all_are_there() throws IOException {
        assertMadeOfTheCode(
                ROOT.resolve("docs/reference/options.md"), page -> SchemaPages.options(page, SchemaPages.schema()));
        assertMadeOfTheCode(
                ROOT.resolve("docs/reference/headers.md"), page -> SchemaPages.headers(page, SchemaPages.schema()));
    }

    @Test
    void given_the_page_of_the_component_when_compared_with_the_schema_then_its_parts_are_what_the_schema_says()
            throws IOException {
        assertMadeOfTheCode(COMPONENT_PAGE, page -> ComponentPage.renewed(page, SchemaPages.schema()));
    }

    @Test
    void given_the_readmes_ten_options_when_compared_with_the_schema_then_each_exists_with_its_default()
            throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        Matcher rows = Pattern.compile("^\\| `(\\w+)` \\| `?(.*?)`? \\| .*$", Pattern.MULTILINE)
                .matcher(readme.substring(readme.indexOf("## Ten options")));
        int count = 0;
        while (rows.find()) {
            JsonNode option = SchemaPages.option(rows.group(1));
            assertThat(option.isMissingNode()).as(rows.group(1)).isFalse();
            assertThat(rows.group(2))
                    .as(rows.group(1))
                    .isEqualTo(SchemaPages.standard(option).orElse(""));
            count++;
        }

        assertThat(count).isEqualTo(10);
    }

    @Test
    void given_the_catalogue_page_when_compared_with_the_catalogue_then_it_is_what_the_catalogue_says()
            throws IOException {
        assertMadeOfTheCode(ROOT.resolve("docs/reference/catalogue.md"), page -> CataloguePage.text());
    }

    @Test
    void given_the_page_of_fields_when_compared_with_the_dictionary_then_all_fields_are_there() throws IOException {
        assertMadeOfTheCode(ROOT.resolve("docs/reference/data.md"), DataPage::renewed);
    }

    @Test
    void given_the_json_schemas_when_compared_with_the_dictionary_then_they_are_what_it_says() throws IOException {
        for (FieldDictionary.Resource resource : FieldDictionary.resources()) {
            Path file = RowSchema.file(ROOT, resource);
            assertMadeOfTheCode(file, schema -> RowSchema.text(resource));
        }
    }

    @Test
    void given_the_table_of_meters_when_compared_with_the_code_then_all_are_there() throws IOException {
        assertMadeOfTheCode(ROOT.resolve("docs/reference/monitoring.md"), MeterTable::renewed);
    }

    @Test
    void given_the_producers_page_when_compared_with_the_catalogue_then_all_operations_are_there() throws IOException {
        assertMadeOfTheCode(ROOT.resolve("docs/reference/operations.md"), ProducerPage::renewed);
    }

    @Test
    void given_the_decision_records_when_read_then_each_has_a_date_and_a_status_and_stands_in_the_index()
            throws IOException {
        Path folder = ROOT.resolve("docs/explanation/decisions");
        String index = Files.readString(folder.resolve("README.md"));
        try (Stream<Path> records = Files.list(folder)) {
            assertThat(records.filter(page -> page.getFileName().toString().matches("\\d{4}-.*"))
                            .toList())
                    .isNotEmpty()
                    .allSatisfy(page -> {
                        Matcher head = RECORD.matcher(Files.readString(page));
                        assertThat(head.lookingAt()).as("head of " + page).isTrue();
                        assertThat(index)
                                .contains("| " + head.group(1) + " | [" + head.group(2) + "](" + page.getFileName()
                                        + ") | " + head.group(3) + " | " + head.group(4) + " |");
                    });
        }
    }

    private static void assertMadeOfTheCode(Path page, UnaryOperator<String> made) throws IOException {
        String expected = made.apply(Files.exists(page) ? Files.readString(page) : "");
        if (Boolean.getBoolean("write.docs")) {
            Files.writeString(page, expected);
        }

        assertThat(page).as("to renew it: mvn verify -Dwrite.docs=true").hasContent(expected);
    }
}
