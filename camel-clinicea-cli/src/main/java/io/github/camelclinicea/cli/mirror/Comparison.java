/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclinicea.DataStatus;
import io.github.camelclinicea.cli.Output;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Compares Clinicea and the mirror record by record.
 *
 * <p>Specified by {@code ComparisonTest}.
 */
final class Comparison {
    private record Line(Mirrored what, int there, int here, boolean equal) {}

    private static final List<String> KNOWN =
            Arrays.stream(DataStatus.values()).map(DataStatus::wireName).toList();

    private static final String OTHER = "other";
    private static final String ALL = "all";

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
        List<String> resources = Mirrored.lists(lines.stream().map(Line::what).toList()).stream()
                .map(Mirrored::resource)
                .toList();
        printRows(out, progress, resources);
        out.printf("%n%-16s %13s %15s   %s%n", "records now", "in Clinicea", "in the mirror", "equal?");
        for (Line line : lines) {
            out.printf(
                    "%-16s %,13d %,15d   %s%n",
                    line.what().resource(), line.there(), line.here(), line.equal() ? "equal" : "DIFFERENT");
        }
        out.println("");
    }

    private static void printRows(Output out, Progress progress, List<String> resources) {
        Map<String, Map<String, Long>> rows = new LinkedHashMap<>();
        resources.forEach(resource -> rows.put(resource, counts(progress, List.of(resource))));
        rows.put(ALL, counts(progress, resources));
        if (rows.get(ALL).get(OTHER) == 0) {
            rows.values().forEach(counts -> counts.remove(OTHER));
        }
        out.printf("%n%-16s", "rows emitted");
        rows.get(ALL).keySet().forEach(column -> out.printf(" %9s", column));
        rows.forEach((title, counts) -> {
            out.printf("%n%-16s", title);
            counts.values().forEach(count -> out.printf(" %,9d", count));
        });
        out.printf("%n");
    }

    /** Returns the number of rows by status, of those with another status or none, and of all. */
    private static Map<String, Long> counts(Progress progress, List<String> resources) {
        Map<String, Long> counts = new LinkedHashMap<>();
        KNOWN.forEach(known -> counts.put(known, count(progress, resources, known::equals)));
        counts.put(OTHER, count(progress, resources, status -> !KNOWN.contains(status)));
        counts.put(ALL, counts.values().stream().mapToLong(Long::longValue).sum());
        return counts;
    }

    private static long count(Progress progress, List<String> resources, Predicate<String> status) {
        return resources.stream()
                .mapToLong(resource -> progress.rows(resource, status))
                .sum();
    }
}
