/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import io.github.camelclinicea.sandbox.Clinic;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Invoice;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Maps rows, and has HAPI's validator look at each resource. */
class ClinicResourcesTest {
    private static final Map<String, String> TYPES =
            Map.of("patients", "Patient", "appointments", "Appointment", "visits", "Encounter", "bills", "Invoice");
    private static final List<Object> HOSTILE = Arrays.asList(
            null,
            "",
            " \t\u00A0\u200B",
            "\u0000\u0007\u001B[31m",
            "\uD800",
            "\uFFFE\uFFFF",
            "a\u2028b\r\nc\u0085",
            "<script>alert(1)</script> & \"quotes\" \\ | , $",
            "\uD83D\uDE00 \u202Etxet",
            "0001-01-01T00:00:00",
            "2026-02-30T25:61:00",
            "-1",
            -1,
            1.5e300,
            new BigDecimal("1E-40"),
            true,
            List.of(),
            List.of("x"),
            Map.of("a", 1),
            "9999999999-01-01",
            "/Date(99999999999999999)/",
            "x".repeat(70_000));

    private static FhirValidator validator;
    private static ClinicResources clinic;
    private static final Map<String, Map<String, Object>> rows = new HashMap<>();
    private static final Set<String> warnings = new HashSet<>();

    @BeforeAll
    static void startValidator() {
        validator = FhirServer.R4.newValidator();
        validator.registerValidatorModule(new FhirInstanceValidator(new ValidationSupportChain(
                new DefaultProfileValidationSupport(FhirServer.R4),
                new InMemoryTerminologyServerValidationSupport(FhirServer.R4),
                new CommonCodeSystemsTerminologyService(FhirServer.R4))));
        clinic = clinic(Map.of());
        try (CliniceaSandbox sandbox =
                CliniceaSandbox.builder().patients(1).appointments(1).bills(1).start()) {
            TYPES.keySet().forEach(list -> rows.put(list, sandbox.clinic().add(list)));
            rows.get("appointments").put("AppointmentStatus", 1);
        }
    }

    private static ClinicResources clinic(Map<String, String> overridden) {
        CamelContext context = new DefaultCamelContext();
        PropertiesComponent properties = (PropertiesComponent) context.getPropertiesComponent();
        properties.setLocation("classpath:fhir/application.properties");
        properties.addOverrideProperty("clinic.zone", "Europe/Berlin");
        overridden.forEach(properties::addOverrideProperty);
        context.build();
        return new ClinicResources(context);
    }

    /** Asserts that the validator has no error for what a server would get. */
    private static void assertValid(DomainResource resource) {
        String json = FhirServer.R4.newJsonParser().encodeResourceToString(resource);
        List<SingleValidationMessage> errors = new ArrayList<>();
        for (SingleValidationMessage message :
                validator.validateWithResult(json).getMessages()) {
            if (message.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0) {
                errors.add(message);
            } else if (message.getSeverity() == ResultSeverityEnum.WARNING) {
                warnings.add(message.getMessageId());
            }
        }
        assertThat(errors).as(json.substring(0, Math.min(2000, json.length()))).isEmpty();
    }

    @Test
    void given_all_rows_of_a_clinic_when_mapped_or_withdrawn_then_the_validator_has_no_error() {
        try (CliniceaSandbox sandbox =
                CliniceaSandbox.builder().patients(8).appointments(8).bills(6).start()) {
            Clinic rows = sandbox.clinic();
            TYPES.forEach((list, type) -> rows.rows(list).forEach(row -> {
                DomainResource resource = clinic.resource(type, id(row), row);
                assertValid(resource);
                DomainResource withdrawn = clinic.withdrawn(resource, type, id(row), row);
                assertThat(withdrawn == null || withdrawn == resource).isTrue();
                assertValid(resource);
                assertValid(clinic.withdrawn(null, type, id(row), row));
                assertValid(clinic.withdrawn(null, type, id(row), Map.of("ID", id(row))));
            }));
        }
        assertThat(warnings).containsExactly("http://hl7.org/fhir/StructureDefinition/DomainResource#dom-6");
    }

    @Test
    void given_rows_with_hostile_values_when_mapped_then_each_is_valid_or_fails_without_its_content() {
        long seed = Long.getLong("fhir.seed", System.nanoTime());
        Random random = new Random(seed);
        int mapped = 0;
        int failed = 0;
        try (CliniceaSandbox sandbox = CliniceaSandbox.builder()
                .patients(20)
                .appointments(20)
                .bills(20)
                .start()) {
            for (int round = 0; round < Integer.getInteger("fhir.rounds", 40); round++) {
                String list = List.copyOf(TYPES.keySet()).get(random.nextInt(4));
                List<Map<String, Object>> rows = sandbox.clinic().rows(list);
                Map<String, Object> row = new HashMap<>(rows.get(random.nextInt(rows.size())));
                String id = id(row);
                for (String field : List.copyOf(row.keySet())) {
                    if (random.nextInt(12) == 0) {
                        row.put(field, HOSTILE.get(random.nextInt(HOSTILE.size())));
                    } else if (random.nextInt(60) == 0) {
                        row.remove(field);
                    }
                }
                try {
                    assertValid(clinic.resource(TYPES.get(list), id, row));
                    mapped++;
                } catch (IllegalArgumentException e) {
                    failed++;
                    assertThat(e).hasMessageNotContaining("script").hasMessageNotContaining("xxx");
                } catch (RuntimeException e) {
                    throw new AssertionError("seed " + seed + ", " + list, e);
                }
                assertValid(clinic.withdrawn(null, TYPES.get(list), id, row));
            }
        }
        assertThat(mapped).as("seed " + seed).isPositive();
        assertThat(failed).as("seed " + seed).isPositive();
    }

