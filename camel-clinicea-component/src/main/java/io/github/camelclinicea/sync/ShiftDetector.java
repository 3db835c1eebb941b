/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.row.RowVersion;
import java.util.HashMap;
import java.util.Map;

/**
 * What tells that a list shifted while it was read over several pages, so that a row of any age may have slipped from a
 * page not yet read to one that was: the server's own answers, never a clock.
 */
final class ShiftDetector {
    /** What changed lately, as it stood before pages were fetched ahead; null if none were. */
    private VersionTable opening;
    /** Records that the forward sweep saw in two versions, and the second one, which was held back. */
    private final Map<Long, RowVersion> unsettled = new HashMap<>();
    /** What the current pass brought that was not seen before, less what its probe then showed too. */
    private final Map<Long, RowVersion> brought = new HashMap<>();

    private boolean rowsCannotTell;
    private boolean passBroughtUnseen;
    private boolean passIncomplete;
    private boolean probeShowedChange;
    private boolean pageRepeated;

    /** Rows that a reading has shown, each place counted. */
    private int places;
    /** The unchanged records that the sweep showed on two pages: how many, and which. */
    private int repeatedRows;

    private long repeated;
    private boolean changedSinceReading;

    /** @param rowsVanish whether records leave the list without a trace, so that its rows never tell that it shifted */
    ShiftDetector(boolean rowsVanish) {
        this.rowsCannotTell = rowsVanish;
    }

    /** Pages are about to be fetched ahead. */
    void beginOpening() {
        opening = new VersionTable();
    }

    /** @return whether the record was not shown by the opening before */
    boolean opened(long record, RowVersion version) {
        boolean isNew = opening.get(record) == null;
        opening.put(record, version);
        return isNew;
    }

    /** A row without an id or a stamp may have been edited, and moved, without a trace of it in what is shown. */
    void sawRow(Row row) {
        rowsCannotTell |= row.id() == null || row.modified() == null;
        places++;
    }

    boolean rowsCannotTell() {
        return rowsCannotTell;
    }

    void heldBack(long record, RowVersion version) {
        unsettled.put(record, version);
    }

    /** Returns the versions that were held back and that nothing has shown to be older or newer since. */
    Map<Long, RowVersion> heldBack() {
        return unsettled;
    }

    /** The sweep showed a record on a second page as it was on the first: another row may stand on neither. */
    void repeated(Row row) {
        if (row.id() != null) {
            repeatedRows++;
            repeated += row.recordKey();
        }
    }

    /** The records that the sweep showed on two pages stand there at rest, and do not tell that the list shifted. */
    void ignoreRepeated() {
        repeatedRows = 0;
    }

    /** The sweep passed over a page that repeated the one before it, and the list went on. */
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

    /** The current pass may not have shown all pages. */
    void passIncomplete() {
        passIncomplete = true;
    }

    void passBrought(long record, RowVersion version) {
        brought.put(record, version);
        passBroughtUnseen = true;
    }

    void probeShowed(long record, RowVersion version, boolean unseen) {
        brought.remove(record, version);
        unsettled.remove(record);
        changedSinceReading |= unseen;
        // The sweep may have met with it on a page that was fetched after the change, ahead of one that was not.
        probeShowedChange |= unseen || opening != null && !opening.holds(record, version);
    }

    /** @return whether the sweep may have missed a row, its probe having been read */
    boolean afterSweep() {
        return probeShowedChange || rowsCannotTell || !unsettled.isEmpty() || repeatedRows > 0 || pageRepeated;
    }

    /**
     * Pages fetched ahead are in no order of time. Only a pass in each direction makes up for that, unless nothing moved
     * during the first.
     *
     * @return whether the pass may have missed a row, its probe having been read
     */
    boolean afterPass(int pass) {
        boolean moved = passBroughtUnseen || probeShowedChange || rowsCannotTell;
        return !brought.isEmpty() || passIncomplete || pass == 1 && opening != null && moved;
    }

    /**
     * Returns whether rows are still missing of a list that showed unchanged records on two pages: it has more places than
     * rows were seen. Where it changed while it was last read, the places were counted wrong, and do not tell.
     *
     * @param seen how many rows were seen
     */
    boolean hasUnseenPlaces(int seen) {
        return repeatedRows > 0 && !changedSinceReading && seen < places;
    }

    /** Returns what is the same for two sweeps that showed the same records on two pages; 0 if none was. */
    long repeatedRecords() {
        return repeatedRows == 0 ? 0 : repeated * 31 + repeatedRows;
    }
}
