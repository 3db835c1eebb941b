package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.RowVersion;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What tells that a list shifted while it was read over several pages, so that a row of any age may have slipped from a
 * page not yet read to one that was: the server's own answers, never a clock.
 */
final class Drift {
    /** What changed lately, as it stood before pages were fetched ahead; null if none were. */
    private VersionTable opening;
    /** Records that the forward sweep saw in two versions, the second of which was held back. */
    private final Set<Long> unsettled = new HashSet<>();
    /** What the current pass brought that was not seen before, less what its probe then showed too. */
    private final Map<Long, RowVersion> brought = new HashMap<>();

    private boolean rowsCannotTell;
    private boolean passBroughtUnseen;
    private boolean probeShowedChange;

    /** Pages are about to be fetched ahead. */
    void beginOpening() {
        opening = new VersionTable();
    }

    void opened(long record, RowVersion version) {
        opening.put(record, version);
    }

    /** A row without an id or a stamp may have been edited, and moved, without a trace of it in what is shown. */
    void sawRow(Row row) {
        rowsCannotTell |= row.id() == null || row.modified() == null;
    }

    boolean rowsCannotTell() {
        return rowsCannotTell;
    }

    void heldBack(long record) {
        unsettled.add(record);
    }

    void beginPass() {
        brought.clear();
        passBroughtUnseen = false;
    }

    void passBrought(long record, RowVersion version) {
        brought.put(record, version);
        passBroughtUnseen = true;
    }

    void probeShowed(long record, RowVersion version, boolean unseen) {
        brought.remove(record, version);
        unsettled.remove(record);
        // The sweep may have met with it on a page that was fetched after the change, ahead of one that was not.
        probeShowedChange |= unseen || opening != null && !opening.holds(record, version);
    }

    /** @return whether the sweep may have missed a row, its probe having been read */
    boolean afterSweep() {
        return probeShowedChange || rowsCannotTell || !unsettled.isEmpty();
    }

    /**
     * Pages fetched ahead are in no order of time. Only a pass in each direction makes up for that, unless nothing moved
     * during the first.
     *
     * @return whether the pass may have missed a row, its probe having been read
     */
    boolean afterPass(int pass) {
        boolean moved = passBroughtUnseen || probeShowedChange || rowsCannotTell;
        return !brought.isEmpty() || pass == 1 && opening != null && moved;
    }
}
