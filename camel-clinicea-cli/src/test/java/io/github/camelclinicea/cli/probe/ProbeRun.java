/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * One run of the command, in this process.
 *
 * @param exitCode its exit code
 * @param out its standard output
 * @param err its standard error
 * @param report the text of the report file; empty if there is none
 * @param catalogue the text of the catalogue file; empty if there is none
 */
record ProbeRun(int exitCode, String out, String err, String report, String catalogue) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static ProbeRun of(Path directory, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of("--pause=0", "--directory=" + directory));
        all.addAll(List.of(arguments));
        int exitCode = new CommandLine(new ProbeCommand())
                .setOverwrittenOptionsAllowed(true)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
        return new ProbeRun(
                exitCode,
                out.toString(),
                err.toString(),
                text(directory.resolve(ProbeCommand.REPORT_FILE)),
                text(directory.resolve(PrintedOptions.CATALOGUE_FILE)));
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode json() {
        try {
            return JSON.readTree(report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the facts of the report file. */
    List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        json().path("facts")
                .forEach(fact -> facts.add(new Fact(
                        fact.path("subject").asText(),
                        fact.path("fact").asText(),
                        fact.path("expected").asText(),
                        fact.path("seen").asText(),
                        fact.path("option").asText())));
        return facts;
    }

    /** Returns what was seen of a fact. */
    String seen(String subject, String name) {
        return facts().stream()
                .filter(fact -> fact.subject().equals(subject) && fact.name().equals(name))
                .map(Fact::seen)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no fact " + subject + ": " + name + " in\n" + out));
    }

    String option(String subject, String name) {
        return facts().stream()
                .filter(fact -> fact.subject().equals(subject) && fact.name().equals(name))
                .map(Fact::option)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no fact " + subject + ": " + name + " in\n" + out));
    }

    /** Returns the lines of a part of the printed report. */
    List<String> part(String title) {
        return Stream.of(out.split("\\R"))
                .dropWhile(line -> !line.equals(title))
                .skip(1)
                .takeWhile(line -> !line.isEmpty())
                .toList();
    }

    /** Returns the printed URIs. */
    List<String> uris() {
        return part("Options, as URIs:");
    }

    /** Returns the printed properties. */
    List<String> properties() {
        return part("Options, as properties:");
    }

    /** Returns all that was printed and written. */
    String everything() {
        return out + err + report + catalogue;
    }
}
