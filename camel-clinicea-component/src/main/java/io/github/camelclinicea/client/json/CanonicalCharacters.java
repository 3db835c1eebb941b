/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import java.util.HexFormat;

/**
 * Writes the characters of strings in canonical form. Only the escapes that JSON demands remain. Quote, backslash and
 * control characters have their short escape. Other control characters, and halves of surrogate pairs, which have no
 * UTF-8, are {@code \}{@code uXXXX} in lower case.
 *
 * <p>Specified by {@code CanonicalContentTest}.
 */
final class CanonicalCharacters {
    private static final HexFormat HEX = HexFormat.of();
    private static final String SHORT_ESCAPES = "\"\\\b\f\n\r\t";
    private static final String SHORT_ESCAPE_LETTERS = "\"\\bfnrt";

    private CanonicalCharacters() {}

    /** Returns the character of a short escape. A letter that is none, such as a slash, stands for itself. */
    static int ofShortEscape(int letter) {
        int known = SHORT_ESCAPE_LETTERS.indexOf(letter);
        return known < 0 ? letter : SHORT_ESCAPES.charAt(known);
    }

    /** Appends a field's name with its colon. */
    static void appendName(String name, ByteSequence out) {
        out.append('"');
        name.codePoints().forEach(c -> append(c, out));
        out.append('"');
        out.append(':');
    }

    /** Appends a character, escaped if it must be. */
    static void append(int c, ByteSequence out) {
        int known = SHORT_ESCAPES.indexOf(c);
        if (known >= 0) {
            out.append('\\');
            out.append(SHORT_ESCAPE_LETTERS.charAt(known));
        } else if (c < ' ' || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
            out.appendAscii("\\u");
            out.appendAscii(HEX.toHexDigits((char) c));
        } else if (c < 0x80) {
            out.append(c);
        } else if (c < 0x800) {
            out.append(0xc0 | c >> 6);
            out.append(0x80 | c & 0x3f);
        } else {
            if (c < 0x10000) {
                out.append(0xe0 | c >> 12);
            } else {
                out.append(0xf0 | c >> 18);
                out.append(0x80 | c >> 12 & 0x3f);
            }
            out.append(0x80 | c >> 6 & 0x3f);
            out.append(0x80 | c & 0x3f);
        }
    }
}