    private static Map<String, Object> row(String list, Object... changes) {
        Map<String, Object> row = new HashMap<>(rows.get(list));
        for (int i = 0; i < changes.length; i += 2) {
            row.put((String) changes[i], changes[i + 1]);
        }
        return row;
    }

    private static Patient patient(Object... changes) {
        Patient patient = (Patient) clinic.resource("Patient", "p-1", row("patients", changes));
        assertValid(patient);
        return patient;
    }

    private static Appointment appointment(Object... changes) {
        Appointment appointment = (Appointment) clinic.resource("Appointment", "a-1", row("appointments", changes));
        assertValid(appointment);
        return appointment;
    }

    private static Invoice invoice(Object... changes) {
        Invoice invoice = (Invoice) clinic.resource("Invoice", "b-1", row("bills", changes));
        assertValid(invoice);
        return invoice;
    }

    @ParameterizedTest
    @CsvSource({
        "0001-01-01T00:00:00,",
        "1980-05-17,1980-05-17",
        "1980-05-17T00:00:00,1980-05-17",
        "1980-05-17T00:00:00Z,1980-05-17",
        "1980-05-17T00:00:00-08:00,1980-05-17",
        "1980-05-16T22:00:00Z,1980-05-17",
        "1980-04-06T00:00:00,1980-04-06"
    })
    void given_a_date_of_birth_when_mapped_then_it_is_the_day_in_the_clinic(String sent, String day) {
        assertThat(patient("DateOfBirth", sent).getBirthDateElement().getValueAsString())
                .isEqualTo(day);
    }

    @ParameterizedTest
    @CsvSource({"1,male", "Female,female", "m,male", "UNKNOWN,unknown"})
    void given_a_gender_as_number_or_text_when_mapped_then_it_is_the_code_of_the_property(String sent, String code) {
        assertThat(patient("Gender", sent).getGender().toCode()).isEqualTo(code);
    }

    @Test
    void given_flags_and_numbers_when_mapped_then_telecom_and_active_are_right() {
        Patient patient = patient(
                "IsInactive", 1, "IsActive", true, "Mobile", "555-0111", "MobileCountryCode", "+1", "Email", " ");

        assertThat(patient.getActive()).isFalse();
        assertThat(patient.getTelecomFirstRep().getValue()).isEqualTo("+1 555-0111");
        assertThat(patient.getTelecom()).noneMatch(it -> it.getSystem().toCode().equals("email"));
        assertThat(patient("Mobile", "+44 555-0111").getTelecomFirstRep().getValue())
                .isEqualTo("+44 555-0111");
        assertThat(patient("IsActive", null).getActive()).isTrue();
    }

    @Test
    void given_local_times_when_mapped_then_they_are_instants_with_the_offset_of_their_day() {
        Appointment summer = appointment("StartDateTime", "2026-07-01T09:30:00", "EndDateTime", "2026-07-01T10:00:00");
        Appointment winter = appointment("StartDateTime", "2026-12-01T09:30:00", "EndDateTime", "0001-01-01T00:00:00");

        assertThat(summer.getStartElement().getValueAsString()).isEqualTo("2026-07-01T09:30:00+02:00");
        assertThat(winter.getStartElement().getValueAsString()).isEqualTo("2026-12-01T09:30:00+01:00");
        assertThat(winter.getEndElement().getValueAsString()).isEqualTo("2026-12-01T10:00:00+01:00");
    }

    @Test
    void given_an_appointment_without_a_patient_when_mapped_then_it_is_valid_and_refers_to_nobody() {
        Appointment appointment = appointment("PatientID", null, "StaffID", null);

        assertThat(appointment.getParticipantFirstRep().getActor().hasIdentifier())
                .isFalse();
    }

    @Test
    void given_a_cancelled_appointment_without_a_start_when_mapped_then_it_is_valid() {
        assertThat(appointment("AppointmentStatus", 4, "StartDateTime", "0001-01-01T00:00:00")
                        .hasStart())
                .isFalse();
    }

    @Test
    void given_an_appointment_with_a_time_of_cancellation_when_mapped_then_it_is_cancelled() {
        assertThat(appointment("AppointmentStatus", 1, "CancelledDatetime", "2026-07-01T08:00:00")
                        .getStatus()
                        .toCode())
                .isEqualTo("cancelled");
    }

