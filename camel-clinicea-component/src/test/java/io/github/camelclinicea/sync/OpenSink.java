/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Row;

/** Is a route that is never stopped and accepts every row, unless a test overrides a method. */
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
