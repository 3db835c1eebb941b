/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.row.RowVersion;
import java.util.HashMap;
import java.util.Map;

/**
 * Detects that a list shifted while it was read over several pages, so that a row of any age may have slipped from a
 * page not yet read to one that was. It judges by the server's own responses, never by a clock. Used by the thread
 * that polls.
 */
final class ShiftDetector {
    private final DuplicatesAtRest atRest;

    /** The recent changes as they stood before pages were fetched ahead; null if none were. */
    private VersionTable opening;

    /** Records that the forward reading saw in two versions, with the second one, which was held back. */
    private final Map<Long, RowVersion> unsettled = new HashMap<>();

    /** Unseen versions that the current pass brought, without those that its probe showed, too. */
    private final Map<Long, RowVersion> brought = new HashMap<>();

    private boolean rowsCannotTell;
    private boolean passBroughtUnseen;
    private boolean passIncomplete;
    private boolean probeShowedChange;
    private boolean pageRepeated;

    /** Rows that a reading has shown, each place counted. */
    private int places;

    /** How many unchanged records the forward reading showed on two pages. */
    private int repeatedRows;

    /** The sum of their keys. */
    private long repeated;

    private boolean changedSinceReading;

    /**
     * @param rowsVanish whether records leave the list without a trace, so that its rows never show that it shifted
     * @param atRest what earlier polls showed
     */
    ShiftDetector(boolean rowsVanish, DuplicatesAtRest atRest) {
        this.rowsCannotTell = rowsVanish;
        this.atRest = atRest;
    }

    /** Begins the opening, before pages are fetched ahead. */
    void beginOpening() {
        opening = new VersionTable();
    }

    boolean hasOpened(long record) {
        return opening.get(record) != null;
    }

    /** Records that the opening showed a version. */
    void opened(long record, RowVersion version) {
        opening.put(record, version);
    }

    /**
     * Records that a reading shows a row. One without an id or a stamp may have been edited, and moved, without a
     * trace.
     */
    void sawRow(Row row) {
        rowsCannotTell |= row.id() == null || row.modified() == null;
        places++;
    }

    /** Returns whether the list may shift without a trace in its rows. */
    boolean rowsCannotTell() {
        return rowsCannotTell;
    }

    /** Records that the forward reading held back a second version of a record. */
    void heldBack(long record, RowVersion version) {
        unsettled.put(record, version);
    }

    /** Returns whether earlier polls held the version back so often that it stands beside another one at rest. */
    boolean isHeldBackAtRest(long record, RowVersion version) {
        return atRest.isHeldBackAtRest(record, version);
    }

    /**
     * Remembers for later polls which versions were held back and not shown to be older or newer since.
     *
     * @param withoutPasses whether the poll could make no passes; the versions of any other poll do not count
     */
    void rememberHeldBack(boolean withoutPasses) {
        atRest.heldBack(withoutPasses ? unsettled : Map.of());
    }

    /** Records that the forward reading showed an unchanged record on a second page: another row may stand on none. */
    void repeated(Row row) {
        if (row.id() != null) {
            repeatedRows++;
            repeated += row.recordKey();
        }
    }

    /** Ignores the repeated records if earlier polls showed that they stand on two pages at rest. */
    void ignoreRepeatedAtRest() {
        if (repeatedRecords() == atRest.repeatedRecordsAtRest()) {
            repeatedRows = 0;
        }
    }

    /**
     * Records that the forward reading passed over a page that repeated the one before it, and that the list went on.
     */
    void pageRepeated() {
        pageRepeated = true;
    }

    void beginPass() {
        brought.clear();
        passBroughtUnseen = false;
        passIncomplete = false;
        changedSinceReading = false;
        places = 0;
    }

    /** Records that the current pass may not have shown all pages. */
    void passIncomplete() {
        passIncomplete = true;
    }

    /** Records that the current pass brought an unseen version. */
    void passBrought(long record, RowVersion version) {
        brought.put(record, version);
        passBroughtUnseen = true;
    }

    /** Records that a probe showed a version, and whether no reading had shown it. */
    void probeShowed(long record, RowVersion version, boolean unseen) {
        brought.remove(record, version);
        unsettled.remove(record);
        changedSinceReading |= unseen;
        // The forward reading may have seen it on a page fetched after the change, ahead of a page fetched before it.
        probeShowedChange |= unseen || opening != null && !opening.holds(record, version);
    }

    /** Returns whether the forward reading may have missed a row. To be asked after its probe. */
    boolean afterForward() {
        return probeShowedChange || rowsCannotTell || !unsettled.isEmpty() || repeatedRows > 0 || pageRepeated;
    }

    /**
     * Returns whether the pass may have missed a row. To be asked after its probe. Pages fetched ahead are in no
     * order of time: they need a pass in each direction, unless nothing moved during the first.
     */
    boolean afterPass(int pass) {
        boolean moved = passBroughtUnseen || probeShowedChange || rowsCannotTell;
        return !brought.isEmpty() || passIncomplete || pass == 1 && opening != null && moved;
    }

    /**
     * Returns whether rows are still missing of a list that showed unchanged records on two pages: it has more places
     * than rows were seen. If it changed while it was last read, the places were counted wrong and do not count.
     *
     * @param seen how many rows were seen
     */
    boolean hasUnseenPlaces(int seen) {
        return repeatedRows > 0 && !changedSinceReading && seen < places;
    }

    /**
     * Returns a number that is the same for two forward readings with the same records on two pages; 0 if there are
     * none.
     */
    long repeatedRecords() {
        return repeatedRows == 0 ? 0 : repeated * 31 + repeatedRows;
    }
}
