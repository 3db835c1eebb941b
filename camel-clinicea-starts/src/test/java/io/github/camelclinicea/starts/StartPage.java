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

/**
 * Holds the numbered steps of a page of docs/start. A block without a language has commands, a block of {@code text} has
 * lines that they print.
 */
final class StartPage {
    private static final Path PAGES = Path.of("../docs/start");
    private static final Pattern STEP =
            Pattern.compile("^## (\\d)\\. ([^\\n]*)\\n(.*?)(?=^## |\\z)", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern BLOCK = Pattern.compile("^```(\\w*)\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);

    private final String name;
    private final String text;
    private final List<Step> steps = new ArrayList<>();

    /** Holds a step. */
    record Step(String title, List<String> commands, List<String> printed) {
        /** Returns the only block of commands. */
        String command() {
            assertThat(commands).as(title).hasSize(1);
            return commands.get(0);
        }

        /** Returns the lines of all blocks of {@code text}. */
        List<String> lines() {
            return printed.stream().flatMap(String::lines).toList();
        }
    }

    private StartPage(String name, String text) {
        this.name = name;
        this.text = text;
    }

    /** Reads the page of a platform. */
    static StartPage of(String platform) throws IOException {
        StartPage page = new StartPage(platform, Files.readString(PAGES.resolve(platform + ".md")));
        Matcher steps = STEP.matcher(page.text);
        while (steps.find()) {
            assertThat(steps.group(1)).as(platform).isEqualTo("" + (page.steps.size() + 1));
            page.steps.add(new Step(steps.group(2), blocks(steps.group(3), ""), blocks(steps.group(3), "text")));
        }
        return page;
    }

    /** Returns the platforms that have a folder in docs/start, in alphabetical order. */
    static List<String> platforms() throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            return files.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private static List<String> blocks(String text, String language) {
        Matcher blocks = BLOCK.matcher(text);
        List<String> found = new ArrayList<>();
        while (blocks.find()) {
            if (blocks.group(1).equals(language)) {
                found.add(blocks.group(2));
            }
        }
        return found;
    }

    /** Returns the folder that the page tells to copy. */
    Path folder() {
        return PAGES.resolve(name);
    }

    String text() {
        return text;
    }

    List<Step> steps() {
        return steps;
    }

    /** Returns the step with a number. The first is 1. */
    Step step(int number) {
        return steps.get(number - 1);
    }
}
