/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Compares Clinicea and the mirror record by record. */
final class Comparison {
    private record Line(Mirrored what, int there, int here, boolean equal) {}

    private final List<Line> lines = new ArrayList<>();

    void add(Mirrored what, Map<String, JsonNode> clinicea, Map<String, JsonNode> mirror) {
        lines.add(new Line(what, clinicea.size(), mirror.size(), clinicea.equals(mirror)));
    }

    boolean equal() {
        return lines.stream().allMatch(Line::equal);
    }

    void print(PrintStream out, Progress progress) {
        out.printf(
                "%n%-14s %8s %9s %8s %17s %18s   %s%n",
                "resource", "Added", "Modified", "Deleted", "rows in Clinicea", "rows in the mirror", "equal?");
        for (Line line : lines) {
            String resource = line.what().resource();
            long deleted = progress.rows(resource, "Deleted")
                    + (line.what() == Mirrored.BILLS ? progress.rows("deletedBills", "Deleted") : 0);
            out.printf(
                    Locale.ROOT,
                    "%-14s %,8d %,9d %,8d %,17d %,18d   %s%n",
                    resource,
                    progress.rows(resource, "Added"),
                    progress.rows(resource, "Modified"),
                    deleted,
                    line.there(),
                    line.here(),
                    line.equal() ? "equal" : "DIFFERENT");
        }
        out.println();
    }
}
