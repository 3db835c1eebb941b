/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.monitoring;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the metrics and labels that an expression of Prometheus names. */
final class Expression {
    private static final Pattern SELECTOR = Pattern.compile("\\b(clinicea_\\w+)(?:\\{([^}]*)\\})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|on|ignoring)\\s*\\(([^)]*)\\)");
    private static final Pattern LEGEND = Pattern.compile("\\{\\{\\s*(?:\\$labels\\.)?(\\w+)");

    private final String text;

    Expression(String text) {
        this.text = text;
    }

    /** Returns what a scrape lacks: metrics, labels, and values of labels that the expression compares exactly. */
    List<String> missingIn(Scrape scrape) {
        List<String> missing = new ArrayList<>();
        Set<String> known = new HashSet<>();
        Matcher selector = SELECTOR.matcher(text);
        while (selector.find()) {
            String name = selector.group(1);
            Set<String> labels = scrape.labels(name);
            if (labels.isEmpty()) {
                missing.add(name);
            }
            known.addAll(labels);
            Matcher matcher = MATCHER.matcher(selector.group(2) == null ? "" : selector.group(2));
            while (matcher.find()) {
                String label = matcher.group(1);
                if (!labels.contains(label)) {
                    missing.add(name + "{" + label + "}");
                } else if (!matcher.group(2).endsWith("~")
                        && scrape.series(name, Map.of(label, matcher.group(3))).isEmpty()) {
                    missing.add(name + "{" + matcher.group() + "}");
                }
            }
        }
        labels(GROUPING.matcher(text)).filter(label -> !known.contains(label)).forEach(missing::add);
        return missing;
    }

    /** Returns the labels that a legend or an annotation shows. */
    static Set<String> shown(String legend) {
        return labels(LEGEND.matcher(legend)).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Returns whether the result of the expression has a label: it is aggregated by it, or not aggregated. */
    boolean keeps(String label, Scrape scrape) {
        Matcher grouping = GROUPING.matcher(text);
        if (text.contains(" by (")) {
            return labels(grouping).anyMatch(label::equals);
        }
        Matcher selector = SELECTOR.matcher(text);
        return selector.find() && scrape.labels(selector.group(1)).contains(label);
    }

    private static Stream<String> labels(Matcher found) {
        return found.results()
                .flatMap(result -> Stream.of(result.group(1).split(",")))
                .map(String::strip);
    }

    @Override
    public String toString() {
        return text;
    }
}
