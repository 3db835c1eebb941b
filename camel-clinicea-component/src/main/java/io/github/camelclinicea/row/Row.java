/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.row;

import java.util.Objects;

/**
 * One row of a change list, as the server sent it.
 *
 * <p>Not a record: its content is a patient's data, which must not reach a log by way of {@code toString}.
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

    /** A readable row whose content is compared byte by byte, with no body made in advance. */
    public Row(String id, String status, String modified, byte[] content) {
        this(id, status, modified, content, null, RowVersion.of(id, status, modified, content), null);
    }

    /**
     * @param id the record's id, or null if the row has none
     * @param status its status as sent, or null if the row has none
     * @param modified its last-change stamp as sent, or null if the row has none; never compared with a clock
     * @param content its JSON as sent, UTF-8; not null, not copied
     * @param body what the sink would make of the content, if that was done in advance; null if not
     * @param version its version by content, or null in a list whose rows are not compared by content
     * @param defect why the row cannot be read, without anything of its content; null if it can
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

    /** @return the record's id, or null */
    public String id() {
        return id;
    }

    /** @return the change tag as sent, or null */
    public String status() {
        return status;
    }

    /** @return the last-change stamp as sent, or null */
    public String modified() {
        return modified;
    }

    /** @return the row's JSON as sent, UTF-8; not to be changed */
    public byte[] content() {
        return content;
    }

    /**
     * Gives the body away, so that it lives no longer than who gets it wants. By the thread that polls.
     *
     * @return what was made of the content in advance; null if nothing was, or it was given away before
     */
    public Object takeBody() {
        Object taken = body;
        body = null;
        return taken;
    }

    /** Returns why the row cannot be read, without anything of its content; null if it can. */
    public String defect() {
        return defect;
    }

    /** Returns the row's version. Of a row that was read without one, it is that of its bytes. */
    public RowVersion version() {
        if (version == null) {
            version = RowVersion.of(null, null, null, content);
        }
        return version;
    }

    /**
     * What tells records apart: 64 bits of the id. A row without an id is a record of its own in each version. Two ids
     * with the same key cost a needless pass over the list, never a row.
     */
    public long recordKey() {
        return id == null ? version().high() : idKey;
    }

    /** Rows are equal if they are the same version of the same record, however it is spelt. */
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
