/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Remembers what was sent and what was acknowledged, in the tables {@code hl7_pending} and {@code hl7_sent} of
 * {@code hl7/tables.sql}. Each method is a transaction.
 *
 * <p>Specified by {@code ClinicToHl7Test} and {@code Hl7KilledTest}.
 */
final class SentMessages {
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    SentMessages(DataSource dataSource) {
        jdbc = new JdbcTemplate(dataSource);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }

    /** Returns what the receiver has acknowledged of the record. */
    Sent of(Change change) {
        return jdbc
                .query(
                        "SELECT * FROM hl7_sent WHERE resource = ? AND record_id = ?",
                        (row, number) -> new Sent(
                                row.getString("event"),
                                row.getString("version"),
                                row.getLong("messages"),
                                row.getString("start_at"),
                                row.getString("end_at"),
                                row.getString("patient_id")),
                        change.resource(),
                        change.key())
                .stream()
                .findFirst()
                .orElse(Sent.NOTHING);
    }

    /** Returns the record's message that has no response, or null. */
    Outgoing pending(Change change) {
        return jdbc
                .query(
                        "SELECT * FROM hl7_pending WHERE resource = ? AND record_id = ?",
                        (row, number) -> new Outgoing(
                                row.getString("resource"),
                                row.getString("record_id"),
                                row.getString("event"),
                                row.getString("version"),
                                row.getString("control_id"),
                                row.getString("start_at"),
                                row.getString("end_at"),
                                row.getString("patient_id"),
                                row.getString("message")),
                        change.resource(),
                        change.key())
                .stream()
                .findFirst()
                .orElse(null);
    }

    /** Remembers a message before it is sent. */
    void sending(Outgoing outgoing) {
        jdbc.update(
                "INSERT INTO hl7_pending"
                        + " (resource, record_id, event, version, control_id, start_at, end_at, patient_id, message)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                outgoing.resource(),
                outgoing.record(),
                outgoing.event(),
                outgoing.version(),
                outgoing.controlId(),
                outgoing.start(),
                outgoing.end(),
                outgoing.patient(),
                outgoing.message());
    }

    /** Records that the receiver has taken a message. */
    void acknowledged(Outgoing outgoing) {
        transaction.executeWithoutResult(status -> {
            Object[] values = {
                outgoing.event(),
                outgoing.version(),
                outgoing.start(),
                outgoing.end(),
                outgoing.patient(),
                outgoing.resource(),
                outgoing.record()
            };
            int updated = jdbc.update(
                    "UPDATE hl7_sent SET event = ?, version = ?, start_at = ?, end_at = ?, patient_id = ?,"
                            + " messages = messages + 1 WHERE resource = ? AND record_id = ?",
                    values);
            if (updated == 0) {
                jdbc.update(
                        "INSERT INTO hl7_sent"
                                + " (event, version, start_at, end_at, patient_id, resource, record_id, messages)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, 1)",
                        values);
            }
            refused(outgoing);
        });
    }

    /** Records that the receiver has refused a message the first time, so that it need not be repeated as it is. */
    void refused(Outgoing outgoing) {
        jdbc.update(
                "DELETE FROM hl7_pending WHERE resource = ? AND record_id = ?", outgoing.resource(), outgoing.record());
    }
}
