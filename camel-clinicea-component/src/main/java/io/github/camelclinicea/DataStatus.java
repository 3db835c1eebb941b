/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

/**
 * The change tag of a row, {@code DataStatusStr} on the wire (docs/design/wire.md, section 2). A row edited soon after
 * it was made may come as {@code Modified} without ever having come as {@code Added}, so a route should write both
 * alike.
 */
public enum DataStatus {
    /** Not changed; a list may show such a row all the same. */
    NONE("None"),
    /** New. */
    ADDED("Added"),
    /** Changed. */
    MODIFIED("Modified"),
    /** Gone; the row may hold no more than its id. */
    DELETED("Deleted");

    private final String wireName;

    DataStatus(String wireName) {
        this.wireName = wireName;
    }

    /** @return the word on the wire, and in the header {@link CliniceaConstants#DATA_STATUS} */
    public String wireName() {
        return wireName;
    }
}
