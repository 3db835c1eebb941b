/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.examples.docs.BuildVersions.Artifact;
import io.github.camelclinicea.examples.docs.language.Markdown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the versions in pages and in the projects that readers copy with those that the build tests. */
class PageVersionsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern XML = Pattern.compile("^```xml\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern ON_A_COMMAND_LINE =
            Pattern.compile("\\b(?:mvn:)?([a-z][\\w.]*\\.[\\w.]+):([a-z][\\w-]*):(\\d[\\w.-]*)");

    private static BuildVersions build;

    @BeforeAll
    static void read() throws IOException {
        build = BuildVersions.of(ROOT);
    }

    /** Holds an artifact and the place that names it. */
    record Named(Path place, Artifact artifact) {}

    static Stream<Named> named() throws IOException {
        BuildVersions versions = BuildVersions.of(ROOT);
        List<Named> named = new ArrayList<>();
        for (Path page : Markdown.pages(ROOT)) {
            String text = Files.readString(page);
            Matcher blocks = XML.matcher(text);
            while (blocks.find()) {
                versions.artifacts(blocks.group(1)).forEach(artifact -> named.add(new Named(page, artifact)));
            }
            Matcher coordinates = ON_A_COMMAND_LINE.matcher(text);
            while (coordinates.find()) {
                named.add(new Named(
                        page, new Artifact(coordinates.group(1), coordinates.group(2), coordinates.group(3))));
            }
        }
        for (Path pom : copiedPoms()) {
            versions.artifacts(Files.readString(pom)).forEach(artifact -> named.add(new Named(pom, artifact)));
        }
        // A reader's own project.
        return named.stream().filter(it -> !it.artifact().group().startsWith("com.example"));
    }

    private static List<Path> copiedPoms() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
            return files.filter(file -> file.endsWith("pom.xml"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("named")
    void given_a_version_on_a_page_when_compared_with_the_build_then_it_is_the_one_that_is_tested(Named named) {
        assertThat(build.of(named.artifact()))
                .as("versions of the build")
                .contains(named.artifact().version());
    }

    @Test
    void given_the_pages_when_searched_for_versions_then_each_kind_of_place_is_found() throws IOException {
        assertThat(named())
                .anyMatch(it ->
                        it.place().endsWith("README.md") && it.artifact().name().equals("camel-clinicea-component"))
                .anyMatch(it -> it.place().endsWith("into-a-database.md")
                        && it.artifact().name().equals("exec-maven-plugin"))
                .anyMatch(it -> it.place().endsWith("kamelets.md")
                        && it.artifact().name().equals("h2"))
                .anyMatch(it -> it.place().endsWith("camel-main/pom.xml")
                        && it.artifact().name().equals("camel-main"));
    }
}
