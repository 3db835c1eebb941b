/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Row;

/** A route that is never stopped and wants every row, unless it is said otherwise. */
@FunctionalInterface
public interface OpenSink extends RowSink {
    @Override
    default boolean open() {
        return true;
    }

    @Override
    default boolean wants(Row row) {
        return true;
    }
}
