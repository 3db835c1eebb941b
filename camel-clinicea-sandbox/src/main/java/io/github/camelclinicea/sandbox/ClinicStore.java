/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import io.github.camelclinicea.DataStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Keeps the tables of all resources, and the fields that the clinic sets itself. {@link Clinic} shows them to tests,
 * the handlers show them to clients. Thread-safe: a page shows a change completely or not at all.
 *
 * <p>Specified by {@code ClinicTest} and {@code ParallelUseTest}.
 */
final class ClinicStore {
    private static final String BILLS = "bills";
    /** The list that holds the deleted rows of {@link #BILLS}. */
    static final String DELETED_BILLS = "deletedBills";

    private final Object lock = new Object();
    private final Map<String, ResourceTable> tables = new LinkedHashMap<>();
    private final Seed seed;
    private final Clock clock;

    ClinicStore(List<ResourceTable> tables, Seed seed, Clock clock) {
        tables.forEach(table -> this.tables.put(table.name(), table));
        this.seed = seed;
        this.clock = clock;
    }

    Set<String> resources() {
        return Set.copyOf(tables.keySet());
    }

    /** Returns the time of the clinic's clock. */
    Instant now() {
        return clock.instant();
    }

    StoredRow insert(String resource, Map<String, ?> given) {
        synchronized (lock) {
            ResourceTable table = table(resource);
            String wantedId = Objects.toString(given.get(table.idField()), "");
            if (table.find(wantedId).isPresent()) {
                throw new IllegalArgumentException(resource + " already has a row with this " + table.idField());
            }
            int number = table.nextNumber();
            String id = wantedId.isBlank() ? seed.id(resource, number) : wantedId;
            Instant now = clock.instant();
            Map<String, Object> fields = new InventedRow(seed, table, number, id).fields(now);
            fields.putAll(given);
            // Every row in the list of deleted bills is deleted, also one that a test adds.
            DataStatus status = resource.equals(DELETED_BILLS) ? DataStatus.DELETED : DataStatus.ADDED;
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
            StoredRow row = version(table, id, fields, DataStatus.MODIFIED, true);
            table.put(row);
            return row;
        }
    }

    StoredRow remove(String resource, String id) {
        synchronized (lock) {
            ResourceTable table = table(resource);
            StoredRow before = existing(table, id);
            if (!resource.equals(BILLS)) {
                StoredRow row = version(table, id, before.fields(), DataStatus.DELETED, false);
                table.put(row);
                return row;
            }
            ResourceTable deleted = table(DELETED_BILLS);
            Instant now = clock.instant();
            StoredRow row = InventedRow.stored(
                    deleted, id, InventedMoney.deletedBill(before.fields(), now), now, now, DataStatus.DELETED);
            table.vanish(id);
            deleted.put(row);
            return row;
        }
    }

    /** Returns the row, or empty if there is none or it is deleted. */
    Optional<StoredRow> find(String resource, String id) {
        synchronized (lock) {
            return table(resource).find(id).filter(StoredRow::present);
        }
    }

    /** Returns the row, deleted or not, or empty if there never was one. */
    Optional<StoredRow> findAny(String resource, String id) {
        synchronized (lock) {
            return table(resource).find(id);
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
            ResourceTable table, String id, Map<String, Object> before, DataStatus status, boolean present) {
        Instant now = clock.instant();
        Map<String, Object> fields = new LinkedHashMap<>(before);
        fields.put(table.idField(), id);
        fields.put(Fields.MODIFIED, Fields.stamp(now));
        fields.put(table.statusField(), status.wireName());
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
