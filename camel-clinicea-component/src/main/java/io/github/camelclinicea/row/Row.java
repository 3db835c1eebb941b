/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.row;

import java.util.Objects;

/**
 * One row of a list, as the server sent it.
 *
 * <p>This is a class and not a Java record, because the {@code toString} of a record would write a patient's data to
 * logs.
 */
public final class Row {
    private final String id;
    private final String status;
    private final String modified;
    private final byte[] content;
    private final String defect;
    private final long idKey;

    private RowVersion version;
    private Object body;

    /**
     * Creates a row.
     *
     * @param id the record's id, or null if the row has none
     * @param status its status as sent, or null if the row has none
     * @param modified its stamp as sent, or null if the row has none; never compared with a clock
     * @param content its JSON as sent, UTF-8; not null, not copied
     * @param body the message body, if it was made while the page was read; null if not
     * @param version its version by content, or null in a list whose rows are not compared
     * @param defect why the row cannot be read, without any of its content; null if it can
     */
    public Row(
            String id, String status, String modified, byte[] content, Object body, RowVersion version, String defect) {
        this.id = id;
        this.status = status;
        this.modified = modified;
        this.content = Objects.requireNonNull(content, "content");
        this.body = body;
        this.version = version;
        this.defect = defect;
        this.idKey = id == null ? 0 : RecordId.key(id);
    }

    /** Returns the record's id, or null. */
    public String id() {
        return id;
    }

    /** Returns the status as sent, or null. */
    public String status() {
        return status;
    }

    /** Returns the stamp as sent, or null. */
    public String modified() {
        return modified;
    }

    /** Returns the row's JSON as sent, UTF-8. Callers must not change it. */
    public byte[] content() {
        return content;
    }

    /**
     * Returns the body that was made while the page was read, and drops it, so that the row does not keep it in memory.
     * Called by the thread that polls.
     *
     * @return the body; null if none was made, or it was taken before
     */
    public Object takeBody() {
        Object taken = body;
        body = null;
        return taken;
    }

    /** Returns why the row cannot be read, without any of its content; null if it can. */
    public String defect() {
        return defect;
    }

    /** Returns the row's version. If the row was read without one, it is computed from the bytes. */
    public RowVersion version() {
        if (version == null) {
            version = RowVersion.of(null, null, null, content);
        }
        return version;
    }

    /**
     * Returns 64 bits that stand for the record. Each version of a row without an id counts as a record of its own. Two
     * ids with the same key cost a needless pass over the list, never a row.
     */
    public long recordKey() {
        return id == null ? version().high() : idKey;
    }

    /** Returns whether both rows are the same version of the same record, in any spelling. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Row row && version().equals(row.version()) && RecordId.same(id, row.id);
    }

    @Override
    public int hashCode() {
        return version().hashCode();
    }

    @Override
    public String toString() {
        return "Row[" + version().text() + "]";
    }
}
