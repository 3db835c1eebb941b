/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.RowVersion;
import java.util.HashMap;
import java.util.Map;

/**
 * Remembers from poll to poll which records a list showed more than once. A list that shows the same ones in three
 * polls in a row is taken to hold them at rest: they are no sign that it shifted while it was read. Used by the
 * thread that polls.
 */
final class DuplicatesAtRest {
    private static final int POLLS_AT_REST = 3;

    private record HeldBack(RowVersion version, int polls) {}

    private Map<Long, HeldBack> heldBack = Map.of();
    private long lastRepeated;
    private int repeatedInARow;
    private long repeatedAtRest;

    /**
     * Records which versions a poll held back because another version of their record came before them. Only a poll
     * that made no passes counts, since the server sends no {@code Date}; any other poll reports an empty map.
     */
    void heldBack(Map<Long, RowVersion> versions) {
        Map<Long, HeldBack> now = new HashMap<>();
        versions.forEach((record, version) -> {
            HeldBack before = heldBack.get(record);
            boolean again = before != null && before.version().equals(version);
            now.put(record, new HeldBack(version, again ? before.polls() + 1 : 1));
        });
        heldBack = now;
    }

    /**
     * Returns whether the version was held back in so many polls that it stands beside another one of its record at
     * rest.
     */
    boolean isHeldBackAtRest(long record, RowVersion version) {
        HeldBack before = heldBack.get(record);
        return before != null && before.version().equals(version) && before.polls() >= POLLS_AT_REST - 1;
    }

    /**
     * Records which records a forward reading showed unchanged on two pages while rows seemed to be missing.
     *
     * @param records {@link ShiftDetector#repeatedRecords}; 0 if there were none
     */
    void repeatedRecords(long records) {
        repeatedInARow = records == lastRepeated ? repeatedInARow + 1 : 1;
        lastRepeated = records;
        if (records != 0 && repeatedInARow == POLLS_AT_REST) {
            repeatedAtRest = records;
        }
    }

    /**
     * Returns the {@link ShiftDetector#repeatedRecords} of a list that holds them on two pages at rest; 0 if none
     * does.
     */
    long repeatedRecordsAtRest() {
        return repeatedAtRest;
    }
}
