/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.ci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Reads the YAML files of {@code .github} as trees. A key that stands twice in a map is an error. */
final class GitHubFiles {
    static final Path ROOT = Path.of("..");
    private static final Path FOLDER = ROOT.resolve(".github");

    private GitHubFiles() {}

    /** Returns all of them by their path below the folder. */
    static Map<String, JsonNode> all() throws IOException {
        Map<String, JsonNode> trees = new TreeMap<>();
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (file.toString().matches(".*\\.ya?ml")) {
                    trees.put(FOLDER.relativize(file).toString(), tree(Files.readString(file)));
                }
            }
        }
        return trees;
    }

    /** Returns those in a folder by their path below {@code .github}. */
    static Map<String, JsonNode> in(String folder) throws IOException {
        Map<String, JsonNode> trees = all();
        trees.keySet().removeIf(name -> !name.startsWith(folder + "/"));
        return trees;
    }

    static JsonNode tree(String yaml) {
        return new ObjectMapper().valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml));
    }
}
