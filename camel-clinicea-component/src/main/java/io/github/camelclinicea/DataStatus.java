/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

/**
 * Lists the statuses of a row, {@code DataStatusStr} on the wire (docs/design/wire.md, section 2). A record that is
 * edited soon after it was created may come as {@code Modified} without ever having come as {@code Added}. A route
 * should therefore treat both alike.
 *
 * <p>Specified by {@code CliniceaConsumerTest} and {@code BadOptionsTest}.
 */
public enum DataStatus {
    /** Not changed. A list may contain such a row. */
    NONE("None"),
    /** Created. */
    ADDED("Added"),
    /** Changed. */
    MODIFIED("Modified"),
    /** Deleted. The row may have no field but its id. */
    DELETED("Deleted");

    private final String wireName;

    DataStatus(String wireName) {
        this.wireName = wireName;
    }

    /** {@return the word on the wire and in the header {@link CliniceaConstants#DATA_STATUS}} */
    public String wireName() {
        return wireName;
    }
}
