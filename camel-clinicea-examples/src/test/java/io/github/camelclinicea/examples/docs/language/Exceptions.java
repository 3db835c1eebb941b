/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs.language;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Findings that are meant to stay. Each is a line {@code page | part of the text | reason}, with {@code *} for every
 * page or every text; blank lines and {@code #} are skipped. An exception that no finding needs is reported, so that
 * the list does not outlive its reasons.
 */
public final class Exceptions {
    private record Rule(String source, String text, String line) {
        boolean covers(Finding finding) {
            return (source.equals("*") || finding.source().endsWith(source))
                    && (text.equals("*") || finding.text().contains(text));
        }
    }

    private final List<Rule> rules = new ArrayList<>();
    private final Set<Rule> used = new LinkedHashSet<>();

    /**
     * Reads the exceptions.
     *
     * @param lines the lines of the file
     */
    public Exceptions(List<String> lines) {
        for (String line : lines) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] parts = line.split(" \\| ", 3);
                if (parts.length < 3 || parts[2].isBlank()) {
                    throw new IllegalArgumentException("not 'page | part of the text | reason': " + line);
                }
                rules.add(new Rule(parts[0].strip(), parts[1].strip(), line));
            }
        }
    }

    /** Returns the findings that no exception covers. */
    public List<Finding> without(List<Finding> findings) {
        List<Finding> rest = new ArrayList<>();
        for (Finding finding : findings) {
            List<Rule> covering =
                    rules.stream().filter(rule -> rule.covers(finding)).toList();
            used.addAll(covering);
            if (covering.isEmpty()) {
                rest.add(finding);
            }
        }
        return rest;
    }

    /** Returns the exceptions that no finding has needed until now, as written. */
    public List<String> unused() {
        return rules.stream()
                .filter(rule -> !used.contains(rule))
                .map(Rule::line)
                .toList();
    }
}
