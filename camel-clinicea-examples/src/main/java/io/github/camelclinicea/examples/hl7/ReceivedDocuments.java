/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import ca.uhn.hl7v2.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Remembers which documents were uploaded, in the table {@code hl7_received} of {@code hl7/tables.sql}.
 *
 * <p>Specified by {@code ResultsToClinicTest}.
 */
final class ReceivedDocuments {
    private final JdbcTemplate jdbc;
    private final Set<String> inProgress = ConcurrentHashMap.newKeySet();

    ReceivedDocuments(DataSource dataSource) {
        jdbc = new JdbcTemplate(dataSource);
    }

    /**
     * Begins with a message. {@link #end} must follow if this does not throw.
     *
     * @return the documents of the result that are not stored yet
     * @throws RefusedMessageException if the message is being handled on another connection, or its control id was that
     *     of another message
     */
    List<Result.Document> begin(Result result) throws RefusedMessageException {
        if (!inProgress.add(key(result))) {
            throw RefusedMessageException.content(
                    ErrorCode.APPLICATION_RECORD_LOCKED, "The message is being handled: send it again later");
        }
        try {
            return missing(result);
        } catch (RefusedMessageException | RuntimeException e) {
            end(result);
            throw e;
        }
    }

    private List<Result.Document> missing(Result result) throws RefusedMessageException {
        List<Map<String, Object>> rows = jdbc.queryForList(
                "SELECT part, digest, document_id FROM hl7_received WHERE sender = ? AND control_id = ?",
                result.sender(),
                result.controlId());
        if (rows.stream().anyMatch(row -> !result.digest().equals(row.get("digest")))) {
            throw RefusedMessageException.content(
                    ErrorCode.DUPLICATE_KEY_IDENTIFIER, "MSH-10 was that of another message before");
        }
        List<Object> stored = rows.stream()
                .filter(row -> row.get("document_id") != null)
                .map(row -> row.get("part"))
                .toList();
        return result.documents().stream()
                .filter(document -> !stored.contains(document.part()))
                .toList();
    }

    /** Ends with a message. */
    void end(Result result) {
        inProgress.remove(key(result));
    }

    private static String key(Result result) {
        return result.sender() + "\n" + result.controlId();
    }

    /**
     * Records that the upload of a document begins.
     *
     * @return whether one had begun before, whose end is not known
     */
    boolean uploading(Result result, Result.Document document) {
        boolean before = jdbc.queryForObject(
                        "SELECT COUNT(*) FROM hl7_received WHERE sender = ? AND control_id = ? AND part = ?",
                        Integer.class,
                        result.sender(),
                        result.controlId(),
                        document.part())
                > 0;
        if (!before) {
            jdbc.update(
                    "INSERT INTO hl7_received (sender, control_id, part, digest) VALUES (?, ?, ?, ?)",
                    result.sender(),
                    result.controlId(),
                    document.part(),
                    result.digest());
        }
        return before;
    }

    /**
     * Records that a document is stored.
     *
     * @param documentId its id, or null if Clinicea did not return it
     */
    void stored(Result result, Result.Document document, String documentId) {
        jdbc.update(
                "UPDATE hl7_received SET document_id = ? WHERE sender = ? AND control_id = ? AND part = ?",
                documentId == null ? "not returned" : documentId,
                result.sender(),
                result.controlId(),
                document.part());
    }
}