    @Test
    void given_a_bill_when_mapped_then_its_amounts_have_a_currency_and_all_digits() {
        Invoice invoice = invoice(
                "Total",
                new BigDecimal("30.30"),
                "Tax",
                new BigDecimal("5.05"),
                "Currency",
                "inr",
                "Items",
                List.of(Map.of("ItemName", "Laboratory", "Quantity", 3, "UnitPrice", new BigDecimal("10.10"))));

        assertThat(invoice.getTotalGross().getValue()).isEqualTo("30.30");
        assertThat(invoice.getTotalNet().getValue()).isEqualTo("25.25");
        assertThat(invoice.getTotalGross().getCurrency()).isEqualTo("INR");
        assertThat(invoice.getLineItemFirstRep()
                        .getPriceComponentFirstRep()
                        .getAmount()
                        .getValue())
                .isEqualTo("30.30");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "patients;Gender;secret;The row has a value that no property fhir.gender.… is for",
                "patients;DateOfBirth;secret;patient.birth-date is not a day",
                "patients;IsActive;secret;patient.active is not true, false, 1 or 0",
                "appointments;AppointmentStatus;;no value for appointment.status, which is AppointmentStatus",
                "appointments;AppointmentStatus;9;The row needs a property fhir.appointment-status.9",
                "appointments;StartDateTime;0001-01-01T00:00:00;appointment.start is not set",
                "appointments;EndDateTime;1999-01-01T00:00:00;appointment.end is before the start",
                "visits;EncounterDatetime;secret;visit.start is not a time; the line visit.start of classpath:fhir",
                "bills;Currency;secret;bill.currency is not a code of ISO 4217",
                "bills;Currency;;bill.currency is not set, and neither is the property fhir.currency",
                "bills;Total;secret;bill.total is not a number",
                "bills;Items;secret;bill.items is not a list",
            })
    void given_a_value_that_fhir_cannot_hold_when_mapped_then_the_message_names_the_line_and_not_the_value(
            String list, String field, String value, String message) {
        Map<String, Object> row = row(list, field, value);

        assertThatThrownBy(() -> clinic.resource(TYPES.get(list), "x-1", row))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("secret");
    }

    @Test
    void given_a_wrong_name_in_the_mapping_when_mapped_then_the_message_names_the_line() {
        Map<String, Object> row = row("patients");
        row.remove("LastName");

        assertThatThrownBy(() -> clinic.resource("Patient", "p-1", row))
                .hasMessageContaining("no field for patient.family, which is LastName in classpath:fhir");
    }

    @ParameterizedTest
    @CsvSource({
        "fhir.encounter-class,XYZ",
        "fhir.currency,Rs",
        "fhir.identifier-system,clinic",
        "clinic.zone,Mars/Olympus",
        "fhir.appointment-minutes,long"
    })
    void given_a_wrong_property_when_started_then_the_start_fails(String property, String value) {
        assertThatThrownBy(() -> clinic(Map.of(property, value))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x:male", "see notes: secret", "{{clinicea.api-key}}", "{{fhir.gender.1}}", "a}}b{{", "?male"})
    void given_a_value_in_the_form_of_a_placeholder_when_mapped_then_it_is_a_value_like_any_other(String value) {
        ClinicResources secretive = clinic(Map.of("clinicea.api-key", "secret"));

        assertThatThrownBy(() -> secretive.resource("Patient", "p-1", row("patients", "Gender", value)))
                .hasMessage("The row has a value that no property fhir.gender.… is for");
    }

    @Test
    void given_a_default_and_a_code_that_does_not_exist_when_mapped_then_they_count_and_fail() {
        ClinicResources lenient = clinic(Map.of("fhir.gender.default", "unknown", "fhir.invoice-status.1", "paid"));

        assertThat(((Patient) lenient.resource("Patient", "p-1", row("patients", "Gender", "anything")))
                        .getGender()
                        .toCode())
                .isEqualTo("unknown");
        assertThatThrownBy(() -> lenient.resource("Invoice", "b-1", row("bills", "BillStatus", 1)))
                .hasMessage("The property fhir.invoice-status.1 is not a code of FHIR: paid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Patient", "Appointment", "Encounter", "Invoice"})
    void given_a_resource_that_is_withdrawn_when_withdrawn_again_then_nothing_is_to_be_written(String type) {
        DomainResource withdrawn = clinic.withdrawn(null, type, "x-1", Map.of());

        assertValid(withdrawn);
        assertThat(clinic.withdrawn(withdrawn, type, "x-1", Map.of())).isNull();
        assertThat(ClinicResources.isDeletedBill(withdrawn)).isEqualTo(type.equals("Invoice"));
    }

    private static String id(Map<String, Object> row) {
        return Stream.of("BillID", "EncounterID", "ID", "PatientID")
                .filter(row::containsKey)
                .map(field -> String.valueOf(row.get(field)))
                .findFirst()
                .orElseThrow();
    }
}
