/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Holds the versions that the POMs of this build give to artifacts. */
final class BuildVersions {
    private static final Pattern ARTIFACT = Pattern.compile(
            "<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>\\s*<version>([^<]+)</version>");
    private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
    private static final Pattern PROPERTY = Pattern.compile("<([\\w.-]+)>([^<>]+)</\\1>");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([\\w.-]+)}");
    /** Groups whose artifacts all have the version of one property, most of them by a BOM. */
    private static final Map<String, String> OF_A_GROUP = Map.of(
            "io.github.camelclinicea", "project.version",
            "org.apache.camel", "camel.version",
            "org.apache.camel.springboot", "camel.version",
            "org.apache.logging.log4j", "log4j.version",
            "org.springframework.boot", "spring-boot.version");

    private final Map<String, String> properties;
    private final Map<String, Set<String>> versions = new HashMap<>();

    /** Holds an artifact as an XML text names it, with its properties replaced. */
    record Artifact(String group, String name, String version) {
        private String key() {
            return group + ":" + name;
        }
    }

    private BuildVersions(Map<String, String> properties) {
        this.properties = properties;
    }

    /** Returns the POMs of a checkout: the root's and its modules'. */
    static List<Path> poms(Path root) throws IOException {
        List<Path> poms = new ArrayList<>();
        poms.add(root.resolve("pom.xml"));
        try (Stream<Path> folders = Files.list(root)) {
            folders.map(folder -> folder.resolve("pom.xml"))
                    .filter(Files::exists)
                    .sorted()
                    .forEach(poms::add);
        }
        return poms;
    }

    /** Reads the POMs of a checkout. */
    static BuildVersions of(Path root) throws IOException {
        String parent = Files.readString(root.resolve("pom.xml"));
        Map<String, String> properties = properties(parent);
        Matcher self = ARTIFACT.matcher(parent);
        if (!self.find()) {
            throw new IOException("the root POM has no version");
        }
        properties.put("project.version", self.group(3));
        BuildVersions build = new BuildVersions(properties);
        for (Path pom : poms(root)) {
            build.artifacts(Files.readString(pom))
                    .forEach(artifact -> build.versions
                            .computeIfAbsent(artifact.key(), key -> new HashSet<>())
                            .add(artifact.version()));
        }
        return build;
    }

    /** Returns the artifacts of an XML text that have a version. Its own properties come before those of the build. */
    List<Artifact> artifacts(String xml) {
        Map<String, String> known = new HashMap<>(properties);
        known.putAll(properties(xml));
        List<Artifact> artifacts = new ArrayList<>();
        Matcher named = ARTIFACT.matcher(COMMENT.matcher(xml).replaceAll(""));
        while (named.find()) {
            artifacts.add(new Artifact(
                    replaced(named.group(1), known), replaced(named.group(2), known), replaced(named.group(3), known)));
        }
        return artifacts;
    }

    /** Returns the versions that the build has of an artifact. Empty if it does not use the artifact. */
    Set<String> of(Artifact artifact) {
        String property = OF_A_GROUP.get(artifact.group());
        return property == null
                ? versions.getOrDefault(artifact.key(), Set.of())
                : Set.of(replaced("${" + property + "}", properties));
    }

    private static Map<String, String> properties(String xml) {
        Map<String, String> properties = new HashMap<>();
        Matcher blocks = Pattern.compile("<properties>(.*?)</properties>", Pattern.DOTALL)
                .matcher(xml);
        while (blocks.find()) {
            Matcher property = PROPERTY.matcher(blocks.group(1));
            while (property.find()) {
                // Those of profiles come later, and do not count.
                properties.putIfAbsent(property.group(1), property.group(2));
            }
        }
        return properties;
    }

    private static String replaced(String text, Map<String, String> properties) {
        return REFERENCE
                .matcher(text)
                .replaceAll(reference ->
                        Matcher.quoteReplacement(properties.getOrDefault(reference.group(1), reference.group())));
    }
}
