/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.sandbox.Clinic;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Invoice;
import org.hl7.fhir.r4.model.Patient;

/** Compares a clinic with a FHIR server. */
final class ClinicInFhir {
    private static final Map<Integer, String> BILL_STATUS =
            Map.of(0, "draft", 1, "issued", 2, "balanced", 3, "cancelled");
    private static final List<String> APPOINTMENT_STATUS =
            List.of("booked", "booked", "arrived", "fulfilled", "cancelled", "noshow");

    private ClinicInFhir() {}

    /** Asserts that each record is one resource with the right content, and all others are withdrawn. */
    static void assertEqual(Clinic clinic, FhirServer fhir) {
        assertSame(
                clinic,
                "patients",
                fhir,
                Patient.class,
                (row, patient) -> {
                    assertThat(patient.getActive()).isEqualTo(row.get("IsActive"));
                    assertThat(patient.getNameFirstRep().getFamily()).isEqualTo(row.get("LastName"));
                    assertThat(patient.getAddressFirstRep().getCity()).isEqualTo(row.get("City"));
                },
                patient -> !patient.getActive());
        assertSame(
                clinic,
                "appointments",
                fhir,
                Appointment.class,
                (row, appointment) -> {
                    assertThat(appointment.getStatus().toCode())
                            .isEqualTo(APPOINTMENT_STATUS.get((Integer) row.get("AppointmentStatus")));
                    assertThat(appointment.getStartElement().getValueAsString())
                            .isEqualTo(row.get("StartDateTime") + "+05:30");
                    assertThat(appointment
                                    .getParticipantFirstRep()
                                    .getActor()
                                    .getIdentifier()
                                    .getValue())
                            .isEqualTo(row.get("PatientID"));
                },
                appointment -> appointment.getStatus() == Appointment.AppointmentStatus.CANCELLED);
        assertSame(
                clinic,
                "visits",
                fhir,
                Encounter.class,
                (row, encounter) -> {
                    assertThat(encounter.getTypeFirstRep().getText()).isEqualTo(row.get("ServiceName"));
                    assertThat(encounter.getSubject().getIdentifier().getValue())
                            .isEqualTo(row.get("PatientID"));
                },
                encounter -> encounter.getStatus() == Encounter.EncounterStatus.ENTEREDINERROR);
        assertSame(
                clinic,
                "bills",
                fhir,
                Invoice.class,
                (row, invoice) -> {
                    assertThat(invoice.getStatus().toCode())
                            .isEqualTo(BILL_STATUS.get((Integer) row.get("BillStatus")));
                    assertThat(invoice.getTotalGross().getValue().toPlainString())
                            .isEqualTo(row.get("Total").toString());
                    assertThat(invoice.getLineItem()).hasSameSizeAs((List<?>) row.get("Items"));
                },
                invoice -> invoice.getStatus() == Invoice.InvoiceStatus.ENTEREDINERROR);
    }

    private static <T extends DomainResource> void assertSame(
            Clinic clinic,
            String list,
            FhirServer fhir,
            Class<T> type,
            java.util.function.BiConsumer<Map<String, Object>, T> content,
            java.util.function.Predicate<T> withdrawn) {
        Set<String> ids = new HashSet<>(clinic.ids(list));
        Set<String> seen = new HashSet<>();
        for (T resource : fhir.all(type)) {
            String id = FhirServer.identifier(resource);
            assertThat(seen.add(id))
                    .as("one resource for each record of " + list)
                    .isTrue();
            if (ids.contains(id)) {
                content.accept(clinic.row(list, id).orElseThrow(), resource);
            } else {
                assertThat(withdrawn.test(resource))
                        .as("withdrawn of " + list + ": " + id)
                        .isTrue();
            }
        }
        assertThat(seen).as(list).containsAll(ids);
    }
}
