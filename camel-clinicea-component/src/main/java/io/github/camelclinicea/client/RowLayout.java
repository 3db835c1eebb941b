package io.github.camelclinicea.client;

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
     * @param id its place among the fields that may hold the id, or -1
     * @param status its place among those that may hold the change tag, or -1
     * @param modified its place among those that may hold the stamp, or -1
     */
    record Field(String name, int id, int status, int modified) {
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

    /** @return how many fields the row before had, the first row aside */
    int size() {
        return fields.size();
    }

    void beginRow() {
        next = 0;
        names = null;
    }

    /** @return the row's next field, or null if it has been there before */
    Field next(String name) {
        if (names == null && next < fields.size() && fields.get(next).name().equals(name)) {
            return fields.get(next++);
        }
        if (names == null) {
            fields.subList(next, fields.size()).clear();
            names = new HashSet<>();
            fields.forEach(field -> names.add(field.name()));
        }
        if (!names.add(name)) {
            return null;
        }
        Field field = new Field(name, idFields.indexOf(name), statusFields.indexOf(name), modifiedFields.indexOf(name));
        fields.add(field);
        next++;
        return field;
    }
}
