/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The invented clinic behind a {@link CliniceaSandbox}, all of it in memory. A test adds, changes and deletes here as if
 * the clinic's staff did; the sandbox then serves it as what changed since. Thread-safe: a change and a page never mix.
 *
 * <p>Rows are maps from field to a JSON value: text, a {@link Number}, a {@link Boolean}, null, or a {@link List} or
 * {@link Map} of such. Every map that goes in or out is copied. The sandbox itself keeps the id field,
 * {@code CreatedDatetime}, {@code ModifiedDatetime} and the change tag ({@code DataStatusStr}, on appointments
 * {@code DataStatusValue}): they are read-only on the wire, so a value given for one of the last three is ignored.
 *
 * <p>The tag says {@code Added} until the first change, then {@code Modified}, and {@code Deleted} at the end. A deleted
 * row stays in its change list, but for {@code bills}: a deleted bill is gone from there and is found in
 * {@code deletedBills}. Stamps are UTC in whole seconds, from the sandbox's clock.
 *
 * <p>All methods throw {@link NullPointerException} for a null and {@link IllegalArgumentException} for a resource that
 * does not exist; {@link #resources()} has their names.
 */
public final class Clinic {
    private static final String BILLS = "bills";
    private static final String DELETED_BILLS = "deletedBills";

    private final Object lock = new Object();
    private final Map<String, ResourceTable> tables = new LinkedHashMap<>();
    private final Seed seed;
    private final Clock clock;
    private long invented;

    Clinic(List<ResourceTable> tables, Seed seed, Clock clock) {
        tables.forEach(table -> this.tables.put(table.name(), table));
        this.seed = seed;
        this.clock = clock;
    }

    /** @return the names of all resources: the catalogue's and {@code tasks}, which stands for those it lacks */
    public Set<String> resources() {
        return Set.copyOf(tables.keySet());
    }

    /**
     * Adds a row of which everything is invented.
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
     * @param fields what is not to be invented; may have fields of any name, and an id
     * @return the row as stored
     * @throws IllegalArgumentException if the id is taken, or a value is none that JSON has
     */
    public Map<String, Object> add(String resource, Map<String, ?> fields) {
        return Fields.thaw(insert(resource, fields).fields());
    }

    /**
     * Changes a row in some small way: its {@code Notes} say something new.
     *
     * @param resource a resource's name
     * @param id the row's id
     * @return the row as stored
     * @throws NoSuchElementException if there is no such row, or it was deleted
     */
    public Map<String, Object> change(String resource, String id) {
        String notes;
        synchronized (lock) {
            notes = "Sandbox change " + ++invented;
        }
        return change(resource, id, Map.of(Fields.NOTES, notes));
    }

    /**
     * Changes fields of a row and leaves the others alone. Giving none, or the values it has, is a change too.
     *
     * @param resource a resource's name
     * @param id the row's id
     * @param fields the new values; the id cannot change
     * @return the row as stored
     * @throws NoSuchElementException if there is no such row, or it was deleted
     * @throws IllegalArgumentException if another id is given, or a value is none that JSON has
     */
    public Map<String, Object> change(String resource, String id, Map<String, ?> fields) {
        return Fields.thaw(update(resource, id, fields).fields());
    }

    /**
     * Deletes a row.
     *
     * @param resource a resource's name
     * @param id the row's id
     * @return the row as its change list now has it; of a bill, the row in {@code deletedBills}
     * @throws NoSuchElementException if there is no such row, or it was deleted before
     */
    public Map<String, Object> delete(String resource, String id) {
        return Fields.thaw(remove(resource, id).fields());
    }

    /**
     * @param resource a resource's name
     * @return all rows that are not deleted, in the order they were made
     */
    public List<Map<String, Object>> rows(String resource) {
        List<Map<String, Object>> rows = new ArrayList<>();
        present(resource).forEach(row -> rows.add(Fields.thaw(row.fields())));
        return rows;
    }

    /**
     * @param resource a resource's name
     * @param id the row's id
     * @return the row, or nothing if there is none or it was deleted
     */
    public Optional<Map<String, Object>> row(String resource, String id) {
        return find(resource, id).map(row -> Fields.thaw(row.fields()));
    }

    /**
     * @param resource a resource's name
     * @return the ids of all rows that are not deleted, in the order they were made
     */
    public List<String> ids(String resource) {
        return present(resource).stream().map(StoredRow::id).toList();
    }

    /**
     * @param resource a resource's name
     * @param id the id of a row, deleted or not
     * @return when it last changed, as precisely as the clock tells, or nothing if there never was such a row
     */
    public Optional<Instant> modified(String resource, String id) {
        synchronized (lock) {
            return table(resource).find(id).map(StoredRow::modified);
        }
    }

    StoredRow insert(String resource, Map<String, ?> given) {
        synchronized (lock) {
            ResourceTable table = table(resource);
            String wantedId = Objects.toString(given.get(table.idField()), "");
            if (table.find(wantedId).isPresent()) {
                throw new IllegalArgumentException(resource + " has a row of that " + table.idField() + " already");
            }
            int number = table.nextNumber();
            String id = wantedId.isBlank() ? seed.id(resource, number) : wantedId;
            Instant now = clock.instant();
            Map<String, Object> fields = new InventedRow(seed, table, number, id).fields(now);
            fields.putAll(given);
            // What can only be seen in the list of deleted bills is deleted, whoever put it there.
            String status = resource.equals(DELETED_BILLS) ? "Deleted" : "Added";
            StoredRow row = InventedRow.stored(table, id, fields, now, now, status);
            table.put(row);
            return row;
        }
    }

    StoredRow update(String resource, String id, Map<String, ?> given) {
        synchronized (lock) {
            ResourceTable table = table(resource);
            StoredRow before = existing(table, id);
            Object givenId = given.get(table.idField());
            if (givenId != null && !givenId.toString().equals(id)) {
                throw new IllegalArgumentException(table.idField() + " cannot change");
            }
            Map<String, Object> fields = new LinkedHashMap<>(before.fields());
            Object created = fields.get(Fields.CREATED);
            fields.putAll(given);
            fields.put(Fields.CREATED, created);
            StoredRow row = version(table, id, fields, "Modified", true);
            table.put(row);
            return row;
        }
    }

    StoredRow remove(String resource, String id) {
        synchronized (lock) {
            ResourceTable table = table(resource);
            StoredRow before = existing(table, id);
            if (!resource.equals(BILLS)) {
                StoredRow row = version(table, id, before.fields(), "Deleted", false);
                table.put(row);
                return row;
            }
            ResourceTable deleted = table(DELETED_BILLS);
            Instant now = clock.instant();
            StoredRow row = InventedRow.stored(
                    deleted, id, InventedMoney.deletedBill(before.fields(), now), now, now, "Deleted");
            table.vanish(id);
            deleted.put(row);
            return row;
        }
    }

    Optional<StoredRow> find(String resource, String id) {
        synchronized (lock) {
            return table(resource).find(id).filter(StoredRow::present);
        }
    }

    List<StoredRow> present(String resource) {
        synchronized (lock) {
            return table(resource).present();
        }
    }

    List<StoredRow> changes(String resource, Instant since, Predicate<StoredRow> wanted, long skip, int size) {
        synchronized (lock) {
            return table(resource).changes(since.getEpochSecond(), wanted, skip, size);
        }
    }

    private StoredRow version(
            ResourceTable table, String id, Map<String, Object> before, String status, boolean present) {
        Instant now = clock.instant();
        Map<String, Object> fields = new LinkedHashMap<>(before);
        fields.put(table.idField(), id);
        fields.put(Fields.MODIFIED, Fields.stamp(now));
        fields.put(table.statusField(), status);
        return new StoredRow(id, Fields.freeze(fields), now, present);
    }

    private ResourceTable table(String resource) {
        ResourceTable table = tables.get(resource);
        if (table == null) {
            throw new IllegalArgumentException("no resource " + resource + "; there are " + tables.keySet());
        }
        return table;
    }

    private static StoredRow existing(ResourceTable table, String id) {
        return table.find(id)
                .filter(StoredRow::present)
                .orElseThrow(() -> new NoSuchElementException(table.name() + " has no row " + id));
    }
}
