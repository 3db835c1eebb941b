/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;

/**
 * Writes the report for an issue.
 *
 * <p>Specified by {@code ProbeTest}.
 */
final class ReportJson {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ReportJson() {}

    /**
     * Returns the file.
     *
     * @param tool the name and the version of the command
     * @param date the day of the run
     */
    static ObjectNode of(ProbeReport report, String tool, LocalDate date) {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        file.put("tool", tool);
        file.put("date", date.toString());
        file.put("server", report.server());
        file.put("requests", report.requests());
        report.failure().ifPresent(reason -> file.put("failure", reason));
        report.facts()
                .forEach(fact -> file.withArray("facts")
                        .addObject()
                        .put("subject", fact.subject())
                        .put("fact", fact.name())
                        .put("expected", fact.expected())
                        .put("seen", fact.seen())
                        .put("option", fact.option()));
        report.fields().forEach((resource, names) -> {
            ObjectNode fields = file.withObject("/fields").putObject(resource);
            names.shown().forEach(fields.putObject("names")::put);
            fields.put("namesNotShown", names.hidden());
        });
        report.uris().forEach(file.putObject("uris")::put);
        report.properties().forEach(file.putArray("properties")::add);
        return file;
    }

    /** Returns a file's text, with a line break at its end. */
    static String text(ObjectNode file) {
        try {
            return JSON.writeValueAsString(file) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree cannot be written", e);
        }
    }
}
