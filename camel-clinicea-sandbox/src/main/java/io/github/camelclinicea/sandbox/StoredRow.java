/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;

/** One version of one row. Immutable, so that a page can be put together outside the clinic's lock. */
final class StoredRow {
    /** The order of a change list: the stamp as the wire shows it, whole seconds, then the id. */
    static final Comparator<StoredRow> BY_CHANGE =
            Comparator.comparingLong(StoredRow::second).thenComparing(StoredRow::id);

    private final String id;
    private final Map<String, Object> fields;
    private final Instant modified;
    private final boolean present;
    // Written by whichever reader comes first; two that race write the same bytes.
    private volatile byte[] json;

    /** @param fields frozen by {@link Fields#freeze} */
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

    /** @return the moment of the last change, more precise than the row's own stamp */
    Instant modified() {
        return modified;
    }

    long second() {
        return modified.getEpochSecond();
    }

    /** @return false for a row that was deleted and stays in the change list as such */
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

    /** @return whether the field has this text; numbers and text compare alike, since a query has only text */
    boolean has(String field, String text) {
        Object value = fields.get(field);
        return value != null && value.toString().equals(text);
    }
}
