/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;

/**
 * Holds one version of one row. Immutable, so that a page can be assembled outside the clinic's lock.
 *
 * <p>Specified by {@code ChangeListTest} and {@code ParallelUseTest}.
 */
final class StoredRow {
    /** The order of a change list: first the stamp in whole seconds, as the wire shows it, then the id. */
    static final Comparator<StoredRow> BY_CHANGE =
            Comparator.comparingLong(StoredRow::second).thenComparing(StoredRow::id);

    private final String id;
    private final Map<String, Object> fields;
    private final Instant modified;
    private final boolean present;
    // Written by the first reader. Two readers at the same time write the same bytes.
    private volatile byte[] json;

    /**
     * Creates a version.
     *
     * @param fields frozen by {@link Fields#freeze}
     */
    StoredRow(String id, Map<String, Object> fields, Instant modified, boolean present) {
        this.id = id;
        this.fields = fields;
        this.modified = modified;
        this.present = present;
    }

    String id() {
        return id;
    }

    Map<String, Object> fields() {
        return fields;
    }

    /** Returns the moment of the last change, which is more precise than the row's stamp. */
    Instant modified() {
        return modified;
    }

    long second() {
        return modified.getEpochSecond();
    }

    /** Returns false for a deleted row, which stays in the change list. */
    boolean present() {
        return present;
    }

    byte[] json() {
        byte[] bytes = json;
        if (bytes == null) {
            bytes = Json.bytes(fields);
            json = bytes;
        }
        return bytes;
    }

    /** Returns whether the field has this text. A number is compared by its text, because a query has only text. */
    boolean has(String field, String text) {
        Object value = fields.get(field);
        return value != null && value.toString().equals(text);
    }
}
