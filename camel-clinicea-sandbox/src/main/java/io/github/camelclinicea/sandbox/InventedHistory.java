/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import io.github.camelclinicea.DataStatus;
import io.github.camelclinicea.catalog.Resource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Invents the rows of the years before the sandbox started. None of them was changed in the future.
 *
 * <p>Specified by {@code ClinicTest} and {@code ChangeListTest}.
 *
 * @param seed the seed of the clinic
 * @param start the start of the sandbox
 */
record InventedHistory(Seed seed, Instant start) {
    private static final long YEARS = Duration.ofDays(4 * 365).toSeconds();
    private static final long LAST_DAY = Duration.ofDays(1).toSeconds();
    // A fifth of all rows has this moment as its last change, as after an import. In a large clinic a page ends inside
    // that second.
    private static final Duration IMPORT_AGO = Duration.ofDays(2 * 365);

    /** Returns a filled table for each resource. */
    List<ResourceTable> of(List<Resource> resources, ClinicSize size) {
        List<ResourceTable> tables = new ArrayList<>();
        for (Resource resource : resources) {
            String idField = resource.changes() == null
                    ? "ID"
                    : resource.changes().idFields().get(0);
            ResourceTable table = new ResourceTable(resource.name(), idField);
            int count = size.of(resource.name());
            List<StoredRow> rows = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                rows.add(row(table, i, count));
            }
            table.load(rows);
            tables.add(table);
        }
        return tables;
    }

    private StoredRow row(ResourceTable table, int index, int count) {
        int number = table.nextNumber();
        String id = seed.id(table.name(), number);
        Dice dice = seed.dice(table.name() + " history", number);
        Instant first = start.truncatedTo(ChronoUnit.SECONDS).minusSeconds(YEARS);
        long share = (YEARS - LAST_DAY) / count;
        Instant created = first.plusSeconds(share * index + dice.number(0L, Math.min(share, LAST_DAY)));
        Instant modified = created;
        DataStatus status = DataStatus.ADDED;
        if (index >= count / 5 && index < 2 * count / 5) {
            modified = start.truncatedTo(ChronoUnit.SECONDS).minus(IMPORT_AGO);
            status = DataStatus.MODIFIED;
        } else if (dice.chance(50)) {
            modified = created.plusSeconds(
                    dice.number(1L, Math.max(1L, start.getEpochSecond() - created.getEpochSecond() - 1)));
            status = DataStatus.MODIFIED;
        } else if (dice.chance(15)) {
            status = DataStatus.NONE;
        }
        if (table.name().equals(ClinicStore.DELETED_BILLS)) {
            status = DataStatus.DELETED;
        }
        return InventedRow.stored(
                table, id, new InventedRow(seed, table, number, id).fields(created), created, modified, status);
    }
}
