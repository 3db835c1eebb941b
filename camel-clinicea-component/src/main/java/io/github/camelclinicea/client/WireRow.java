package io.github.camelclinicea.client;

/**
 * One row of a list.
 *
 * @param id the first of the id fields that it has, or null
 * @param status the first of the status fields that it has, or null
 * @param modified the first of the modified fields that it has, or null
 * @param json the row as sent, UTF-8
 */
public record WireRow(String id, String status, String modified, byte[] json) {
    /** @return nothing of the row */
    @Override
    public String toString() {
        return "WireRow";
    }
}
