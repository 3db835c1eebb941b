/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.reminders;

import java.util.Locale;
import java.util.regex.Pattern;

/** Makes text of a row fit for a table, a header and a message. */
final class RowText {
    /** Line breaks, other control characters, and those that change the direction of the text behind them. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\\s]+");

    private static final Pattern GUID =
            Pattern.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");

    private static final int LONGEST = 100;

    private RowText() {}

    /**
     * Returns a text as one line of up to 100 characters, so that it can start no other header.
     *
     * @return null for null and for a text without visible characters
     */
    static String line(String text) {
        if (text == null) {
            return null;
        }
        String line = INVISIBLE.matcher(text).replaceAll(" ").strip();
        if (line.isEmpty()) {
            return null;
        }
        return line.codePointCount(0, line.length()) <= LONGEST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST));
    }

    /** Returns an id as it is compared: the case of a GUID's letters does not count. Null for null. */
    static String id(String id) {
        return id != null && GUID.matcher(id).matches() ? id.toLowerCase(Locale.ROOT) : id;
    }
}
