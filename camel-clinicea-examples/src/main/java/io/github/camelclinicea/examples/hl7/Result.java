/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import java.time.LocalDate;
import java.util.List;

/**
 * Holds a result with its documents.
 *
 * @param sender who gives out its control id
 * @param controlId the control id, MSH-10
 * @param patientId the patient's id in Clinicea, or null
 * @param fileNumber the patient's file number, or null if there is an id alone
 * @param digest a hash of identifiers and documents
 * @param documents at least one
 */
record Result(
        String sender, String controlId, String patientId, String fileNumber, String digest, List<Document> documents) {

    /**
     * Holds a document.
     *
     * @param part its number in the message, from 1
     * @param name a name that no other document has
     * @param date the date of the observation
     * @param content a PDF
     */
    record Document(int part, String name, LocalDate date, byte[] content) {
        @Override
        public String toString() {
            return "document " + part;
        }
    }

    /** Returns the number of documents, without their content. */
    @Override
    public String toString() {
        return "a result with " + documents.size() + " documents";
    }
}
