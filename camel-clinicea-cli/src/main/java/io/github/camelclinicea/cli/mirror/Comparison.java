/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclinicea.cli.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compares Clinicea and the mirror record by record.
 *
 * <p>Specified by {@code MirrorCommandTest}.
 */
final class Comparison {
    private record Line(Mirrored what, int there, int here, boolean equal) {}

    private static final List<String> STATUSES = List.of("None", "Added", "Modified", "Deleted");

    private final List<Line> lines = new ArrayList<>();

    /** Adds the records of a resource on both sides, by their ids. */
    void add(Mirrored what, Map<String, JsonNode> clinicea, Map<String, JsonNode> mirror) {
        lines.add(new Line(what, clinicea.size(), mirror.size(), clinicea.equals(mirror)));
    }

    boolean equal() {
        return lines.stream().allMatch(Line::equal);
    }

    /** Prints the rows that were emitted, which add up to the rows of the phases, and below them the records now. */
    void print(Output out, Progress progress) {
        out.printf("%n%-16s %9s %9s %9s %9s %9s%n", "rows emitted", "None", "Added", "Modified", "Deleted", "all");
        List<String> resources = Mirrored.lists(lines.stream().map(Line::what).toList()).stream()
                .map(Mirrored::resource)
                .toList();
        resources.forEach(resource -> printRows(out, resource, progress, List.of(resource)));
        printRows(out, "all", progress, resources);
        out.printf("%n%-16s %13s %15s   %s%n", "records now", "in Clinicea", "in the mirror", "equal?");
        for (Line line : lines) {
            out.printf(
                    "%-16s %,13d %,15d   %s%n",
                    line.what().resource(), line.there(), line.here(), line.equal() ? "equal" : "DIFFERENT");
        }
        out.println("");
    }

    private static void printRows(Output out, String title, Progress progress, List<String> resources) {
        out.printf("%-16s", title);
        long all = 0;
        for (String status : STATUSES) {
            long rows = resources.stream()
                    .mapToLong(resource -> progress.rows(resource, status))
                    .sum();
            all += rows;
            out.printf(" %,9d", rows);
        }
        out.printf(" %,9d%n", all);
    }
}
