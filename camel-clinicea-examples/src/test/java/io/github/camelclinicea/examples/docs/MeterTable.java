/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import io.github.camelclinicea.observe.ClinicMeter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Generates the table of meters in {@code docs/reference/monitoring.md}. */
public final class MeterTable {
    private static final String BEGIN = "<!-- meters: made from ClinicMeter -->\n";
    private static final String END = "<!-- end of meters -->\n";

    private MeterTable() {}

    static String renewed(String page) {
        StringBuilder table = new StringBuilder("""
                | Meter | In Prometheus | Tags | Value |
                | --- | --- | --- | --- |
                """);
        for (ClinicMeter meter : ClinicMeter.values()) {
            table.append("| `")
                    .append(meter.meterName())
                    .append("` | `")
                    .append(inPrometheus(meter).get(0))
                    .append("` | ")
                    .append(tags(meter))
                    .append(" | ")
                    .append(meter.description())
                    .append(" |\n");
        }
        return GeneratedPart.renewed(page, BEGIN, table.toString(), END);
    }

    private static String tags(ClinicMeter meter) {
        List<String> tags = new ArrayList<>(meter.isOfSync() ? List.of("syncId") : List.of());
        tags.addAll(meter.ownTags());
        return tags.stream().map(tag -> "`" + tag + "`").collect(Collectors.joining(", "));
    }

    /** Returns the names that a meter has in Prometheus, the most important one first. */
    public static List<String> inPrometheus(ClinicMeter meter) {
        String name = meter.meterName().replace('.', '_');
        return switch (meter.kind()) {
            case COUNTER -> List.of(name + "_total");
            case GAUGE -> List.of(name);
            case SECONDS -> List.of(name + "_seconds");
            case TIMER -> List.of(name + "_seconds_count", name + "_seconds_sum", name + "_seconds_max");
        };
    }
}
