/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds names in code spans that nothing has: options, headers, operations, arguments, fields, classes. A page that
 * names an option which does not exist sends its reader on a search.
 */
public final class Names {
    /**
     * A name in camel case, perhaps as {@code name=value} or {@code name()}. Anything longer, and a path of packages,
     * is code.
     */
    private static final Pattern NAME =
            Pattern.compile("(?=.*[a-z])([A-Za-z][a-z0-9]*(?:[A-Z][A-Za-z0-9]*)+)(?:\\(.*\\)|=.*)?");

    private final Set<String> known;

    /**
     * Creates the check.
     *
     * @param known every name that exists
     */
    public Names(Set<String> known) {
        this.known = known;
    }

    /** Returns the names of a text that are not known. */
    public List<Finding> findings(List<Passage> passages) {
        List<Finding> findings = new ArrayList<>();
        for (Passage passage : passages) {
            for (String code : passage.code()) {
                Matcher name = NAME.matcher(code);
                if (name.matches() && !known.contains(name.group(1))) {
                    findings.add(new Finding(passage.source(), passage.line(), "a name that nothing has", code));
                }
            }
        }
        return findings;
    }
}
