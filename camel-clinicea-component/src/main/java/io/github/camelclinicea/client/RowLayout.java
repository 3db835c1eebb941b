package io.github.camelclinicea.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The fields of a row, as they come. Rows of a list nearly all have the same ones in the same order, so that a row that
 * follows the one before needs no set of its names to tell that none comes twice, and no look-up of what a name means. Used
 * by one thread, for one page.
 */
final class RowLayout {
    /**
     * A field.
     *
     * @param name its name
     * @param bytes its name as it would be sent; null if that cannot be said
     * @param id its place among the fields that may hold the id, or -1
     * @param status its place among those that may hold the change tag, or -1
     * @param modified its place among those that may hold the stamp, or -1
     */
    record Field(String name, SerializedString bytes, int id, int status, int modified) {
        boolean wanted() {
            return (id & status & modified) >= 0;
        }
    }

    private final List<String> idFields;
    private final List<String> statusFields;
    private final List<String> modifiedFields;

    private final List<Field> fields = new ArrayList<>();
    private int next;
    /** The names of the row, once it has left the way of the one before; null until then. */
    private Set<String> names;

    RowLayout(List<String> idFields, List<String> statusFields, List<String> modifiedFields) {
        this.idFields = idFields;
        this.statusFields = statusFields;
        this.modifiedFields = modifiedFields;
    }

    /** @return how many fields the row before had; 0 for the first */
    int beginRow() {
        int before = next;
        next = 0;
        names = null;
        return before;
    }

    /**
     * @param parser before a field or the end of the row; at the field's name or at the end afterwards
     * @return the row's next field, or null at its end
     * @throws IOException if the field has been there before, or it is no JSON
     */
    Field next(JsonParser parser) throws IOException {
        Field expected = names == null && next < fields.size() ? fields.get(next) : null;
        if (expected != null && expected.bytes() != null) {
            // What is expected is compared as bytes, which spares the parser its look-up of the name.
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
            names = new HashSet<>();
            fields.forEach(field -> names.add(field.name()));
        }
        if (!names.add(name)) {
            throw new IOException(RowReader.TWICE);
        }
        Field field = new Field(
                name,
                hasSurrogates(name) ? null : new SerializedString(name),
                idFields.indexOf(name),
                statusFields.indexOf(name),
                modifiedFields.indexOf(name));
        fields.add(field);
        next++;
        return field;
    }

    /** Half of a pair, which JSON allows, has no bytes. */
    private static boolean hasSurrogates(String name) {
        return name.chars().anyMatch(c -> Character.isSurrogate((char) c));
    }
}
