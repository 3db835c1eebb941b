/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.RowVersion;
import java.util.HashSet;
import java.util.Set;

/**
 * Remembers every version that one poll was shown: the last one of each record, the few that were replaced meanwhile,
 * and the siblings of a record that the list shows in several rows. Used by the thread that polls.
 */
final class SeenVersions {
    private final VersionTable last = new VersionTable();
    private final Set<RowVersion> replaced = new HashSet<>();
    private final Set<Long> replacedRecords = new HashSet<>();
    private final Set<RowVersion> replacedAfterDelivery = new HashSet<>();
    private int rows;

    /** Returns the version of the record that was shown last, or null if none was. */
    RowVersion last(long recordKey) {
        return last.get(recordKey);
    }

    /** Returns whether the list shows that version of the record, as the last one or beside it. */
    boolean shows(long recordKey, RowVersion version) {
        return last.holds(recordKey, version) || isSibling(recordKey, version);
    }

    /** Returns whether the list shows the record, but not that version of it. */
    boolean showsOthersOnly(long recordKey, RowVersion version) {
        return last(recordKey) != null && !shows(recordKey, version);
    }

    boolean isSibling(long recordKey, RowVersion version) {
        return last.holds(siblingKey(recordKey, version), version);
    }

    /** Returns whether another version of its record replaced the version. */
    boolean replaced(RowVersion version) {
        return replaced.contains(version);
    }

    boolean hasReplaced(long recordKey) {
        return replacedRecords.contains(recordKey);
    }

    /** Returns how many rows the list has, as far as they have been shown. */
    int rows() {
        return rows;
    }

    void note(long recordKey, RowVersion version) {
        RowVersion before = last.put(recordKey, version);
        if (before == null) {
            rows++;
        } else if (!before.equals(version) && !isSibling(recordKey, before)) {
            replaced.add(before);
            replacedRecords.add(recordKey);
        }
    }

    /** Notes a version that the list shows beside the last one of its record. */
    void noteSibling(long recordKey, RowVersion version) {
        long key = siblingKey(recordKey, version);
        if (!last.holds(key, version)) {
            last.put(key, version);
            rows += last.holds(recordKey, version) ? 0 : 1;
        }
    }

    /** Notes that a version had been delivered before another one took its place. */
    void replacedAfterDelivery(RowVersion version) {
        replacedAfterDelivery.add(version);
    }

    boolean wasReplacedAfterDelivery(RowVersion version) {
        return replacedAfterDelivery.contains(version);
    }

    void forget(long recordKey) {
        last.remove(recordKey);
        rows--;
    }

    void forgetSibling(long recordKey, RowVersion version) {
        last.remove(siblingKey(recordKey, version));
        rows--;
    }

    VersionTable table() {
        return last;
    }

    /** Returns the table's key for a version that stands beside the last one of its record. */
    static long siblingKey(long recordKey, RowVersion version) {
        return Long.rotateLeft(recordKey, 17) ^ version.high() * 0x9e3779b97f4a7c15L ^ version.low();
    }
}
