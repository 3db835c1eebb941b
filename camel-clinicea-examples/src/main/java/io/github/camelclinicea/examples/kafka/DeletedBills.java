/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.kafka;

import io.github.camelclinicea.CliniceaTimes;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Remembers the deleted bills in the table {@code deleted_bill}. Clinicea lists them apart from the bills, so a version
 * of a bill could otherwise be published after the tombstone.
 *
 * <p>Specified by {@code DeletedBillsTest} and {@code ClinicToKafkaTest}.
 */
final class DeletedBills {
    // Both lists have the same clock, so any zone shows which stamp is later.
    private static final CliniceaTimes TIMES = new CliniceaTimes("UTC");

    private final JdbcTemplate jdbc;

    /**
     * Creates it.
     *
     * @param database the database with the table
     */
    DeletedBills(DataSource database) {
        this.jdbc = new JdbcTemplate(database);
    }

    /**
     * Records that a bill is deleted.
     *
     * @param id the bill's id
     * @param deletedAt the stamp of the deletion; null if the row has none
     */
    void add(String id, String deletedAt) {
        jdbc.update("MERGE INTO deleted_bill (id, deleted_at) KEY (id) VALUES (?, ?)", id, deletedAt);
    }

    /**
     * Returns whether a version of a bill is older than the bill's deletion.
     *
     * @param id the bill's id
     * @param modified the stamp of the version; null if the row has none
     * @return false if the bill is not deleted, or both stamps are times and the version's is the later one
     */
    boolean isOutdated(String id, String modified) {
        List<String> deletions =
                jdbc.queryForList("SELECT deleted_at FROM deleted_bill WHERE id = ?", String.class, id);
        return !deletions.isEmpty() && !isLater(modified, deletions.get(0));
    }

    private static boolean isLater(String modified, String deletedAt) {
        Instant version = moment(modified);
        Instant deletion = moment(deletedAt);
        return version != null && deletion != null && version.isAfter(deletion);
    }

    private static Instant moment(String stamp) {
        try {
            return TIMES.instant(stamp);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
