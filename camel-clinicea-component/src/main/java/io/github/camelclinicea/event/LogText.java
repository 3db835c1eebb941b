/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.event;

/**
 * Makes a text from outside fit for one line of a log. A server may send an id with line breaks, which would look like
 * lines of their own, or one that is very long.
 */
public final class LogText {
    private static final int LONGEST = 100;

    private LogText() {}

    /**
     * Returns the text with each control character and line separator replaced by {@code ?}, and cut after 100
     * characters.
     *
     * @param text the text; null for none
     * @return the text for a log, or null
     */
    public static String of(String text) {
        return of(text, LONGEST);
    }

    /**
     * Does the same as {@link #of(String)}, with another limit.
     *
     * @param text the text; null for none
     * @param longest the number of characters after which the text is cut
     * @return the text for a log, or null
     */
    public static String of(String text, int longest) {
        if (text == null) {
            return null;
        }
        String line = text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\u0085\\p{Cf}]", "?");
        if (line.codePointCount(0, line.length()) <= longest) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, longest)) + "… (" + text.length() + " characters)";
    }
}
