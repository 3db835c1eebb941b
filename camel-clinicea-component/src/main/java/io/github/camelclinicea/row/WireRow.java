package io.github.camelclinicea.row;

/**
 * One row of a list.
 *
 * @param id the first of the id fields that it has, or null
 * @param status the first of the status fields that it has, or null
 * @param modified the first of the modified fields that it has, or null
 * @param json the row as sent, UTF-8 unless the row has a defect
 * @param body the message body that was asked for, if it was made while the row was looked at; null if it is still to be made
 * @param version its version, by content as content is compared; by its bytes if it has a defect; null in a list that is read
 *     without versions
 * @param defect why the row cannot be read, without anything of its content; null if it can. Of id, status and stamp a row
 *     with a defect has only what is beyond doubt
 */
public record WireRow(
        String id, String status, String modified, byte[] json, Object body, RowVersion version, String defect) {
    /** @return nothing of the row */
    @Override
    public String toString() {
        return "WireRow";
    }
}
