/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/**
 * Finds the name that a misspelt one stands for, by the Damerau-Levenshtein distance with adjacent transpositions. Case
 * does not count.
 */
public final class Suggestion {
    private Suggestion() {}

    /**
     * {@return a sentence that suggests a name, such as {@code "Did you mean 'patients'? "}; empty if no name is close}
     *
     * @param wanted the misspelt name
     * @param names the known names
     */
    public static String of(String wanted, Collection<String> names) {
        String word = lower(wanted);
        int most = Math.max(1, word.length() / 3);
        return names.stream()
                // The distance is no less than this. It spares comparing a very long text with each name.
                .filter(name -> Math.abs(word.length() - name.length()) <= most)
                .filter(name -> distance(word, lower(name)) <= most)
                .min(Comparator.comparingInt(name -> distance(word, lower(name))))
                .map(name -> "Did you mean '" + name + "'? ")
                .orElse("");
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static int distance(String one, String other) {
        int[][] d = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int changed = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(d[i - 1][j - 1] + changed, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                boolean swapped = i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1);
                if (swapped) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[one.length()][other.length()];
    }
}
