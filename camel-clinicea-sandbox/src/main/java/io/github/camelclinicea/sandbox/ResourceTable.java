/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Keeps the rows of one resource in the order of their creation and in the order of their change. Guarded by the
 * clinic's lock.
 *
 * <p>Specified by {@code ChangeListTest}.
 */
final class ResourceTable {
    private final String name;
    private final String idField;
    private final Map<String, StoredRow> byId = new LinkedHashMap<>();
    // Always sorted by StoredRow.BY_CHANGE. A change moves a row near the end, which is cheap in an array, and a page
    // in the middle is found by its index.
    private final List<StoredRow> byChange = new ArrayList<>();
    private int made;

    ResourceTable(String name, String idField) {
        this.name = name;
        this.idField = idField;
    }

    String name() {
        return name;
    }

    String idField() {
        return idField;
    }

    /**
     * Returns the name of the field with the status. The v3 list of appointments has another name for it
     * ({@code docs/design/wire.md, section 2}).
     */
    String statusField() {
        return name.equals("appointments") ? Fields.STATUS_V3 : Fields.STATUS;
    }

    /** Returns the number of the next row to be invented, from 1. */
    int nextNumber() {
        return ++made;
    }

    void load(List<StoredRow> history) {
        history.forEach(row -> byId.put(row.id(), row));
        byChange.addAll(history);
        byChange.sort(StoredRow.BY_CHANGE);
    }

    /** Stores a new row, or a new version of one. */
    void put(StoredRow row) {
        StoredRow before = byId.put(row.id(), row);
        if (before != null) {
            byChange.remove(Collections.binarySearch(byChange, before, StoredRow.BY_CHANGE));
        }
        byChange.add(-Collections.binarySearch(byChange, row, StoredRow.BY_CHANGE) - 1, row);
    }

    /** Removes a row from the change list, without a trace. */
    void vanish(String id) {
        StoredRow before = byId.remove(id);
        byChange.remove(Collections.binarySearch(byChange, before, StoredRow.BY_CHANGE));
    }

    /** Returns the row, deleted or not. */
    Optional<StoredRow> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Returns all rows that are not deleted, in the order of their creation. */
    List<StoredRow> present() {
        return byId.values().stream().filter(StoredRow::present).toList();
    }

    /**
     * Returns a page of the rows that changed since a moment.
     *
     * @param second the moment in seconds of the epoch; rows of that second are included
     * @param wanted the condition for a row, or null for all rows
     * @param skip the number of rows to leave out, not negative
     * @param size the most rows to return
     */
    List<StoredRow> changes(long second, Predicate<StoredRow> wanted, long skip, int size) {
        List<StoredRow> since = byChange.subList(firstFrom(second), byChange.size());
        if (wanted != null) {
            return since.stream().filter(wanted).skip(skip).limit(size).toList();
        }
        int from = (int) Math.min(skip, since.size());
        return List.copyOf(since.subList(from, Math.min(from + size, since.size())));
    }

    private int firstFrom(long second) {
        int low = 0;
        int high = byChange.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (byChange.get(middle).second() < second) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
