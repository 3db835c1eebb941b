package io.github.camelclinicea.client;

/**
 * One row of a list.
 *
 * @param id the first of the id fields that it has, or null
 * @param status the first of the status fields that it has, or null
 * @param modified the first of the modified fields that it has, or null
 * @param json the row as sent, UTF-8
 * @param body the message body that was asked for, if it was made while the row was looked at; null if it is still to be made
 */
public record WireRow(String id, String status, String modified, byte[] json, Object body) {
    /** @return nothing of the row */
    @Override
    public String toString() {
        return "WireRow";
    }
}
