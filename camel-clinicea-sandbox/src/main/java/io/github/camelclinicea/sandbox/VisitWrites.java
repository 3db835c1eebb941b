/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import io.github.camelclinicea.catalog.Argument;
import io.github.camelclinicea.catalog.Operation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Creates visits. This is the only write of the catalogue that takes a JSON body.
 *
 * <p>Specified by {@code WriteTest}.
 */
final class VisitWrites {
    private static final String SHEET = "General";

    private final ClinicStore clinic;

    VisitWrites(ClinicStore clinic) {
        this.clinic = clinic;
    }

    SandboxResponse createEncounterFull(Operation operation, SandboxRequest request) {
        Parameters.refuseUnknown(request.query(), Set.of());
        Map<String, String> given = texts(operation.arguments(), Json.object(request.body()));
        Parameters.check(given, operation.arguments());
        String patientId = given.get("patid");
        StoredRow patient = clinic.find("patients", patientId).orElse(null);
        if (patient == null) {
            return Saving.noSuchPatient();
        }
        String note = given.get("note");
        Map<String, Object> row = new LinkedHashMap<>();
        row.put(Fields.PATIENT_ID, patientId);
        row.put("PatientName", patient.fields().get("FullName"));
        row.put("EncounterDatetime", given.get("encdtm"));
        row.put("ServiceName", given.get("srvname"));
        row.put("CasesheetName", SHEET);
        row.put("EncounterXML", InventedCare.encounterXml(SHEET, "Note", note == null ? "" : note));
        row.put(Fields.NOTES, note);
        row.put("IsLocked", 0);
        return Saving.done(clinic.insert("visits", row));
    }

    /** Returns the fields of a body. A field that is unknown, or neither text nor null, is refused. */
    private static Map<String, String> texts(List<Argument> arguments, Map<String, Object> body) {
        Parameters.refuseUnknown(
                body.keySet().stream().collect(Collectors.toMap(name -> name, name -> "")),
                arguments.stream().map(Argument::name).collect(Collectors.toSet()));
        Map<String, String> texts = new LinkedHashMap<>();
        body.forEach((name, value) -> {
            if (value != null && !(value instanceof String)) {
                throw Refusal.badRequest("field '" + name + "' of the body must be text");
            }
            texts.put(name, (String) value);
        });
        return texts;
    }
}
