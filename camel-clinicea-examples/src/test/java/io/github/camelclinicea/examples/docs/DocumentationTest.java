package io.github.camelclinicea.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelclinicea.CliniceaComponent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the documentation to the code: snippets are lines of files that other tests run, tables are what is built. */
class DocumentationTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern FENCE = Pattern.compile("^```(\\w*)\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\[[^]]+]\\(([^)]+)\\)");

    /** A fenced block, and where it stands. */
    record Snippet(Path page, String language, String text) {
        @Override
        public String toString() {
            return page + ": " + text.lines().findFirst().orElse("");
        }
    }

    static List<Path> pages() throws IOException {
        List<Path> pages =
                new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("camel-clinicea-sandbox/README.md")));
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            docs.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages;
    }

    static List<Snippet> snippets() throws IOException {
        List<Snippet> snippets = new ArrayList<>();
        for (Path page : pages()) {
            Matcher fences = FENCE.matcher(Files.readString(page));
            while (fences.find()) {
                if (Set.of("java", "xml", "yaml").contains(fences.group(1))) {
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
            assertDependencyExists(snippet.text());
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
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.filter(folder -> Files.isDirectory(folder.resolve("src")))
                    .toList();
        }
    }

    /** Indentation and line breaks are the page's own business, words are not. */
    private static String lines(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining(" ")).replaceAll("\\s+", "");
    }

    private static void assertDependencyExists(String dependency) throws IOException {
        Matcher artifact = Pattern.compile("<artifactId>(.*)</artifactId>\\s*<version>(.*)</version>")
                .matcher(dependency);
        assertThat(artifact.find()).isTrue();
        assertThat(Files.readString(ROOT.resolve(artifact.group(1)).resolve("pom.xml")))
                .contains("<artifactId>" + artifact.group(1) + "</artifactId>")
                .contains("<version>" + artifact.group(2) + "</version>");
    }

    @Test
    void given_the_readmes_options_when_compared_with_the_schema_then_all_are_there_with_default_and_meaning()
            throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        Map<String, String> documented = new LinkedHashMap<>();
        Matcher rows = Pattern.compile("^\\| `(\\w+)` (\\|.*)$", Pattern.MULTILINE)
                .matcher(readme.substring(readme.indexOf("## Options")));
        while (rows.find()) {
            documented.put(rows.group(1), rows.group(2));
        }
        Map<String, String> built = new LinkedHashMap<>();
        schema().path("properties").properties().forEach(option -> {
            JsonNode value = option.getValue();
            String label = value.path("label").asText();
            boolean ours = value.path("kind").asText().equals("parameter")
                    && (value.has("configurationField") || option.getKey().equals("delay"));
            if (ours) {
                String side =
                        label.contains("consumer") ? "consumer" : label.contains("producer") ? "producer" : "both";
                built.put(
                        option.getKey(),
                        "| "
                                + (value.has("defaultValue")
                                        ? "`" + value.get("defaultValue").asText() + "`"
                                        : "") + " | "
                                + side + (value.path("secret").asBoolean() ? ", secret" : "") + " | "
                                + value.path("description").asText() + " |");
            }
        });

        assertThat(documented).containsExactlyInAnyOrderEntriesOf(built);
    }

    private static JsonNode schema() throws IOException {
        try (InputStream json = CliniceaComponent.class.getResourceAsStream("clinicea.json")) {
            return new ObjectMapper().readTree(json);
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void given_a_page_when_its_links_are_followed_then_each_leads_somewhere(Path page) throws IOException {
        Matcher links = LINK.matcher(Files.readString(page));
        while (links.find()) {
            String link = links.group(1);
            if (link.startsWith("http")) {
                continue;
            }
            String file = link.replaceAll("#.*", "");
            Path target = file.isEmpty() ? page : page.getParent().resolve(file);
            assertThat(target).as("link of " + page).exists();
            if (link.contains("#")) {
                assertThat(anchors(target))
                        .as("link of " + page + " to " + link)
                        .contains(link.substring(link.indexOf('#') + 1));
            }
        }
    }

    /** What headings are linked by: their words in lower case, without punctuation, hyphens between. */
    private static List<String> anchors(Path page) throws IOException {
        return FENCE.matcher(Files.readString(page))
                .replaceAll("")
                .lines()
                .filter(line -> line.matches("#+ .*"))
                .map(line -> line.replaceAll("^#+ +", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    @Test
    void given_the_catalogue_page_when_compared_with_the_catalogue_then_it_is_what_the_catalogue_says()
            throws IOException {
        assertMadeOfTheCode(ROOT.resolve("docs/reference/catalogue.md"), page -> CataloguePage.text());
    }

    @Test
    void given_the_producers_page_when_compared_with_the_catalogue_then_all_operations_are_there() throws IOException {
        assertMadeOfTheCode(ROOT.resolve("docs/reference/operations.md"), ProducerPage::renewed);
    }

    private static void assertMadeOfTheCode(Path page, UnaryOperator<String> made) throws IOException {
        String expected = made.apply(Files.readString(page));
        if (Boolean.getBoolean("write.docs")) {
            Files.writeString(page, expected);
        }

        assertThat(page).as("to renew it: mvn verify -Dwrite.docs=true").hasContent(expected);
    }
}
