/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.testing;

import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.row.RowVersion;

/** Makes rows as from a list whose contents are compared byte by byte. */
public final class TestRow {
    /** More bytes than a row has in tests of other limits. */
    public static final int MAX_SIZE = 4 * 1024 * 1024;

    private TestRow() {}

    /** Returns a readable row without a body. */
    public static Row of(String id, String status, String modified, byte[] content) {
        return new Row(id, status, modified, content, null, RowVersion.of(id, status, modified, content), null);
    }
}
