/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes the report for people.
 *
 * <p>Specified by {@code ProbePageTest}.
 */
final class ReportText {
    private static final List<String> TITLES = List.of("Fact", "Expected", "Seen", "Option to set");
    private static final String GAP = " | ";

    private ReportText() {}

    /**
     * Returns the lines of the report.
     *
     * @param all whether the table has all facts, and not only those with a difference or an option
     */
    static List<String> of(ProbeReport report, boolean all) {
        List<String> lines = new ArrayList<>();
        lines.add(report.server() + ": " + report.requests() + " requests, all of them GET");
        lines.add("");
        lines.addAll(facts(report.facts(), all));
        if (report.leftOut()) {
            lines.add("");
            lines.add("The probe sends " + Wire.MAX_REQUESTS + " requests at most. For what was not asked, run it again"
                    + " with --resource=NAME for one list.");
        }
        section(
                lines,
                "Fields, names and types only:",
                report.fields().entrySet().stream().map(ReportText::fields).toList());
        section(lines, "Options, as URIs:", List.copyOf(report.uris().values()));
        section(lines, "Options, as properties:", report.properties());
        section(lines, "To mirror the account:", report.mirror());
        return lines;
    }

    private static List<String> facts(List<Fact> facts, boolean all) {
        List<String> lines = new ArrayList<>();
        long differences = facts.stream().filter(Fact::differs).count();
        lines.add(differences == 1 ? "1 difference" : differences + " differences");
        List<Fact> shown = facts.stream()
                .filter(fact -> all || fact.differs() || fact.hasOption())
                .toList();
        if (!shown.isEmpty()) {
            lines.add("");
            lines.addAll(table(shown));
        }
        if (shown.size() < facts.size()) {
            lines.add("");
            lines.add("All " + facts.size() + " facts are in " + ProbeCommand.REPORT_FILE
                    + ", and in the table with --all.");
        }
        return lines;
    }

    private static void section(List<String> lines, String title, List<String> content) {
        if (!content.isEmpty()) {
            lines.add("");
            lines.add(title);
            lines.addAll(content);
        }
    }

    private static String fields(Map.Entry<String, FieldNames> of) {
        FieldNames names = of.getValue();
        String shown = names.shown().entrySet().stream()
                .map(field -> field.getKey() + " " + field.getValue())
                .collect(Collectors.joining(", "));
        return of.getKey() + ": " + shown
                + (names.hidden() == 0 ? "" : "; and " + names.hidden() + FieldNames.NAMES_NOT_SHOWN);
    }

    private static List<String> table(List<Fact> facts) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(TITLES);
        facts.forEach(fact ->
                rows.add(List.of(fact.subject() + ": " + fact.name(), fact.expected(), fact.seen(), fact.option())));
        int[] widths = new int[TITLES.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            lines.add(line(row, widths));
            if (lines.size() == 1) {
                lines.add(rule(widths));
            }
        }
        return lines;
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(i == 0 ? "" : GAP).append(row.get(i));
            line.append(" ".repeat(widths[i] - row.get(i).length()));
        }
        return line.toString().stripTrailing();
    }

    private static String rule(int[] widths) {
        StringBuilder rule = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            rule.append(i == 0 ? "" : "-+-").append("-".repeat(widths[i]));
        }
        return rule.toString();
    }
}
