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
 * Builds the canonical form of a row's content, in which contents are compared. Two rows have the same form exactly if
 * their content is equal. These make no difference: the order of fields, blanks, the spelling of numbers and escapes,
 * fields that are null, fields that are ignored, and the case of a GUID's letters. The order of list items does.
 *
 * <p>The form begins with 128 bits of SHA-256 over the names of the fields that are not null, in the order of the
 * names. The values of these fields follow, each with a comma after it.
 *
 * <p>While the parser reads a row, the place of each value in the page is recorded. At the end of the row the values
 * are copied in the order of their names, which {@link RowLayout} keeps from row to row. A value is copied unchanged,
 * and rewritten by {@link CanonicalValue} only if it is not in canonical form. Names make up about half of a row and
 * are the same in most rows, so {@link RowLayout} keeps their hash. Used by one thread, for one page.
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
    /** The end of each value; -1 if it must be searched for. */
    private int[] ends = new int[64];
    /** The {@link JsonTokenId} of each value. */
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
     * Records the next field.
     *
     * @param nameLength the {@link RowLayout.Field#plainLength} of its name
     * @param start the place in the page where its value begins
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
     * Returns the version of the row whose fields were recorded.
     *
     * @param layout the same fields with their order
     * @param start the place in the page where the row begins
     * @param end the place of its closing bracket
     * @param id its id, or null
     * @param status its status, or null
     * @param modified its stamp, or null
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
     * Appends all values, each with a comma after it.
     *
     * @param order the places of the fields in the row
     * @param room the most bytes that the values may have, and a few more
     * @param escapes whether to look for needless escapes. Few rows have any, so the caller first tries without
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

    /** Returns where the value before the row's closing bracket ends; -1 if there are blanks between them. */
    private int endBefore(int bracket) {
        return page[bracket - 1] > ' ' ? bracket : -1;
    }

    /**
     * Returns where the value before a field ends; -1 if there are blanks between them, or the name is not in canonical
     * form. The canonical form of a name is the shortest. A name without a comma has none in any spelling, so the comma
     * that is found separates the two fields.
     *
     * @param value the place where the field's value begins
     * @param nameLength the {@link RowLayout.Field#plainLength} of its name
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
     * @param escapes whether to look for needless escapes
     */
    private int copy(int kind, int from, int end, boolean escapes, byte[] to, int at) {
        int length = end - from;
        if (length > Few.BYTES || from + Few.BYTES > page.length) {
            System.arraycopy(page, from, to, at, length);
        } else {
            Few.copy(page, from, to, at);
        }
        if (kind == JsonTokenId.ID_STRING) {
            // Read in the page, because bytes that were just written are slower to read.
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

    /**
     * Returns the spelling in which a status or stamp is compared. A number is compared by its value. The content still
     * distinguishes a number from a string.
     */
    private static String text(String text) {
        return text != null && mayBeNumber(text) && NUMBER.matcher(text).matches()
                ? CanonicalNumber.of(text)
                : RecordId.canonical(text);
    }

    /** Returns false early for a stamp: a number has a hyphen only at its start or after an E. */
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
