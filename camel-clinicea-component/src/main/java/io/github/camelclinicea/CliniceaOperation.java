/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import java.util.Locale;

/**
 * What a producer can do with every resource that has it. The catalogue names further ones, each with its own arguments.
 */
public enum CliniceaOperation {
    /** Makes a record. Never sent twice by the component. */
    CREATE,
    /** Changes a record. May overwrite what is not sent: see the operation's note in the catalogue. */
    UPDATE,
    /** Deletes a record. */
    DELETE,
    /** Reads one record. */
    GET,
    /** Reads many records: by the look-up whose arguments are given, or else all that changed since {@code syncFrom}. */
    LIST;

    /** @return the name as in {@code operation=} and in the catalogue */
    public String verb() {
        return name().toLowerCase(Locale.ROOT);
    }
}
