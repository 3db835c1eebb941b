/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.JsonTokenId;
import io.github.camelclinicea.row.RecordId;
import io.github.camelclinicea.row.RowVersion;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.regex.Pattern;

/**
 * The content of a row in the form in which contents are compared. Two rows have the same form exactly if they say the same:
 * the order of fields, blanks, the spelling of numbers and escapes, fields that are null, fields that are ignored and the case
 * of a GUID's letters make no difference; the order of list items does. The form is 128 bits of SHA-256 over the names of the
 * fields that are not null, in their order, and behind them the values of these fields, each with a comma.
 *
 * <p>While the parser passes through a row, it is noted where each value begins in the page. At the row's end the values are
 * copied in the order that {@link RowLayout} keeps from row to row. A value is copied as it stands, and rewritten by
 * {@link CanonicalValue} only where it is spelled otherwise than the form wants. Names stand for about half of a row, and are
 * the same in most rows, so {@link RowLayout} keeps what they come to. Used by one thread, for one page.
 */
final class CanonicalContent {
    private static final VarHandle TWO = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final short QUOTE_AND_COLON = '"' << 8 | ':';
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

    private final ByteSequence out = new ByteSequence();
    private final BitSet absent = new BitSet();
    private final CanonicalValue values;
    private final byte[] page;

    private int[] starts = new int[64];
    /** Where each value ends; -1 if that takes a closer look. */
    private int[] ends = new int[64];
    /** By {@link JsonTokenId}. */
    private byte[] kinds = new byte[64];

    private int fields;

    CanonicalContent(byte[] page) {
        this.page = page;
        this.values = new CanonicalValue(page, out);
    }

    void beginRow() {
        fields = 0;
    }

    /**
     * Notes the next field.
     *
     * @param nameLength what {@link RowLayout.Field#plainLength} says of its name
     * @param start where its value begins in the page
     * @param kind the first token of its value
     */
    void field(int nameLength, int start, JsonToken kind) {
        if (fields == starts.length) {
            starts = Arrays.copyOf(starts, 2 * fields);
            ends = Arrays.copyOf(ends, 2 * fields);
            kinds = Arrays.copyOf(kinds, 2 * fields);
        }
        if (fields > 0) {
            ends[fields - 1] = endBefore(start, nameLength);
        }
        starts[fields] = start;
        kinds[fields++] = (byte) kind.id();
    }

    /**
     * Returns the version of the row whose fields were noted.
     *
     * @param layout has the same fields
     * @param start where the row begins in the page
     * @param end where its closing bracket is
     * @param id its id, or null
     * @param status its status, or null
     * @param modified its modified stamp, or null
     */
    RowVersion version(RowLayout layout, int start, int end, String id, String status, String modified) {
        if (fields > 0) {
            ends[fields - 1] = endBefore(end);
        }
        int room = end - start + Few.BYTES;
        append(layout.order(), room, false);
        if (Escapes.needRewriting(out.array(), RowLayout.NAMES_LENGTH, out.length())) {
            append(layout.order(), room, true);
        }
        System.arraycopy(layout.names(absent), 0, out.array(), 0, RowLayout.NAMES_LENGTH);
        return RowVersion.of(id, text(status), text(modified), out.array(), out.length());
    }

    /**
     * Appends all values, each with a comma behind it.
     *
     * @param order the fields, by their places in the row
     * @param room as many bytes as the values may have, and a few more
     * @param escapes whether to look for escapes that are not needed. Few rows have any, so they are looked for at the end
     */
    private void append(int[] order, int room, boolean escapes) {
        absent.clear();
        out.setLength(RowLayout.NAMES_LENGTH);
        byte[] to = out.reserve(room);
        int at = RowLayout.NAMES_LENGTH;
        for (int i = 0; i < order.length; i++) {
            int field = order[i];
            if (kinds[field] == JsonTokenId.ID_NULL) {
                absent.set(i);
                continue;
            }
            int from = starts[field];
            int end = ends[field];
            int length = end < 0 ? -1 : copy(kinds[field], from, end, escapes, to, at);
            if (length < 0) {
                out.setLength(at);
                values.append(from);
                length = out.length() - at;
                to = out.reserve(room);
            }
            at += length;
            to[at++] = ',';
        }
        out.setLength(at);
    }

    /** Returns where the value in front of the row's closing bracket ends; -1 if there are blanks between. */
    private int endBefore(int bracket) {
        return page[bracket - 1] > ' ' ? bracket : -1;
    }

    /**
     * Returns where the value in front of a field ends; -1 if there are blanks between, or the name is spelled otherwise. A name
     * in canonical form is the shortest, and one that has no comma has none in any spelling, so the comma cannot be mistaken.
     *
     * @param value where the field's value begins
     * @param nameLength what {@link RowLayout.Field#plainLength} says of its name
     */
    private int endBefore(int value, int nameLength) {
        int comma = value - nameLength - 1;
        return nameLength > 0
                        && (short) TWO.get(page, value - 2) == QUOTE_AND_COLON
                        && page[comma] == ','
                        && page[comma - 1] > ' '
                ? comma
                : -1;
    }

    /**
     * Copies a value and returns its length; -1 if it must be rewritten.
     *
     * @param escapes whether to look for escapes that are not needed
     */
    private int copy(int kind, int from, int end, boolean escapes, byte[] to, int at) {
        int length = end - from;
        if (length > Few.BYTES || from + Few.BYTES > page.length) {
            System.arraycopy(page, from, to, at, length);
        } else {
            Few.copy(page, from, to, at);
        }
        if (kind == JsonTokenId.ID_STRING) {
            // Looked at in the page, since what was written a moment ago is not read back as fast.
            if (length == Guids.QUOTED_LENGTH && Guids.isToLower(page, from)) {
                Guids.lower(to, at);
            }
            return escapes && Escapes.needRewriting(page, from, end) ? -1 : length;
        }
        return switch (kind) {
            case JsonTokenId.ID_NUMBER_INT -> CanonicalNumber.isCanonicalInteger(page, from, end) ? length : -1;
            case JsonTokenId.ID_NUMBER_FLOAT ->
                CanonicalNumber.isPlain(page, from, end)
                        ? CanonicalNumber.withoutTrailingZeros(page, from, length)
                        : -1;
            case JsonTokenId.ID_TRUE, JsonTokenId.ID_FALSE -> length;
            case JsonTokenId.ID_START_ARRAY -> CanonicalValue.isListOfPlainStrings(page, from) ? length : -1;
            default -> -1;
        };
    }

    /** A status or stamp that is a number counts by its value, too. The content tells the number from the string. */
    private static String text(String text) {
        return text != null && mayBeNumber(text) && NUMBER.matcher(text).matches()
                ? CanonicalNumber.of(text)
                : RecordId.canonical(text);
    }

    /** A stamp is none, which its first hyphen tells: a sign stands in front only, or behind an E. */
    private static boolean mayBeNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean sign = c == '-' || c == '+';
            if (sign ? i > 0 && (text.charAt(i - 1) | 0x20) != 'e' : (c < '0' || c > '9') && ".eE".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }
}
