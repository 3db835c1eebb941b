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

/** The CRM's table of patients ({@code crm/tables.sql}), as the sync reads and writes it. */
final class CrmTable {
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final ObjectMapper json = new ObjectMapper();

    CrmTable(DataSource dataSource) {
        jdbc = new JdbcTemplate(dataSource);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }

    /** @return a row as it is now, or null if there is nothing to be sent of it */
    CrmPatient due(long id) {
        return find("id = ? AND id IN (SELECT id FROM crm_due)", id);
    }

    /**
     * Takes over what Clinicea has, but for fields that were edited in the CRM and are still to be sent.
     *
     * @param cliniceaId the patient's id
     * @param record the patient as it is there
     * @return the row as it then is
     */
    CrmPatient take(String cliniceaId, Map<?, ?> record) {
        return transaction.execute(status -> {
            link(cliniceaId, record);
            // Whoever edits the row in the CRM waits until this is over.
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

    /** Marks the row of a patient who was deleted in Clinicea; what is in it stays. */
    void delete(String cliniceaId, Map<?, ?> record) {
        link(cliniceaId, record);
        jdbc.update("UPDATE crm_patients SET deleted = TRUE WHERE clinicea_id = ?", cliniceaId);
    }

    /** A row that waits for what became of its create has been found. */
    private void link(String cliniceaId, Map<?, ?> record) {
        CrmPatient.reference(record)
                .ifPresent(id -> jdbc.update(
                        "UPDATE crm_patients SET clinicea_id = ? WHERE id = ? AND id IN (SELECT id FROM crm_waiting)"
                                + " AND NOT EXISTS (SELECT 1 FROM crm_patients WHERE clinicea_id = ?)",
                        cliniceaId,
                        id,
                        cliniceaId));
    }

    /** @param patient the row as it was sent, or is about to be sent as new: what has been edited since remains due */
    void sent(CrmPatient patient) {
        jdbc.update(
                "UPDATE crm_patients SET sent_version = ?, agreed = ? WHERE id = ?",
                patient.version(),
                text(patient.fields()),
                patient.id());
    }

    /** @param cliniceaId the new patient's id; null if Clinicea did not say, so that the row waits for the patient to come */
    void created(CrmPatient patient, String cliniceaId) {
        jdbc.update("UPDATE crm_patients SET clinicea_id = ? WHERE id = ?", cliniceaId, patient.id());
    }

    /** It is certain that there is no such patient, so it is to be sent again. */
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
            // Without the cause, which quotes what it could not read.
            throw new IllegalStateException("the column agreed holds no JSON");
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
