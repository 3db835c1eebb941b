/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.ci;

import io.github.camelclinicea.examples.docs.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds names in commands that nothing in the checkout has: scripts of {@code .ci}, profiles, modules, files and test
 * classes.
 */
final class NamesInScripts {
    private static final Pattern SCRIPT = Pattern.compile("(?<![\\w/])\\.ci/([\\w-]+)");
    private static final Pattern PROFILES = Pattern.compile("(?<= )-P([\\w,-]+)");
    private static final Pattern MODULES = Pattern.compile("(?<= )-pl ([\\w,-]+)");
    private static final Pattern FILE =
            Pattern.compile("(?<![\\w./$}-])((?:docs|camel-clinicea-\\w+)/[\\w./-]+\\.\\w+)");
    private static final Pattern TEST = Pattern.compile("\\*?\\b[A-Z][a-z]\\w*(?:Test|IT)\\b");
    private static final Pattern PROFILE =
            Pattern.compile("<profile>(?:\\s|<!--.*?-->)*<id>(.*?)</id>", Pattern.DOTALL);

    private final Path root;
    private final Set<String> profiles;
    private final Set<String> classes;

    NamesInScripts(Path root) throws IOException {
        this.root = root;
        this.profiles =
                files("pom.xml").stream().flatMap(pom -> matches(PROFILE, pom)).collect(Collectors.toSet());
        this.classes = Checkout.files(root).stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(".java"))
                .map(name -> name.replace(".java", ""))
                .collect(Collectors.toSet());
    }

    private List<String> files(String name) throws IOException {
        List<String> texts = new ArrayList<>();
        for (Path file : Checkout.files(root)) {
            if (file.endsWith(name) && root.relativize(file).getNameCount() <= 2) {
                texts.add(Files.readString(file));
            }
        }
        return texts;
    }

    private static Stream<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(NamesInScripts::last);
    }

    private static String last(MatchResult match) {
        return match.group(match.groupCount());
    }

    /** Returns whether a class has the name, or with an asterisk, whether a name ends so. */
    private boolean isClass(String name) {
        return name.startsWith("*")
                ? classes.stream().anyMatch(known -> known.endsWith(name.substring(1)))
                : classes.contains(name);
    }

    /** Returns the names that nothing has. */
    List<String> unknown(String script) {
        List<String> unknown = new ArrayList<>();
        matches(SCRIPT, script)
                .filter(name -> !Files.isExecutable(root.resolve(".ci").resolve(name)) && !name.equals("common"))
                .map(name -> ".ci/" + name)
                .forEach(unknown::add);
        matches(PROFILES, script)
                .flatMap(list -> Stream.of(list.split(",")))
                .filter(name -> !profiles.contains(name))
                .map(name -> "-P" + name)
                .forEach(unknown::add);
        matches(MODULES, script)
                .flatMap(list -> Stream.of(list.split(",")))
                .filter(name -> !Files.exists(root.resolve(name).resolve("pom.xml")))
                .map(name -> "-pl " + name)
                .forEach(unknown::add);
        matches(FILE, script)
                .filter(name -> !name.contains("/target/") && !Files.exists(root.resolve(name)))
                .forEach(unknown::add);
        matches(TEST, script).filter(name -> !isClass(name)).forEach(unknown::add);
        return unknown;
    }
}
