package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.RowVersion;

/**
 * A row to emit.
 *
 * @param row the row
 * @param superseded the version that it replaces in the ledger, or null
 * @param index its index on its page, from 0
 */
record Due(Row row, RowVersion superseded, int index) {}
