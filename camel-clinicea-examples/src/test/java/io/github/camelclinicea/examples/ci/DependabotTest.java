/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.ci;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclinicea.examples.docs.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Checks that Dependabot looks where something is, and that each of its patterns matches something. */
class DependabotTest {
    private static final Map<String, String> FILES =
            Map.of("maven", "pom.xml", "npm", "package.json", "github-actions", ".github/workflows");

    private static final Pattern ARTIFACT =
            Pattern.compile("<groupId>([\\w.-]+)</groupId>\\s*<artifactId>([\\w.-]+)</artifactId>");

    private final JsonNode dependabot = GitHubFiles.all().get("dependabot.yml");

    DependabotTest() throws IOException {}

    private static List<String> directories(JsonNode update) {
        List<String> directories = new ArrayList<>(update.findValuesAsText("directory"));
        update.path("directories").forEach(directory -> directories.add(directory.asText()));
        return directories;
    }

    private static List<String> patterns(JsonNode update) {
        List<String> patterns = new ArrayList<>();
        update.path("groups").forEach(group -> group.path("patterns").forEach(one -> patterns.add(one.asText())));
        update.path("ignore")
                .forEach(ignored -> patterns.add(ignored.path("dependency-name").asText()));
        return patterns;
    }

    /** Returns what the POMs of the checkout use. */
    private static Set<String> artifacts() throws IOException {
        Set<String> artifacts = new TreeSet<>();
        for (Path file : Checkout.files(GitHubFiles.ROOT)) {
            if (file.endsWith("pom.xml")) {
                Matcher artifact = ARTIFACT.matcher(Files.readString(file));
                while (artifact.find()) {
                    artifacts.add(artifact.group(1) + ":" + artifact.group(2));
                }
            }
        }
        return artifacts;
    }

    @Test
    void given_each_ecosystem_when_its_folders_are_looked_for_then_they_have_its_file() {
        assertThat(dependabot.path("updates").findValuesAsText("package-ecosystem"))
                .containsExactlyInAnyOrderElementsOf(FILES.keySet());
        for (JsonNode update : dependabot.path("updates")) {
            String file = FILES.get(update.path("package-ecosystem").asText());

            assertThat(directories(update))
                    .isNotEmpty()
                    .allSatisfy(directory -> assertThat(GitHubFiles.ROOT
                                    .resolve(directory.substring(1))
                                    .resolve(file))
                            .exists());
        }
    }

    @Test
    void given_each_pattern_of_maven_when_compared_with_the_poms_then_it_matches_an_artifact() throws IOException {
        Set<String> artifacts = artifacts();
        List<String> patterns = patterns(dependabot.path("updates").get(0));

        assertThat(patterns)
                .hasSizeGreaterThan(15)
                .allSatisfy(pattern -> assertThat(artifacts)
                        .anyMatch(artifact ->
                                artifact.matches(pattern.replace(".", "\\.").replace("*", ".*"))));
    }

    @Test
    void given_a_release_of_camel_when_it_is_of_another_line_then_it_is_not_proposed() {
        assertThat(dependabot.path("updates").get(0).path("ignore"))
                .filteredOn(ignored -> ignored.path("dependency-name").asText().startsWith("org.apache.camel"))
                .hasSize(3)
                .allSatisfy(ignored -> assertThat(ignored.path("update-types").toString())
                        .contains("semver-major", "semver-minor")
                        .doesNotContain("semver-patch"));
    }
}
