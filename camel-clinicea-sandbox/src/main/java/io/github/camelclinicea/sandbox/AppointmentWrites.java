/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import io.github.camelclinicea.catalog.Argument;
import io.github.camelclinicea.catalog.Operation;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Creates and updates appointments by query parameters.
 *
 * <p>Specified by {@code WriteTest}.
 */
final class AppointmentWrites {
    private static final String APPOINTMENTS = "appointments";
    private static final long USUAL_MINUTES = 30;

    private final ClinicStore clinic;

    AppointmentWrites(ClinicStore clinic) {
        this.clinic = clinic;
    }

    SandboxResponse create(Operation operation, SandboxRequest request) {
        Map<String, String> given = LookUps.arguments(operation, request);
        request.refuseBody();
        if (unknownPatient(given)) {
            return Saving.noSuchPatient();
        }
        Map<String, Object> row = fields(operation, given);
        row.put("CheckedInDatetime", Fields.UNSET_DATE);
        row.put("AppointmentStatus", 0);
        return Saving.done(clinic.insert(APPOINTMENTS, row));
    }

    /**
     * Replaces an appointment. A field that the request leaves out is null afterwards
     * ({@code docs/design/wire.md, section 5}).
     */
    SandboxResponse update(Operation operation, SandboxRequest request) {
        Map<String, String> given = LookUps.arguments(operation, request);
        request.refuseBody();
        if (unknownPatient(given)) {
            return Saving.noSuchPatient();
        }
        try {
            return Saving.done(clinic.update(APPOINTMENTS, given.get("appointmentID"), fields(operation, given)));
        } catch (NoSuchElementException e) {
            return Saving.failed(Saving.NO_SUCH_APPOINTMENT, "there is no such appointment");
        }
    }

    private boolean unknownPatient(Map<String, String> given) {
        String id = given.getOrDefault("patientID", "");
        return !id.isBlank() && clinic.find("patients", id).isEmpty();
    }

    /** Returns a value for every field that the operation has an argument for; null if the request leaves it out. */
    private Map<String, Object> fields(Operation operation, Map<String, String> given) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Argument argument : operation.arguments()) {
            String text = given.getOrDefault(argument.name(), "");
            Object value = text.isBlank() ? null : text;
            if (argument.recordId()) {
                continue;
            }
            if (argument.name().equals("appointmentDateTime")) {
                fields.put("StartDateTime", value);
                fields.put("EndDateTime", value == null ? null : end(text));
            } else if (argument.type() == Argument.Type.INTEGER && value != null) {
                fields.put(LookUps.fieldOf(argument), Parameters.integer(argument.name(), text));
            } else {
                fields.put(LookUps.fieldOf(argument), value);
            }
        }
        Object patient = fields.get(Fields.PATIENT_ID);
        fields.put(
                "PatientName",
                patient == null
                        ? null
                        : clinic.find("patients", patient.toString())
                                .map(row -> row.fields().get("FullName"))
                                .orElse(null));
        // The sandbox has no staff and no clinics to look up. Without these lines the names would stay those of the
        // invented row and not fit the ids.
        fields.put("StaffName", null);
        fields.put("ClinicName", null);
        return fields;
    }

    private static String end(String start) {
        LocalDateTime local = LocalDateTime.from(DateTimeFormatter.ISO_DATE_TIME.parse(start));
        return DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").format(local.plusMinutes(USUAL_MINUTES));
    }
}
