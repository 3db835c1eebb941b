/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.monitoring;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds what Prometheus reads from an application: the values of each series.
 *
 * @param series the series
 */
record Scrape(List<Series> series) {
    private static final Pattern LINE = Pattern.compile("(\\w+)(?:\\{(.*)\\})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /**
     * A series.
     *
     * @param name the name of the metric
     * @param labels the values by label
     * @param value the present value
     */
    record Series(String name, Map<String, String> labels, double value) {}

    /** Reads the text format of Prometheus. */
    static Scrape of(String text) {
        return new Scrape(text.lines()
                .filter(line -> !line.startsWith("#"))
                .map(Scrape::line)
                .toList());
    }

    private static Series line(String text) {
        Matcher line = LINE.matcher(text);
        if (!line.matches()) {
            throw new IllegalArgumentException("no series: " + text);
        }
        Map<String, String> labels = new HashMap<>();
        if (line.group(2) != null) {
            Matcher label = LABEL.matcher(line.group(2));
            while (label.find()) {
                labels.put(label.group(1), label.group(2).replace("\\\"", "\"").replace("\\\\", "\\"));
            }
        }
        return new Series(line.group(1), labels, Double.parseDouble(line.group(3)));
    }

    /** Returns the series with this name and these labels. */
    List<Series> series(String name, Map<String, String> labels) {
        return series.stream()
                .filter(one -> one.name().equals(name))
                .filter(one -> one.labels().entrySet().containsAll(labels.entrySet()))
                .toList();
    }

    /** Returns the labels that the series of a metric have; empty if there is no such metric. */
    Set<String> labels(String name) {
        Set<String> labels = new HashSet<>();
        series(name, Map.of()).forEach(one -> labels.addAll(one.labels().keySet()));
        return labels;
    }
}
