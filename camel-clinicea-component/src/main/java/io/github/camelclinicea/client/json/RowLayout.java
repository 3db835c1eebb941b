/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import io.github.camelclinicea.row.RowVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Reads the names of a row's fields, and keeps their order for the next row. Nearly all rows of a list have the same
 * fields in the same order. Such a row needs no set of its names to detect duplicates, and no look-up of a field's
 * meaning. Used by one thread, for one page.
 *
 * <p>Specified by {@code RowReaderShortCutsTest} and {@code CanonicalContentTest}.
 */
final class RowLayout {
    /**
     * A field.
     *
     * @param name its name
     * @param bytes its name as it is probably sent; null if it has no such form
     * @param id its place among the fields that may hold the id, or -1
     * @param status its place among the fields that may hold the status, or -1
     * @param modified its place among the fields that may hold the stamp, or -1
     * @param canonicalName its name in the form of {@link CanonicalContent}
     * @param comma whether its name has a comma
     * @param ignored whether it is left out when contents are compared
     * @param number its number among the fields of the page, from 0
     */
    record Field(
            String name,
            SerializedString bytes,
            int id,
            int status,
            int modified,
            byte[] canonicalName,
            boolean comma,
            boolean ignored,
            int number) {
        /** Returns the length of its canonical name in bytes; 0 if the name has a comma. */
        int plainLength() {
            return comma ? 0 : canonicalName.length;
        }

        boolean wanted() {
            return (id & status & modified) >= 0;
        }
    }

    /**
     * The most different names that the fields of one page may have. Each takes memory until the page has been read.
     */
    static final int MAX_NAMES = 100_000;

    static final int NAMES_LENGTH = 2 * Long.BYTES;

    private final RowFields known;
    private final boolean recordsFilled;

    private final ByteSequence canonical = new ByteSequence();
    private final List<Field> fields = new ArrayList<>();
    /** All fields of the page, by name, for rows that have them in an order of their own. */
    private final Map<String, Field> seen = new HashMap<>();

    /** The numbers of the fields that are filled in some row. */
    private final BitSet filled = new BitSet();

    /** The names of fields within the values of fields. */
    private final Set<String> inner = new HashSet<>();

    private int next;
    /** The names of the row so far, if its fields differ from those of the row before; null while they do not. */
    private Set<String> names;

    /** The places of the fields in the order of their names; null until needed. */
    private int[] order;
    /** The number of fields when the order was computed. */
    private int ordered;

    private BitSet lastAbsent;
    /** The result of {@link #names} for the row before; null if its fields were different. */
    private byte[] lastNames;

    /** @param recordsFilled whether it is recorded which fields are filled in some row */
    RowLayout(RowFields known, boolean recordsFilled) {
        this.known = known;
        this.recordsFilled = recordsFilled;
    }

    /** Begins the next row, and returns how many fields the row before had; 0 for the first row. */
    int beginRow() {
        int before = next;
        next = 0;
        names = null;
        return before;
    }

    /**
     * Returns the row's next field, or null at its end.
     *
     * @param parser before a field or the end of the row; afterwards at the field's name or at the end
     * @throws IOException if the row has the field twice, or is malformed
     */
    Field next(JsonParser parser) throws IOException {
        Field expected = names == null && next < fields.size() ? fields.get(next) : null;
        if (expected != null && expected.bytes() != null) {
            // The expected name is compared by its bytes, so that the parser need not look it up.
            if (parser.nextFieldName(expected.bytes())) {
                next++;
                return expected;
            }
        } else {
            parser.nextToken();
        }
        if (parser.currentToken() != JsonToken.FIELD_NAME) {
            return null;
        }
        String name = parser.currentName();
        if (expected != null && expected.name().equals(name)) {
            next++;
            return expected;
        }
        return unexpected(name);
    }

    private Field unexpected(String name) throws IOException {
        if (names == null) {
            fields.subList(next, fields.size()).clear();
            order = null;
            names = new HashSet<>();
            fields.forEach(field -> names.add(field.name()));
        }
        if (!names.add(name)) {
            throw new IOException(Json.DUPLICATE_FIELD);
        }
        Field field = seen.computeIfAbsent(name, this::newField);
        requireFew(seen.size());
        fields.add(field);
        next++;
        return field;
    }

    /** Returns whether filled fields are recorded, and this one has not been filled in any row so far. */
    boolean mayBeFirstValueOf(Field field) {
        return recordsFilled && !filled.get(field.number());
    }

    /** Records that a field has a value other than null and an empty text. */
    void setFilled(Field field) {
        filled.set(field.number());
    }

    /** Adds the names of the fields that are filled in some row. */
    void addFilledTo(Set<String> target) {
        seen.values().stream().filter(field -> filled.get(field.number())).forEach(field -> target.add(field.name()));
    }

    /** Records the name of a field within the value of a field. */
    void addInner(String name) throws MalformedPageException {
        inner.add(name);
        requireFew(inner.size());
    }

    private static void requireFew(int names) throws MalformedPageException {
        if (names > MAX_NAMES) {
            throw MalformedPageException.tooLarge("its fields have more than " + MAX_NAMES + " different names");
        }
    }

    /**
     * Returns the places of the row's fields in the order of their names, without the ignored fields. Rows with the
     * same fields in the same order share the result.
     */
    int[] order() {
        if (order == null || ordered != next) {
            ordered = next;
            lastNames = null;
            order = IntStream.range(0, next)
                    .filter(place -> !fields.get(place).ignored())
                    .boxed()
                    .sorted(Comparator.comparing(place -> fields.get(place).canonicalName(), Arrays::compareUnsigned))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
        return order;
    }

    /**
     * Returns 128 bits of SHA-256 over the names of the row's fields. Most rows of a list share the result.
     *
     * @param absent the fields that are null, by their place in {@link #order}
     */
    byte[] names(BitSet absent) {
        if (lastNames != null && absent.equals(lastAbsent)) {
            return lastNames;
        }
        canonical.setLength(0);
        for (int i = absent.nextClearBit(0); i < order.length; i = absent.nextClearBit(i + 1)) {
            byte[] name = fields.get(order[i]).canonicalName();
            canonical.append(name, 0, name.length);
        }
        RowVersion hash = RowVersion.of(null, null, null, canonical.array(), canonical.length());
        lastAbsent = (BitSet) absent.clone();
        lastNames = ByteBuffer.allocate(NAMES_LENGTH)
                .putLong(hash.high())
                .putLong(hash.low())
                .array();
        return lastNames;
    }

    private Field newField(String name) {
        return new Field(
                name,
                hasSurrogates(name) ? null : new SerializedString(name),
                known.ids().indexOf(name),
                known.statuses().indexOf(name),
                known.modified().indexOf(name),
                canonical(name),
                name.indexOf(',') >= 0,
                known.ignored().contains(name),
                seen.size());
    }

    private byte[] canonical(String name) {
        canonical.setLength(0);
        CanonicalCharacters.appendName(name, canonical);
        return Arrays.copyOf(canonical.array(), canonical.length());
    }

    /** Returns whether a name has a surrogate. JSON allows half of a pair, which has no bytes. */
    private static boolean hasSurrogates(String name) {
        return name.chars().anyMatch(c -> Character.isSurrogate((char) c));
    }
}
