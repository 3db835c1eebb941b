/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import ca.uhn.hl7v2.parser.DefaultEscaping;
import ca.uhn.hl7v2.parser.EncodingCharacters;
import ca.uhn.hl7v2.parser.Escaping;

/**
 * Escapes text that has no formatting of HL7, such as names. {@link DefaultEscaping} keeps what looks like formatting,
 * so a backslash in a name could let a separator behind it through.
 *
 * <p>Specified by {@code PlainTextTest}.
 */
final class PlainText implements Escaping {
    private final Escaping standard = new DefaultEscaping();

    @Override
    public String escape(String text, EncodingCharacters characters) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (char c : text.toCharArray()) {
            escaped.append(
                    c == characters.getEscapeCharacter()
                            ? c + "E" + c
                            : standard.escape(String.valueOf(c), characters));
        }
        return escaped.toString();
    }

    @Override
    public String unescape(String text, EncodingCharacters characters) {
        return standard.unescape(text, characters);
    }

    /**
     * Returns text on one line: each run of white space and control characters becomes a space. A line break would end a
     * segment, and control characters end a message of MLLP.
     *
     * @param text null counts as empty
     * @return the text without white space around it; never null
     */
    static String oneLine(String text) {
        return text == null
                ? ""
                : text.replaceAll("[\\s\\p{Cc}\\u2028\\u2029]+", " ").strip();
    }
}
