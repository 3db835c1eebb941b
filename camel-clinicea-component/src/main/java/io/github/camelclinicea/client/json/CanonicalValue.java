/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;

/**
 * Writes values in their canonical form, in one pass over their bytes. The bytes are well-formed, nested no deeper than
 * the parser allows, and no object has a field twice.
 *
 * <p>Specified by {@code CanonicalContentTest}.
 */
final class CanonicalValue {
    /** Up to so many fields, insertion sort is faster. */
    private static final int FEW = 32;

    private final byte[] json;
    private final ByteSequence out;
    /** The places where the fields begin, for all objects that have not ended yet. */
    private final IntSequence starts = new IntSequence();

    private final ByteSequence unsorted = new ByteSequence();
    private int at;

    /**
     * Creates a writer.
     *
     * @param json holds the values
     * @param out receives the canonical forms
     */
    CanonicalValue(byte[] json, ByteSequence out) {
        this.json = json;
        this.out = out;
    }

    /** Returns whether a list has only strings and is in canonical form; false also if that is not obvious. */
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

    /** Appends the canonical form of the value that begins at a place. */
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

    /** Appends a number or a literal. */
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

    /** Appends an object. Each field is written with a comma after it, so that fields can be reordered. */
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

    /** Appends a field with a comma; returns false if it is null, and then appends nothing. */
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

    /**
     * Sorts the fields of an object by their names. The bytes of whole fields are compared. No two names are equal, and
     * no name with its closing quote is the beginning of another, so the values do not matter.
     */
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
                    CanonicalCharacters.append(Character.toCodePoint(unit, low), out);
                    return;
                }
                at = second;
            }
            CanonicalCharacters.append(unit, out);
        } else {
            CanonicalCharacters.append(CanonicalCharacters.ofShortEscape(letter), out);
        }
    }

    private char unit() {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            unit = unit << 4 | HexFormat.fromHexDigit(json[at++]);
        }
        return (char) unit;
    }
}
