/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.starts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the pages and folders of docs/start with each other, and their versions with those of this build. */
class StartFoldersTest {
    private static final Path ROOT = Path.of("..");
    private static final Path STARTS = ROOT.resolve("docs/start");
    private static final Pattern VERSION = Pattern.compile("<([\\w.-]+[.]version)>([^<$]+)</");
    private static final Pattern COORDINATES =
            Pattern.compile("(?:<groupId>|mvn:)([\\w.-]+)(?:</groupId>\\s*<artifactId>|[:/])([\\w.-]+)"
                    + "(?:</artifactId>\\s*<version>|[:/])(\\d[\\w.-]+)");

    static List<String> platforms() throws IOException {
        return StartPage.platforms();
    }

    private static String text(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }

    @Test
    void given_the_index_and_the_readme_when_read_then_each_platform_is_in_both() throws IOException {
        assertThat(platforms()).hasSize(5);
        for (String platform : platforms()) {
            assertThat(text("docs/start/README.md")).contains("(" + platform + ".md)", "(" + platform + ")");
            assertThat(text("README.md")).contains("(docs/start/" + platform + ".md)");
        }
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void given_a_page_when_compared_with_the_others_then_it_has_the_same_steps_in_less_than_80_lines(String platform)
            throws IOException {
        StartPage page = StartPage.of(platform);

        assertThat(page.text().lines()).hasSizeLessThan(80);
        assertThat(page.steps().stream().map(StartPage.Step::title))
                .containsExactly(
                        "Build",
                        "Start the clinic",
                        platform.equals("karaf") ? "Start Karaf and the application" : "Start the application",
                        "Look at the table",
                        "Change a patient");
        assertThat(page.text()).contains("docs/start/" + platform, "README.md#if-it-does-not-start");
    }

    @Test
    void given_the_files_that_projects_share_when_compared_then_they_are_the_same() throws IOException {
        for (String file : List.of("camel/patients.yaml", "schema.sql", "save-patient.sql", "remove-patient.sql")) {
            String resource = "/src/main/resources/" + file;
            assertThat(text("docs/start/spring-boot" + resource)).isEqualTo(text("docs/start/camel-main" + resource));
            assertThat(text("docs/start/quarkus" + resource)).isEqualTo(text("docs/start/camel-main" + resource));
        }
        assertThat(text("docs/start/karaf/etc/clinic.yaml").replace("{{sys:karaf.data}}", "."))
                .isEqualTo(text("docs/start/camel-cli/clinic.yaml"));
    }

    @Test
    void given_the_versions_of_the_starts_when_compared_with_this_build_then_they_are_those_that_its_tests_run()
            throws IOException {
        String build = text("pom.xml") + text("camel-clinicea-quarkus/pom.xml") + text("camel-clinicea-karaf/pom.xml");
        List<String> wrong = new ArrayList<>();
        int count = 0;
        for (Path file : files()) {
            String text = Files.readString(file);
            Matcher properties = VERSION.matcher(text);
            while (properties.find()) {
                count++;
                if (!build.contains("<" + properties.group(1) + ">" + properties.group(2) + "<")) {
                    wrong.add(file + ": " + properties.group(1) + " " + properties.group(2));
                }
            }
            Matcher coordinates = COORDINATES.matcher(text);
            while (coordinates.find()) {
                count++;
                if (!build.contains(">" + coordinates.group(3) + "<")) {
                    wrong.add(file + ": " + coordinates.group());
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(count).isGreaterThan(15);
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(STARTS)) {
            return files.filter(file -> file.toString().matches(".*(pom[.]xml|[.]md)"))
                    .toList();
        }
    }
}
