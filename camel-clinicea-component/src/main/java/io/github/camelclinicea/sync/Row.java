package io.github.camelclinicea.sync;

import java.util.Arrays;
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
    private final Fingerprint version;
    private final long recordKey;

    private Object body;

    /** As {@link #Row(String, String, String, byte[], Object)}, with no body made in advance. */
    public Row(String id, String status, String modified, byte[] content) {
        this(id, status, modified, content, null);
    }

    /**
     * @param id the record's id, or null if the row has none
     * @param status its change tag as sent, or null if the row has none
     * @param modified its last-change stamp as sent, or null if the row has none; never compared with a clock
     * @param content its JSON as sent, UTF-8; not null, not copied
     * @param body what the sink would make of the content, if that was done in advance; null if not. Nothing to the sync
     */
    public Row(String id, String status, String modified, byte[] content, Object body) {
        this.id = id;
        this.status = status;
        this.modified = modified;
        this.content = Objects.requireNonNull(content, "content");
        this.body = body;
        this.version = Fingerprint.of(id, status, modified, content);
        this.recordKey = id == null ? version.high() : recordKey(id);
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

    Fingerprint version() {
        return version;
    }

    /**
     * What tells records apart: 64 bits of the id. A row without an id is a record of its own in each version. Two ids
     * with the same key cost a needless pass over the list, never a row.
     */
    long recordKey() {
        return recordKey;
    }

    static long recordKey(String id) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        return hash ^ (hash >>> 33);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Row row
                && version.equals(row.version)
                && Objects.equals(id, row.id)
                && Arrays.equals(content, row.content);
    }

    @Override
    public int hashCode() {
        return version.hashCode();
    }

    @Override
    public String toString() {
        return "Row[" + version.text() + "]";
    }
}
