/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.ci;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the commands of scripts, workflows and CONTRIBUTING to what exists. */
class NamesInScriptsTest {
    private final NamesInScripts names = new NamesInScripts(GitHubFiles.ROOT);

    NamesInScriptsTest() throws IOException {}

    private static Map<String, String> scripts() throws IOException {
        Map<String, String> scripts = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(GitHubFiles.ROOT.resolve(".ci"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                scripts.put(".ci/" + file.getFileName(), Files.readString(file));
            }
        }
        for (Map.Entry<String, JsonNode> workflow : GitHubFiles.in("workflows").entrySet()) {
            for (JsonNode run : workflow.getValue().findValues("run")) {
                scripts.merge(workflow.getKey(), run.asText() + "\n", String::concat);
            }
        }
        for (String page : new String[] {"CONTRIBUTING.md", ".github/pull_request_template.md"}) {
            scripts.put(page, Files.readString(GitHubFiles.ROOT.resolve(page)));
        }
        return scripts;
    }

    @Test
    void given_all_commands_when_their_names_are_looked_for_then_each_exists() throws IOException {
        Map<String, String> scripts = scripts();
        Map<String, List<String>> unknown = new LinkedHashMap<>();
        scripts.forEach((file, script) -> unknown.put(file, names.unknown(script)));
        unknown.values().removeIf(List::isEmpty);

        assertThat(scripts).containsKeys(".ci/run", ".ci/jdks", "workflows/build.yml", "workflows/release.yml");
        assertThat(unknown).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "run: .ci/rnu, .ci/rnu",
        "mvn verify -Pplatforms;browsr, -Pbrowsr",
        "mvn test -pl camel-clinicea-cli;camel-clinicea-clo -am, -pl camel-clinicea-clo",
        "promtool check rules docs/monitoring/alert-rulez.yml, docs/monitoring/alert-rulez.yml",
        "mvn test -Dtest=ProbeTest;MirrorKiledTest, MirrorKiledTest",
        "mvn verify -Dit.test=CliniceaJarzIT, CliniceaJarzIT",
    })
    void given_a_misspelt_name_when_looked_for_then_it_is_found(String script, String unknown) {
        assertThat(names.unknown(script.replace(';', ','))).containsExactly(unknown);
    }
}
