/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.row.RowVersion;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Remembers what the current pass showed of records that have several versions: replaced versions that it showed again, the
 * last versions, and versions of records that may be held. Used by the thread that polls.
 *
 * <p>Specified by {@code DeduplicatorTest}.
 */
final class ShownByPass {
    private final Map<Long, Set<RowVersion>> shownAgain = new HashMap<>();
    private final Set<Long> lastShown = new HashSet<>();

    /** What the pass and its probe showed of records with held versions; null if there was no pass. */
    private Map<Long, Set<RowVersion>> ofHeldRecords;

    void beginPass() {
        shownAgain.clear();
        lastShown.clear();
        ofHeldRecords = new HashMap<>();
    }

    boolean hasBegun() {
        return ofHeldRecords != null;
    }

    /** Records that the pass showed a version again that another one had replaced. */
    void replacedAgain(long record, RowVersion version) {
        shownAgain.computeIfAbsent(record, none -> new HashSet<>()).add(version);
    }

    /** Records that the pass showed the last version of a record. */
    void last(long record) {
        lastShown.add(record);
    }

    /** Forgets the replaced and the last versions of a record: it changed during the pass. */
    void changed(long record) {
        shownAgain.remove(record);
        lastShown.remove(record);
    }

    /** Calls the visitor for each replaced version that the pass showed beside the last version of its record. */
    void forEachBesideLast(BiConsumer<Long, RowVersion> visitor) {
        shownAgain.forEach((record, versions) -> {
            if (lastShown.contains(record)) {
                versions.forEach(version -> visitor.accept(record, version));
            }
        });
    }

    /** Records that the list shows a version of a record of which versions may be held. */
    void ofHeldRecord(Row row) {
        if (hasBegun()) {
            ofHeldRecords
                    .computeIfAbsent(row.recordKey(), none -> new HashSet<>())
                    .add(row.version());
        }
    }

    /** Returns whether versions of the record were noted by {@link #ofHeldRecord}. */
    boolean showedHeldRecord(long record) {
        return hasBegun() && ofHeldRecords.containsKey(record);
    }

    /** Returns whether the version was noted by {@link #ofHeldRecord}. */
    boolean showed(long record, RowVersion version) {
        return ofHeldRecords.get(record).contains(version);
    }
}
