/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.row.RowVersion;

/**
 * A row to emit.
 *
 * @param row the row
 * @param superseded the version whose ledger key is removed when this one is emitted, or null
 * @param sibling whether it stands beside another version of its record, which was noted as the last one
 * @param index its index on its page, from 0
 *
 * <p>Specified by {@code DeduplicatorTest}.
 */
record Due(Row row, RowVersion superseded, boolean sibling, int index) {
    /** Returns whether it replaces another version; a row that failed before may seem to replace itself. */
    boolean replacesAnother() {
        return superseded != null && !superseded.equals(row.version());
    }
}
