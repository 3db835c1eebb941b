/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs.language;

import java.util.List;
import java.util.regex.Pattern;

/** Reads the labels of an SVG drawing as passages. */
public final class Drawing {
    private static final Pattern LABEL = Pattern.compile(">([^<>]*\\p{L}[^<>]*)<");

    private Drawing() {}

    /** Returns the labels of a drawing, in their order. */
    public static List<Passage> passages(String source, String svg) {
        return LABEL.matcher(svg)
                .results()
                .map(label -> new Passage(
                        source,
                        (int) svg.chars()
                                        .limit(label.start())
                                        .filter(c -> c == '\n')
                                        .count()
                                + 1,
                        true,
                        label.group(1).strip(),
                        List.of()))
                .toList();
    }
}
