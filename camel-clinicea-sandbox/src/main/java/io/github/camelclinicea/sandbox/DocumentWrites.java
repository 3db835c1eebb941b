/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import io.github.camelclinicea.catalog.Operation;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Registers and deletes documents. Their content goes to the {@link BlobContainer}.
 *
 * <p>Specified by {@code WriteTest}.
 */
final class DocumentWrites {
    private static final String DOCUMENTS = "documents";

    private final ClinicStore clinic;
    private final BlobContainer blobs;

    DocumentWrites(ClinicStore clinic, BlobContainer blobs) {
        this.clinic = clinic;
        this.blobs = blobs;
    }

    SandboxResponse getFolder(Operation operation, SandboxRequest request) {
        LookUps.arguments(operation, request);
        Map<String, Object> folder = new LinkedHashMap<>();
        folder.put("AccountSAS", blobs.signature());
        folder.put("ContainerName", BlobContainer.NAME);
        folder.put("BlobURI", blobs.uri());
        return SandboxResponse.json(folder);
    }

    SandboxResponse createDetails(Operation operation, SandboxRequest request) {
        Map<String, String> given = LookUps.arguments(operation, request);
        request.refuseBody();
        String patient = given.get("patientID");
        if (clinic.find("patients", patient).isEmpty()) {
            return Saving.noSuchPatient();
        }
        Map<String, Object> row = new LinkedHashMap<>();
        row.put(Fields.PATIENT_ID, patient);
        row.put("DocumentName", given.get("docName"));
        row.put("DocumentCategory", given.get("docCatg"));
        row.put("DocumentDatetime", given.getOrDefault("docDtm", Fields.UNSET_DATE));
        row.put("FKType", Parameters.integer("docFKType", given.get("docFKType")));
        row.put("FKID", given.get("docFKID"));
        row.put("SizeBytes", null);
        return Saving.done(clinic.insert(DOCUMENTS, row));
    }

    /**
     * Deletes a document. The response is true for a document of the given patient. A document of another patient
     * counts as unknown.
     */
    SandboxResponse delete(Operation operation, SandboxRequest request) {
        Map<String, String> given = LookUps.arguments(operation, request);
        request.refuseBody();
        String id = given.get("docID");
        boolean theirs = clinic.find(DOCUMENTS, id)
                .filter(row -> row.has(Fields.PATIENT_ID, given.get("patientID")))
                .isPresent();
        if (!theirs) {
            return SandboxResponse.nothing();
        }
        clinic.remove(DOCUMENTS, id);
        return SandboxResponse.json(true);
    }
}
