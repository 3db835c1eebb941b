/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.RowVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds out during one poll which versions of a record are siblings: rows that the list shows beside each other at
 * rest, without replacing one another. Used by the thread that polls.
 *
 * <p>Specified by {@code DeduplicatorTest} and {@code FlipFlopTest}.
 */
final class SiblingTracker {
    private final Ledger ledger;
    private final DeliveredVersions delivered;
    private final SeenVersions seen;

    /** Versions taken for siblings at rest, provided that the list also shows the last version of their record. */
    private final Map<Long, List<RowVersion>> tentative = new HashMap<>();

    /** Replaced versions that the current pass showed again. */
    private final Map<Long, Set<RowVersion>> shownAgain = new HashMap<>();

    /** Records that have replaced versions, and that the current pass showed in their last version. */
    private final Set<Long> lastShown = new HashSet<>();

    private boolean missing;

    SiblingTracker(Ledger ledger, DeliveredVersions delivered, SeenVersions seen) {
        this.ledger = ledger;
        this.delivered = delivered;
        this.seen = seen;
    }

    /**
     * Returns whether an earlier poll was shown the version as a sibling, and it needs no delivery. A sibling that
     * was not delivered yet may be the state that its record had before: only a pass can tell them apart.
     */
    boolean isAtRest(long record, RowVersion version) {
        return ledger.isSibling(record, version) && delivered.isKnown(record, version, true);
    }

    /** Notes that the list shows a version beside the last one of its record. */
    void note(long record, RowVersion version) {
        seen.noteSibling(record, seen.last(record));
        seen.noteSibling(record, version);
    }

    /** Takes a version for a sibling of the last delivered one, which this poll was not shown yet. */
    void noteTentative(long record, RowVersion version) {
        seen.noteSibling(record, version);
        tentative.computeIfAbsent(record, none -> new ArrayList<>()).add(version);
    }

    /** Records that the poll was shown the last version of the record. */
    void confirmTentative(long record) {
        tentative.remove(record);
    }

    /**
     * Removes the keys of versions that were taken for siblings of the last delivered one, if the list did not show
     * that one. Each may be the present state of its record; the next poll delivers it. To be called when the list
     * has been read.
     *
     * @return whether there is one
     */
    boolean revokeTentative() {
        boolean revoked = false;
        for (Map.Entry<Long, List<RowVersion>> entry : tentative.entrySet()) {
            if (seen.last(entry.getKey()) == null) {
                revoked = true;
                entry.getValue().forEach(version -> delivered.forget(entry.getKey(), version));
            }
        }
        return revoked;
    }

    void beginPass() {
        shownAgain.clear();
        lastShown.clear();
    }

    /** Records that the pass showed a replaced version again. */
    void replacedShownAgain(long record, RowVersion version) {
        shownAgain.computeIfAbsent(record, none -> new HashSet<>()).add(version);
    }

    /** Records that the pass showed the last version of a record that has replaced ones. */
    void lastShown(long record) {
        lastShown.add(record);
    }

    /** Records that a record changed during the pass, so that what the pass showed of it does not count. */
    void changed(long record) {
        shownAgain.remove(record);
        lastShown.remove(record);
    }

    /**
     * Ends a pass, before its probe. Pages that are read one at a time show both a replaced version and the last one
     * of a record only if the list holds both at rest.
     */
    void endPass() {
        shownAgain.forEach((record, versions) -> {
            if (lastShown.contains(record)) {
                versions.forEach(version -> noteReplacedAtRest(record, version));
            }
        });
    }

    private void noteReplacedAtRest(long record, RowVersion version) {
        if (seen.wasReplacedAfterDelivery(version)) {
            ledger.add(version);
        } else {
            // It failed, and was given up when the other version seemed to take its place.
            missing = true;
        }
        note(record, version);
    }

    /** Returns whether a sibling is to be delivered that only the next poll will show again. */
    boolean isMissing() {
        return missing;
    }
}
