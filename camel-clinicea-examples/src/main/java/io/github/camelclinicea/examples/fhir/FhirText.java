/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.fhir;

import java.util.regex.Pattern;

/** Makes text that a FHIR string may hold: not empty, no control characters, at most 1,048,576 characters. */
final class FhirText {
    static final int MOST_CHARACTERS = 1024 * 1024;

    /** Control characters, halves of pairs, characters that no text has, and characters that only steer its display. */
    private static final Pattern FORBIDDEN =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Cn}\\p{Zl}\\p{Zp}\\uFEFF\\u2066-\\u2069\\u202A-\\u202E&&[^\\n\\t]]");

    private static final Pattern AROUND = Pattern.compile("^[\\s\\p{Z}\\u200B]+|[\\s\\p{Z}\\u200B]+$");

    private FhirText() {}

    /**
     * Returns a text without what FHIR forbids. A forbidden character becomes a space.
     *
     * @param text a text of a row, or null
     * @return null if there is nothing to read in it
     */
    static String clean(String text) {
        if (text == null) {
            return null;
        }
        String clean = AROUND.matcher(FORBIDDEN.matcher(text).replaceAll(" ")).replaceAll("");
        if (clean.length() > MOST_CHARACTERS) {
            boolean splitsPair = Character.isHighSurrogate(clean.charAt(MOST_CHARACTERS - 1));
            clean = AROUND.matcher(clean.substring(0, splitsPair ? MOST_CHARACTERS - 1 : MOST_CHARACTERS))
                    .replaceAll("");
        }
        return clean.isEmpty() ? null : clean;
    }
}
