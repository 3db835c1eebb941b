/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;

/**
 * Writes values in their canonical form, in one go over their bytes. The bytes have been found well-formed, nested no deeper
 * than the parser allows, and without a field twice in one object.
 *
 * <p>Of the escapes only those remain that JSON demands: the short ones of quote, backslash and control characters, and
 * {@code \}{@code uXXXX} in lower case for other control characters and for halves of surrogate pairs, which have no UTF-8.
 */
final class CanonicalValue {
    /** So many fields are sorted faster by insertion. */
    private static final int FEW = 32;

    private static final HexFormat HEX = HexFormat.of();
    private static final String SHORT_ESCAPES = "\"\\\b\f\n\r\t";
    private static final String SHORT_ESCAPE_LETTERS = "\"\\bfnrt";

    private final byte[] json;
    private final ByteSequence out;
    /** Where the fields begin of the objects that are not yet at their end. */
    private final IntSequence starts = new IntSequence();

    private final ByteSequence unsorted = new ByteSequence();
    private int at;

    /**
     * @param json holds the values
     * @param out appended to
     */
    CanonicalValue(byte[] json, ByteSequence out) {
        this.json = json;
        this.out = out;
    }

    /** Returns whether a list has nothing but strings, and is in canonical form; false also if that takes a closer look. */
    static boolean isListOfPlainStrings(byte[] json, int start) {
        int i = start + 1;
        while (json[i] == '"') {
            int quote = i++;
            while (json[i] != '"') {
                if (json[i] == '\\') {
                    return false;
                }
                i++;
            }
            i++;
            if (i - quote == Guids.QUOTED_LENGTH) {
                return false;
            }
            if (json[i] == ']') {
                return true;
            }
            i++;
        }
        return false;
    }

    /** Appends the value that begins at a place. */
    void append(int start) {
        at = start;
        value();
    }

    private void value() {
        switch (json[at]) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            default -> plain();
        }
    }

    private void blanks() {
        while (json[at] <= ' ' && json[at] >= 0) {
            at++;
        }
    }

    /** A number or a literal. */
    private void plain() {
        int start = at;
        while (at < json.length && json[at] > ' ' && json[at] != ',' && json[at] != ']' && json[at] != '}') {
            at++;
        }
        if (json[start] == '-' || json[start] <= '9') {
            CanonicalNumber.append(json, start, at, out);
        } else {
            out.append(json, start, at);
        }
    }

    private void array() {
        out.append('[');
        at++;
        blanks();
        while (json[at] != ']') {
            if (json[at] == ',') {
                out.append(',');
                at++;
                blanks();
            }
            value();
            blanks();
        }
        at++;
        out.append(']');
    }

    /** Each field is written with a comma behind it, so that fields can change places. */
    private void object() {
        out.append('{');
        int first = starts.length();
        boolean sorted = true;
        at++;
        blanks();
        while (json[at] != '}') {
            if (json[at] == ',') {
                at++;
                blanks();
            }
            int start = out.length();
            if (field()) {
                sorted &= starts.length() == first || compare(starts.last(), start, start, out.length()) < 0;
                starts.append(start);
            }
            blanks();
        }
        at++;
        if (!sorted) {
            sort(first);
        }
        if (starts.length() == first) {
            out.append('}');
        } else {
            out.setLast('}');
        }
        starts.setLength(first);
    }

    /** Appends a field unless it is null. */
    private boolean field() {
        int start = out.length();
        string();
        blanks();
        at++;
        blanks();
        out.append(':');
        if (json[at] == 'n') {
            at += 4;
            out.setLength(start);
            return false;
        }
        value();
        out.append(',');
        return true;
    }

    private int compare(int one, int oneEnd, int other, int otherEnd) {
        return Arrays.compareUnsigned(out.array(), one, oneEnd, out.array(), other, otherEnd);
    }

    /** No two names are the same, and none is the beginning of another one with its quote. So only names decide. */
    private void sort(int first) {
        starts.append(out.length());
        int begin = starts.get(first);
        unsorted.setLength(0);
        unsorted.append(out.array(), begin, out.length());
        out.setLength(begin);
        for (int field : order(first, starts.length() - 1 - first, begin)) {
            out.append(unsorted.array(), starts.get(first + field) - begin, starts.get(first + field + 1) - begin);
        }
    }

    private int[] order(int first, int fields, int begin) {
        if (fields > FEW) {
            return IntStream.range(0, fields)
                    .boxed()
                    .sorted((one, other) -> compareUnsorted(first + one, first + other, begin))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
        int[] order = new int[fields];
        for (int field = 0; field < fields; field++) {
            int place = field;
            while (place > 0 && compareUnsorted(first + field, first + order[place - 1], begin) < 0) {
                order[place] = order[--place];
            }
            order[place] = field;
        }
        return order;
    }

    private int compareUnsorted(int one, int other, int begin) {
        byte[] bytes = unsorted.array();
        return Arrays.compareUnsigned(
                bytes,
                starts.get(one) - begin,
                starts.get(one + 1) - begin,
                bytes,
                starts.get(other) - begin,
                starts.get(other + 1) - begin);
    }

    private void string() {
        int start = out.length();
        int from = at++;
        while (json[at] != '"') {
            if (json[at] == '\\') {
                out.append(json, from, at);
                escape();
                from = at;
            } else {
                at++;
            }
        }
        out.append(json, from, ++at);
        if (out.length() - start == Guids.QUOTED_LENGTH && Guids.isToLower(out.array(), start)) {
            Guids.lower(out.array(), start);
        }
    }

    private void escape() {
        int letter = json[at + 1];
        at += 2;
        if (letter == 'u') {
            char unit = unit();
            if (Character.isHighSurrogate(unit) && json[at] == '\\' && json[at + 1] == 'u') {
                int second = at;
                at += 2;
                char low = unit();
                if (Character.isLowSurrogate(low)) {
                    appendCharacter(Character.toCodePoint(unit, low), out);
                    return;
                }
                at = second;
            }
            appendCharacter(unit, out);
        } else {
            int known = SHORT_ESCAPE_LETTERS.indexOf(letter);
            appendCharacter(known < 0 ? letter : SHORT_ESCAPES.charAt(known), out);
        }
    }

    private char unit() {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            unit = unit << 4 | HexFormat.fromHexDigit(json[at++]);
        }
        return (char) unit;
    }

    /** Appends a field's name with its colon. */
    static void appendName(String name, ByteSequence out) {
        out.append('"');
        name.codePoints().forEach(c -> appendCharacter(c, out));
        out.append('"');
        out.append(':');
    }

    private static void appendCharacter(int c, ByteSequence out) {
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
