/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelclinicea.CliniceaComponent;
import io.github.camelclinicea.examples.docs.language.AsciiDoc;
import io.github.camelclinicea.examples.docs.language.Drawing;
import io.github.camelclinicea.examples.docs.language.Exceptions;
import io.github.camelclinicea.examples.docs.language.Finding;
import io.github.camelclinicea.examples.docs.language.Javadoc;
import io.github.camelclinicea.examples.docs.language.Language;
import io.github.camelclinicea.examples.docs.language.Links;
import io.github.camelclinicea.examples.docs.language.Markdown;
import io.github.camelclinicea.examples.docs.language.Messages;
import io.github.camelclinicea.examples.docs.language.Names;
import io.github.camelclinicea.examples.docs.language.Passage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Checks the language of pages, drawings and sources by the rules of CONTRIBUTING.md. Pages must also use names that
 * exist. The names of sources are not checked: the compiler follows links, and the rest are those of local things.
 */
class LanguageTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern WORD = Pattern.compile("\\w+");
    private static final Pattern MANAGED = Pattern.compile(
            "@Managed(?:Attribute|Operation)\\(.*?\\)\\s+public (?:\\w+ )*?\\S+ (?:get|is)?(\\w+)\\(", Pattern.DOTALL);

    /** The folders whose Javadoc, messages and descriptions are checked, in the order of the modules. */
    private static final List<String> SOURCES = List.of(
            "camel-clinicea-component/src/main",
            "camel-clinicea-component/src/test",
            "camel-clinicea-sandbox/src",
            "camel-clinicea-cli/src",
            "camel-clinicea-examples/src",
            "camel-clinicea-spring-boot-starter/src",
            "camel-clinicea-karaf/src",
            "camel-clinicea-quarkus/src",
            "camel-clinicea-starts/src",
            "camel-clinicea-compatibility/src",
            "camel-clinicea-benchmarks/src",
            "camel-clinicea-release/src");

    /** Returns the texts of pages and drawings, by the file that holds them. */
    private static Map<String, List<Passage>> pages() throws IOException {
        Map<String, List<Passage>> texts = new LinkedHashMap<>();
        for (Path page : Markdown.pages(ROOT)) {
            add(texts, page, Markdown::passages);
        }
        for (Path page : componentPages()) {
            add(
                    texts,
                    page,
                    (source, text) ->
                            Markdown.passages(source, AsciiDoc.asMarkdown(AsciiDoc.withoutGeneratedParts(text))));
        }
        for (Path drawing : files(ROOT.resolve("docs"), ".svg")) {
            add(texts, drawing, Drawing::passages);
        }
        return texts;
    }

    private static List<Path> componentPages() throws IOException {
        return files(ROOT.resolve("camel-clinicea-component/src/main/docs"), ".adoc");
    }

    /** Returns the texts of the sources, by the file that holds them. */
    private static Map<String, List<Passage>> sources() throws IOException {
        Map<String, List<Passage>> texts = new LinkedHashMap<>();
        for (String folder : SOURCES) {
            for (Path source : files(ROOT.resolve(folder), ".java")) {
                add(texts, source, Javadoc::passages);
                add(texts, source, Messages::passages);
            }
        }
        return texts;
    }

    private static void add(
            Map<String, List<Passage>> texts, Path file, BiFunction<String, String, List<Passage>> reader)
            throws IOException {
        String source = ROOT.relativize(file).toString();
        texts.computeIfAbsent(source, name -> new ArrayList<>()).addAll(reader.apply(source, Files.readString(file)));
    }

    @Test
    void given_all_texts_when_checked_then_each_finding_is_an_exception_with_a_reason_and_each_exception_is_needed()
            throws IOException {
        Language language = new Language(lines("words.txt"));
        Names names = new Names(knownNames());
        List<Finding> findings = new ArrayList<>();
        for (List<Passage> text : sources().values()) {
            findings.addAll(language.findings(text));
        }
        for (Map.Entry<String, List<Passage>> text : pages().entrySet()) {
            findings.addAll(language.findings(text.getValue()));
            findings.addAll(names.findings(text.getValue()));
            double average = Language.averageLength(text.getValue());
            if (average > Language.LONGEST_AVERAGE && text.getKey().endsWith(".md")) {
                findings.add(new Finding(
                        text.getKey(),
                        1,
                        "sentences too long on average; " + Language.LONGEST_AVERAGE + " words are the most",
                        "average " + average));
            }
        }
        for (Path page : Markdown.pages(ROOT)) {
            findings.addAll(Links.broken(page));
        }
        for (Path page : componentPages()) {
            findings.addAll(Links.broken(page));
        }
        Exceptions exceptions = new Exceptions(lines("exceptions.txt"));

        assertThat(exceptions.without(findings))
                .as("fix the text; an exception goes into exceptions.txt, with its reason")
                .isEmpty();
        assertThat(exceptions.unused())
                .as("exceptions that nothing needs any more")
                .isEmpty();
    }

    private static List<String> lines(String resource) throws IOException {
        try (InputStream file = LanguageTest.class.getResourceAsStream("/docs/" + resource)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    /**
     * Returns the names that a page may use: those of options, headers and JMX attributes, the words of what users read
     * or call, and the classes of this project.
     */
    private static Set<String> knownNames() throws IOException {
        Set<String> names = new HashSet<>();
        for (String group : List.of("componentProperties", "properties", "headers")) {
            schema().path(group).properties().forEach(entry -> names.add(entry.getKey()));
        }
        Path component = ROOT.resolve("camel-clinicea-component/src/main");
        for (Path file : files(component.resolve("java"), ".java")) {
            addMatches(MANAGED, file, names);
        }
        try (Stream<Path> api = Files.list(component.resolve("java/io/github/camelclinicea"))) {
            for (Path file : api.filter(Files::isRegularFile).toList()) {
                addMatches(WORD, file, names);
            }
        }
        for (Path file : files(component.resolve("resources"), "")) {
            addMatches(WORD, file, names);
        }
        for (String module : List.of("cli", "examples", "karaf", "quarkus", "sandbox")) {
            for (Path file : files(ROOT.resolve("camel-clinicea-" + module + "/src/main"), "")) {
                addMatches(WORD, file, names);
            }
        }
        for (Path file : files(ROOT, ".java")) {
            names.add(file.getFileName().toString().replace(".java", ""));
        }
        return names;
    }

    private static void addMatches(Pattern pattern, Path file, Set<String> names) throws IOException {
        pattern.matcher(Files.readString(file))
                .results()
                .map(match -> match.group(match.groupCount()))
                .forEach(names::add);
    }

    /** Leaves out what a build makes. */
    private static List<Path> files(Path folder, String ending) throws IOException {
        return Checkout.files(folder).stream()
                .filter(file -> file.toString().endsWith(ending))
                .toList();
    }

    private static JsonNode schema() throws IOException {
        try (InputStream json = CliniceaComponent.class.getResourceAsStream("clinicea.json")) {
            return new ObjectMapper().readTree(json);
        }
    }
}
