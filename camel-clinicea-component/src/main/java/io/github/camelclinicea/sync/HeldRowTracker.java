/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.row.RowVersion;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds out during one poll which held rows a newer version of their record has replaced. Used by the thread that
 * polls.
 *
 * <p>Specified by {@code DeduplicatorTest} and {@code HeldRowsInPollsTest}.
 */
final class HeldRowTracker {
    private final HeldRows held;
    private final RowsInFlight inFlight;
    private final Ledger ledger;
    private final SeenVersions seen;

    /** The versions that the last pass and its probe showed of records with held rows; null if there was no pass. */
    private Map<Long, Set<RowVersion>> shownByPass;

    HeldRowTracker(HeldRows held, RowsInFlight inFlight, Ledger ledger, SeenVersions seen) {
        this.held = held;
        this.inFlight = inFlight;
        this.ledger = ledger;
        this.seen = seen;
    }

    void beginPass() {
        shownByPass = new HashMap<>();
    }

    /** Records that a page shows a row. */
    void shown(Row row) {
        if (shownByPass != null && mayBeHeld(row)) {
            note(row);
        }
    }

    /** Returns whether versions of the row's record are held, or the row is in flight and may fail. */
    private boolean mayBeHeld(Row row) {
        return !held.versions(row.recordKey()).isEmpty() || inFlight.contains(row);
    }

    /**
     * Records that a page shows a new version. Held versions that it certainly replaces are given up; others are not
     * emitted until the whole list was read.
     *
     * @param isBeside whether the page also shows that version of the record
     */
    void shownNew(Row row, Predicate<RowVersion> isBeside) {
        held.replaced(row.recordKey(), version -> isReplacedBy(row, version));
        held.doubt(row.recordKey(), version -> !version.equals(row.version()) && !isBeside.test(version));
        if (shownByPass != null) {
            note(row);
        }
    }

    private boolean isReplacedBy(Row row, RowVersion version) {
        long record = row.recordKey();
        return !version.equals(row.version()) && !seen.shows(record, version) && !ledger.isSibling(record, version);
    }

    private void note(Row row) {
        shownByPass.computeIfAbsent(row.recordKey(), none -> new HashSet<>()).add(row.version());
    }

    /** Gives up the doubted rows that the list does not show any more. To be called when the whole list was read. */
    void resolveDoubts() {
        held.resolveDoubts(this::isReplaced);
    }

    /**
     * Returns whether the list does not show a held version any more, as far as its last reading says. If it did not
     * show the record at all, the record may be older than the moment requested.
     */
    boolean isReplaced(long record, RowVersion version) {
        if (shownByPass == null || !shownByPass.containsKey(record)) {
            return seen.showsOthersOnly(record, version);
        }
        return !shownByPass.get(record).contains(version);
    }

    /**
     * Returns whether a held row whose next attempt is due is to be emitted now. Gives it up if the list shows its record in other versions
     * only.
     */
    boolean isToBeEmitted(Row row) {
        if (seen.showsOthersOnly(row.recordKey(), row.version())) {
            held.replaced(row.recordKey(), row.version());
            return false;
        }
        return held.holds(row.recordKey(), row.version())
                && !inFlight.contains(row)
                && !held.isDoubted(row.recordKey(), row.version());
    }
}
