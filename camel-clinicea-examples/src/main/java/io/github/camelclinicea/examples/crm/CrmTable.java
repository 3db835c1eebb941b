/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.crm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads and writes the CRM's table of patients ({@code crm/tables.sql}). */
final class CrmTable {
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final ObjectMapper json = new ObjectMapper();

    CrmTable(DataSource dataSource) {
        jdbc = new JdbcTemplate(dataSource);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }

    /** Returns the current row, or null if it has nothing to send. */
    CrmPatient due(long id) {
        return find("id = ? AND id IN (SELECT id FROM crm_due)", id);
    }

    /**
     * Takes over Clinicea's values, except in fields with an edit of the CRM that is not sent yet.
     *
     * @param cliniceaId the patient's id
     * @param record the patient as Clinicea has it
     * @return the row after the change
     */
    CrmPatient take(String cliniceaId, Map<?, ?> record) {
        return transaction.execute(status -> {
            link(cliniceaId, record);
            // An edit in the CRM waits until this transaction ends.
            CrmPatient before = find("clinicea_id = ? FOR UPDATE", cliniceaId);
            if (before == null) {
                jdbc.update(
                        "INSERT INTO crm_patients (clinicea_id, version, sent_version) VALUES (?, 1, 1)", cliniceaId);
                before = find("clinicea_id = ?", cliniceaId);
            }
            CrmPatient after = before.with(record);
            before.overruled(record)
                    .forEach((field, entered) -> jdbc.update(
                            "INSERT INTO crm_overruled (crm_id, field, entered) VALUES (?, ?, ?)",
                            after.id(),
                            field,
                            entered));
            jdbc.update(
                    "UPDATE crm_patients SET first_name = ?, last_name = ?, mobile = ?, email = ?, agreed = ?,"
                            + " deleted = FALSE WHERE id = ?",
                    after.fields().get("FirstName"),
                    after.fields().get("LastName"),
                    after.fields().get("Mobile"),
                    after.fields().get("Email"),
                    text(after.agreed()),
                    after.id());
            return after;
        });
    }

    /** Marks the row of a patient who was deleted in Clinicea, and keeps its fields. */
    void delete(String cliniceaId, Map<?, ?> record) {
        link(cliniceaId, record);
        jdbc.update("UPDATE crm_patients SET deleted = TRUE WHERE clinicea_id = ?", cliniceaId);
    }

    /** Stores the patient's id in the row that waits for the outcome of its create. */
    private void link(String cliniceaId, Map<?, ?> record) {
        CrmPatient.reference(record)
                .ifPresent(id -> jdbc.update(
                        "UPDATE crm_patients SET clinicea_id = ? WHERE id = ? AND id IN (SELECT id FROM crm_waiting)"
                                + " AND NOT EXISTS (SELECT 1 FROM crm_patients WHERE clinicea_id = ?)",
                        cliniceaId,
                        id,
                        cliniceaId));
    }

    /**
     * Records that a row was sent. Later edits stay to be sent.
     *
     * @param patient the row as it was sent, or is about to be sent as new
     */
    void sent(CrmPatient patient) {
        jdbc.update(
                "UPDATE crm_patients SET sent_version = ?, agreed = ? WHERE id = ?",
                patient.version(),
                text(patient.fields()),
                patient.id());
    }

    /**
     * Stores the id of a created patient.
     *
     * @param cliniceaId the new patient's id; null if the response has none, so that the row waits for the patient's
     *     echo
     */
    void created(CrmPatient patient, String cliniceaId) {
        jdbc.update("UPDATE crm_patients SET clinicea_id = ? WHERE id = ?", cliniceaId, patient.id());
    }

    /** Records that the patient was certainly not created, so that the row is sent again. */
    void notCreated(CrmPatient patient) {
        jdbc.update(
                "UPDATE crm_patients SET sent_version = 0, agreed = '{}' WHERE id = ? AND clinicea_id IS NULL",
                patient.id());
    }

    private CrmPatient find(String where, Object argument) {
        Collection<CrmPatient> found =
                jdbc.query("SELECT * FROM crm_patients WHERE " + where, (row, number) -> patient(row), argument);
        return found.stream().findFirst().orElse(null);
    }

    private CrmPatient patient(ResultSet row) throws SQLException {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("FirstName", row.getString("first_name"));
        fields.put("LastName", row.getString("last_name"));
        fields.put("Mobile", row.getString("mobile"));
        fields.put("Email", row.getString("email"));
        return new CrmPatient(
                row.getLong("id"),
                row.getString("clinicea_id"),
                row.getInt("version"),
                fields,
                parsed(row.getString("agreed")));
    }

    private Map<String, String> parsed(String agreed) {
        try {
            return json.readValue(agreed, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            // Without the cause, because it quotes the text.
            throw new IllegalStateException("the column agreed does not contain JSON");
        }
    }

    private String text(Map<String, String> fields) {
        try {
            return json.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("text cannot be written as JSON");
        }
    }
}
