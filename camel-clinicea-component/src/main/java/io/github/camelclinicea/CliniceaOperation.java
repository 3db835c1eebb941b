/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import java.util.Locale;

/**
 * Lists the operations that have the same name in each resource. The catalogue names others, each with its own
 * arguments.
 *
 * <p>Specified by {@code HeaderTextTest}.
 */
public enum CliniceaOperation {
    /** Creates a record. The component never sends it twice. */
    CREATE,
    /** Changes a record. Some updates overwrite fields that are not sent: see the operation's note in the catalogue. */
    UPDATE,
    /** Deletes a record. */
    DELETE,
    /** Reads one record. */
    GET,
    /**
     * Reads a list of records. The arguments select the look-up. Without arguments, the list has all records that
     * changed since {@code syncFrom}.
     */
    LIST;

    /** {@return the name in the option {@code operation} and in the catalogue} */
    public String verb() {
        return name().toLowerCase(Locale.ROOT);
    }
}
