/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.RowVersion;

/**
 * Which row versions have been delivered, as keys {@code <syncId>#<fingerprint>} in the repository. A key is written when
 * the exchange completes, never before: a claim made on entry would lose the row at a crash.
 */
final class Ledger {
    private final RepositoryKeys keys;
    private final String prefix;

    Ledger(RepositoryKeys keys, String syncId) {
        this.keys = keys;
        this.prefix = syncId + "#";
    }

    boolean contains(RowVersion version) {
        return keys.contains(prefix + version.text());
    }

    void add(RowVersion version) {
        keys.add(prefix + version.text());
    }

    void remove(RowVersion version) {
        keys.remove(prefix + version.text());
    }
}
