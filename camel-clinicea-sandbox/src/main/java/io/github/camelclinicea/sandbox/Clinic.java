/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Holds the invented clinic behind a {@link CliniceaSandbox}, in memory. A test adds, changes and deletes rows here as
 * the clinic's staff would, and the sandbox serves them as changes. Thread-safe: a page shows a change completely or
 * not at all.
 *
 * <p>A row is a map from field to a JSON value: text, a {@link Number}, a {@link Boolean}, null, or a {@link List} or
 * {@link Map} of these. Maps are copied on their way in and out. The sandbox sets {@code CreatedDatetime},
 * {@code ModifiedDatetime} and the status ({@code DataStatusStr}, of appointments {@code DataStatusValue}). These
 * fields are read-only on the wire, so a given value is ignored. A given id counts when the row is added.
 *
 * <p>The status is {@code Added} until the first change, then {@code Modified}, and {@code Deleted} after the deletion.
 * A deleted row stays in its change list. Only a deleted bill leaves {@code bills} and appears in {@code deletedBills}.
 * Stamps are UTC in whole seconds, from the sandbox's clock.
 *
 * <p>All methods throw {@link NullPointerException} for a null argument, and {@link IllegalArgumentException} for a
 * resource that is not one of {@link #resources()}.
 */
public final class Clinic {
    private final ClinicStore store;
    private final AtomicLong inventedChanges = new AtomicLong();

    Clinic(ClinicStore store) {
        this.store = store;
    }

    /**
     * {@return the names of all resources: those of the catalogue, and {@code tasks}, which stands for a resource that
     * the catalogue lacks}
     */
    public Set<String> resources() {
        return store.resources();
    }

    /**
     * Adds a row with invented fields.
     *
     * @param resource a resource's name
     * @return the row as stored
     */
    public Map<String, Object> add(String resource) {
        return add(resource, Map.of());
    }

    /**
     * Adds a row.
     *
     * @param resource a resource's name
     * @param fields the fields that are not to be invented; any names, the id among them if it is not to be invented
     * @return the row as stored
     * @throws IllegalArgumentException if the id exists, or JSON cannot express a value
     */
    public Map<String, Object> add(String resource, Map<String, ?> fields) {
        return Fields.thaw(store.insert(resource, fields).fields());
    }

    /**
     * Changes a row: sets its {@code Notes} to a text that it did not have before.
     *
     * @param resource a resource's name
     * @param id the row's id
     * @return the row as stored
     * @throws NoSuchElementException if there is no such row, or it is deleted
     */
    public Map<String, Object> change(String resource, String id) {
        return change(resource, id, Map.of(Fields.NOTES, "Sandbox change " + inventedChanges.incrementAndGet()));
    }

    /**
     * Changes fields of a row and keeps the others. An empty map, or the values that the row has, is a change, too.
     *
     * @param resource a resource's name
     * @param id the row's id
     * @param fields the new values; the id cannot change
     * @return the row as stored
     * @throws NoSuchElementException if there is no such row, or it is deleted
     * @throws IllegalArgumentException if another id is given, or JSON cannot express a value
     */
    public Map<String, Object> change(String resource, String id, Map<String, ?> fields) {
        return Fields.thaw(store.update(resource, id, fields).fields());
    }

    /**
     * Deletes a row.
     *
     * @param resource a resource's name
     * @param id the row's id
     * @return the row as its change list shows it now; for a bill, the row in {@code deletedBills}
     * @throws NoSuchElementException if there is no such row, or it is already deleted
     */
    public Map<String, Object> delete(String resource, String id) {
        return Fields.thaw(store.remove(resource, id).fields());
    }

    /**
     * {@return all rows that are not deleted, in the order of their creation}
     *
     * @param resource a resource's name
     */
    public List<Map<String, Object>> rows(String resource) {
        List<Map<String, Object>> rows = new ArrayList<>();
        store.present(resource).forEach(row -> rows.add(Fields.thaw(row.fields())));
        return rows;
    }

    /**
     * {@return a row, or empty if there is none or it is deleted}
     *
     * @param resource a resource's name
     * @param id the row's id
     */
    public Optional<Map<String, Object>> row(String resource, String id) {
        return store.find(resource, id).map(row -> Fields.thaw(row.fields()));
    }

    /**
     * {@return the ids of all rows that are not deleted, in the order of their creation}
     *
     * @param resource a resource's name
     */
    public List<String> ids(String resource) {
        return store.present(resource).stream().map(StoredRow::id).toList();
    }

    /**
     * {@return the moment of a row's last change, as precise as the clock, or empty if there never was such a row}
     *
     * @param resource a resource's name
     * @param id the id of a row, deleted or not
     */
    public Optional<Instant> modified(String resource, String id) {
        return store.findAny(resource, id).map(StoredRow::modified);
    }
}
