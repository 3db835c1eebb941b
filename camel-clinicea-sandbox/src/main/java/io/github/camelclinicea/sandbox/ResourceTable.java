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
 * The rows of one resource, in the order they were made and in the order they changed. Guarded by the clinic's lock.
 */
final class ResourceTable {
    private final String name;
    private final String idField;
    private final Map<String, StoredRow> byId = new LinkedHashMap<>();
    // Always sorted by StoredRow.BY_CHANGE: a change moves a row to about the end, which is cheap in an array, and a
    // page
    // deep inside is found at once.
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
     * @return the name of the field with the change tag: the v3 list of appointments has its own (docs/design/wire.md,
     *     section 2)
     */
    String statusField() {
        return name.equals("appointments") ? Fields.STATUS_V3 : Fields.STATUS;
    }

    /** @return the number of the next row to be invented, from 1 */
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

    /** Forgets a row: it leaves no trace in the change list. */
    void vanish(String id) {
        StoredRow before = byId.remove(id);
        byChange.remove(Collections.binarySearch(byChange, before, StoredRow.BY_CHANGE));
    }

    /** @return the row, deleted or not */
    Optional<StoredRow> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** @return all rows that are not deleted, in the order they were made */
    List<StoredRow> present() {
        return byId.values().stream().filter(StoredRow::present).toList();
    }

    /**
     * @param second since when, inclusive, in seconds of the epoch
     * @param wanted which rows, or null for all
     * @param skip rows to leave out, however many; not negative
     * @return at most {@code size} rows
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
