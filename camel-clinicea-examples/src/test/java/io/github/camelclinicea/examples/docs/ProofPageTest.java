/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds docs/explanation/proof.md to the tests: each promise has a row, and each test that a row names exists. */
class ProofPageTest {
    private static final Path EXPLANATION = Path.of("../docs/explanation");
    private static final Pattern REFERENCE = Pattern.compile("`(?:[a-z]+\\.)?(\\w+)`: `(\\w+)(…?)`");
    private static final Pattern TEST_CLASS = Pattern.compile("^\\| `(\\w+Test)` \\|", Pattern.MULTILINE);
    /** The tests of other modules that take long. */
    private static final Set<String> OF_OTHER_MODULES = Set.of(
            "BooksKilledTest",
            "ComponentPageRenderedTest",
            "FhirApplicationTest",
            "Hl7KilledTest",
            "KafkaKillTest",
            "LanguageServerTest",
            "MirrorKilledTest",
            "OnCallNightTest",
            "PrintedOptionsTest",
            "ProbeTest",
            "RemindersKilledTest");

    private static final Map<String, String> SOURCES = new HashMap<>();

    @BeforeAll
    static void readTheTests() throws IOException {
        for (String module : List.of("camel-clinicea-component", "camel-clinicea-cli", "camel-clinicea-examples")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src/test/java"))) {
                for (Path file :
                        files.filter(name -> name.toString().endsWith(".java")).toList()) {
                    SOURCES.merge(
                            file.getFileName().toString().replace(".java", ""), Files.readString(file), String::concat);
                }
            }
        }
    }

    /** A class and the beginning of a method's name, as they stand in the page. */
    record Reference(String type, String method, boolean cut) {}

    static List<Reference> references() throws IOException {
        return REFERENCE
                .matcher(page())
                .results()
                .map(found -> new Reference(
                        found.group(1), found.group(2), !found.group(3).isEmpty()))
                .distinct()
                .toList();
    }

    private static String page() throws IOException {
        return Files.readString(EXPLANATION.resolve("proof.md"));
    }

    @ParameterizedTest
    @MethodSource("references")
    void given_a_test_that_the_page_names_when_looked_for_then_its_class_has_the_method(Reference reference) {
        assertThat(SOURCES).containsKey(reference.type());
        assertThat(SOURCES.get(reference.type()))
                .containsPattern(" " + reference.method() + (reference.cut() ? "\\w*" : "") + "\\(");
    }

    @Test
    void given_the_table_of_test_classes_when_looked_for_then_each_exists() throws IOException {
        assertThat(TEST_CLASS.matcher(page()).results().map(found -> found.group(1)))
                .isNotEmpty()
                .isSubsetOf(SOURCES.keySet());
    }

    @Test
    void given_a_test_of_the_component_that_takes_long_when_looked_for_then_the_profile_runs_it() throws IOException {
        String profile = Files.readString(Path.of("../camel-clinicea-component/pom.xml"));
        String classes = profile.substring(profile.indexOf("<test>"), profile.indexOf("</test>"));
        for (Map.Entry<String, String> source : SOURCES.entrySet()) {
            if (source.getValue().matches("(?s).*\\R\\s*@Tag\\(\"(proof|alone)\"\\).*")
                    && !OF_OTHER_MODULES.contains(source.getKey())) {
                assertThat(classes).contains(source.getKey());
            }
        }
    }

    @Test
    void given_a_test_of_another_module_that_takes_long_when_looked_for_then_the_continuous_integration_runs_it()
            throws IOException {
        assertThat(Files.readString(Path.of("../.ci/run"))).contains(OF_OTHER_MODULES);
    }

    @Test
    void given_the_promises_when_compared_with_the_page_then_each_has_a_checker_and_tests() throws IOException {
        String promises = Files.readString(EXPLANATION.resolve("sync.md"));
        promises = promises.substring(promises.indexOf("## What is promised"), promises.indexOf("## What is a new"));
        List<String> numbers = Pattern.compile("^(\\d+)\\. \\*\\*", Pattern.MULTILINE)
                .matcher(promises)
                .results()
                .map(found -> found.group(1))
                .toList();
        List<MatchResult> rows = Pattern.compile(
                        "^\\| (\\d+) \\| `\\w+`: `\\w+` \\| `\\w+Test`: `.*$", Pattern.MULTILINE)
                .matcher(page())
                .results()
                .toList();

        assertThat(numbers).hasSizeGreaterThan(5);
        assertThat(rows).extracting(row -> row.group(1)).containsExactlyElementsOf(numbers);
    }
}
