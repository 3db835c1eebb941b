/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.sandbox.Clinic;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeFailedEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Invoice;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the gateway between the sandbox and HAPI's server. Each test has records of its own. */
class FhirGatewayTest {
    private static final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private static CliniceaSandbox clinicea;
    private static Clinic clinic;
    private static FhirServer fhir;
    private static Main main;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        clinicea =
                CliniceaSandbox.builder().patients(12).appointments(20).bills(8).start();
        clinic = clinicea.clinic();
        // Deleted before the first start.
        clinic.delete("visits", clinic.ids("visits").get(0));
        fhir = new FhirServer(folder);
        main = new Main();
        main.setDefaultPropertyPlaceholderLocation("classpath:fhir/application.properties");
        main.addOverrideProperty("clinicea.api-key", clinicea.apiKey());
        main.addOverrideProperty("camel.component.clinicea.base-url", clinicea.baseUrl());
        main.addOverrideProperty("clinic.zone", "Asia/Kolkata");
        main.addOverrideProperty("clinic.delay", "100");
        main.addOverrideProperty("fhir.server-url", fhir.url());
        main.addOverrideProperty("fhir.token", "invented-token");
        main.addOverrideProperty("fhir.retry", "0");
        main.addOverrideProperty("fhir.state", "jdbc:h2:mem:gateway");
        main.configure().addRoutesBuilder(new FhirGateway());
        main.init();
        main.getCamelContext().getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                for (Throwable cause =
                                ((ExchangeFailedEvent) event).getExchange().getException();
                        cause != null;
                        cause = cause.getCause()) {
                    failures.add(cause.toString());
                }
            }

            @Override
            public boolean isEnabled(CamelEvent event) {
                return event instanceof ExchangeFailedEvent;
            }
        });
        main.start();
        awaitEqual();
    }

    @AfterEach
    void repair() {
        fhir.noFault();
        awaitEqual();
        failures.clear();
    }

    @AfterAll
    static void stop() throws Exception {
        main.stop();
        fhir.close();
        clinicea.close();
    }

    private static void awaitEqual() {
        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> ClinicInFhir.assertEqual(clinic, fhir));
    }

    private static void awaitFailure(String message) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(failures).anyMatch(failure -> failure.contains(message)));
    }

    private static String version(String patient) {
        return fhir.find(Patient.class, patient).orElseThrow().getIdElement().getVersionIdPart();
    }

    private static boolean respond(HttpServletResponse response, int status, String type, String body)
            throws IOException {
        response.setStatus(status);
        response.setContentType(type);
        response.getWriter().write(body);
        return true;
    }

    @Test
    void given_a_clinic_when_its_records_change_and_go_then_the_server_has_one_resource_for_each() {
        String patient = clinic.ids("patients").get(3);
        String deletedPatient = clinic.ids("patients").get(4);
        String appointment = clinic.ids("appointments").get(3);
        String visit = clinic.ids("visits").get(0);
        String bill = clinic.ids("bills").get(1);
        Patient patientBefore = fhir.find(Patient.class, deletedPatient).orElseThrow();
        Appointment appointmentBefore =
                fhir.find(Appointment.class, appointment).orElseThrow();
        Encounter visitBefore = fhir.find(Encounter.class, visit).orElseThrow();
        Invoice billBefore = fhir.find(Invoice.class, bill).orElseThrow();

        clinic.change("patients", patient, Map.of("City", "Elsewhere"));
        clinic.delete("patients", deletedPatient);
        clinic.delete("appointments", appointment);
        clinic.delete("visits", visit);
        clinic.delete("bills", bill);
        String added = (String) clinic.add("patients").get("PatientID");

        awaitEqual();
        assertThat(fhir.find(Patient.class, added)).isPresent();
        // Only the status of what is deleted is another one.
        Patient left = fhir.find(Patient.class, deletedPatient).orElseThrow();
        assertThat(left.getActive()).isFalse();
        assertThat(left.setActive(patientBefore.getActive()).setMeta(patientBefore.getMeta()))
                .matches(it -> it.setId(patientBefore.getIdElement()).equals(it) && it.equalsDeep(patientBefore));
        Appointment cancelled = fhir.find(Appointment.class, appointment).orElseThrow();
        assertThat(cancelled.getStatus()).isEqualTo(Appointment.AppointmentStatus.CANCELLED);
        assertThat(cancelled.getStartElement().equalsDeep(appointmentBefore.getStartElement()))
                .isTrue();
        Encounter wrong = fhir.find(Encounter.class, visit).orElseThrow();
        assertThat(wrong.getStatus()).isEqualTo(Encounter.EncounterStatus.ENTEREDINERROR);
        assertThat(wrong.getPeriod().equalsDeep(visitBefore.getPeriod())).isTrue();
        Invoice reversed = fhir.find(Invoice.class, bill).orElseThrow();
        assertThat(reversed.getStatus()).isEqualTo(Invoice.InvoiceStatus.ENTEREDINERROR);
        assertThat(reversed.getTotalGross().equalsDeep(billBefore.getTotalGross()))
                .isTrue();
        assertThat(reversed.getLineItem()).hasSameSizeAs(billBefore.getLineItem());
        assertThat(fhir.requests()).allMatch(request -> request.endsWith(" Bearer invented-token"));
    }

    @Test
    void given_a_record_deleted_before_it_was_sent_when_it_comes_then_a_resource_says_so() {
        assertThat(fhir.all(Encounter.class))
                .anyMatch(visit -> visit.getStatus() == Encounter.EncounterStatus.ENTEREDINERROR && !visit.hasPeriod());
    }

    @Test
    void given_a_server_that_is_down_when_it_is_back_then_the_rows_come_again() {
        fhir.fault((request, response) -> respond(response, 503, "text/plain", "down"));
        clinic.change("patients", clinic.ids("patients").get(5), Map.of("City", "Later"));
        awaitFailure("HTTP 503");

        fhir.noFault();

        awaitEqual();
    }

    @Test
    void given_a_refusal_that_quotes_the_record_when_it_fails_then_the_message_has_only_codes() {
        String patient = clinic.ids("patients").get(6);
        fhir.fault((request, response) -> request.getMethod().equals("PUT")
                && respond(
                        response,
                        422,
                        "application/fhir+json",
                        "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"invalid\","
                                + "\"diagnostics\":\"Sandbox-0007 is wrong\"}]}"));
        clinic.change("patients", patient, Map.of("City", "Refused"));

        awaitFailure("The FHIR server refused the Patient: HTTP 422, code invalid");
        assertThat(failures).noneMatch(failure -> failure.contains("Sandbox") || failure.contains("Refused"));
    }

    @Test
    void given_a_page_for_logins_with_status_200_when_written_then_the_row_is_held() {
        String patient = clinic.ids("patients").get(7);
        fhir.fault((request, response) -> respond(response, 200, "text/html", "<html>Log in</html>"));
        clinic.change("patients", patient, Map.of("City", "Behind a proxy"));
        awaitFailure("FhirRefusal");
        clinic.delete("appointments", clinic.ids("appointments").get(5));
        await().untilAsserted(() -> assertThat(failures).anyMatch(failure -> failure.contains("Appointment")));

        fhir.noFault();

        awaitEqual();
    }

    @Test
    void given_two_resources_with_one_identifier_when_written_or_withdrawn_then_the_row_is_held() {
        String patient = (String) clinic.add("patients").get("PatientID");
        awaitEqual();
        Patient second = fhir.find(Patient.class, patient).orElseThrow();
        fhir.stored(Patient.class).create(second);
        clinic.change("patients", patient, Map.of("City", "Doubled"));
        awaitFailure("; several resources have its identifier");
        clinic.delete("patients", patient);
        awaitFailure("The FHIR server has several resources of type Patient with the identifier of this record");

        fhir.stored(Patient.class).remove(second.getIdElement().getIdPart());
    }

    @Test
    void given_another_client_that_writes_between_read_and_write_when_withdrawn_then_its_change_stays() {
        String patient = (String) clinic.add("patients").get("PatientID");
        awaitEqual();
        AtomicBoolean isFirst = new AtomicBoolean(true);
        fhir.fault((request, response) -> {
            if (request.getMethod().equals("PUT")
                    && request.getRequestURI().contains("/Patient/")
                    && isFirst.getAndSet(false)) {
                Patient changed = fhir.find(Patient.class, patient).orElseThrow();
                changed.setLanguage("fr");
                fhir.stored(Patient.class)
                        .update(new IdType("Patient", changed.getIdElement().getIdPart()), changed, null);
            }
            return false;
        });

        clinic.delete("patients", patient);

        awaitFailure("HTTP 412");
        awaitEqual();
        assertThat(fhir.find(Patient.class, patient).orElseThrow().getLanguage())
                .isEqualTo("fr");
    }

    @Test
    void given_a_bill_that_was_deleted_when_an_older_version_comes_then_it_is_not_written() {
        String bill = clinic.ids("bills").get(2);
        Map<String, Object> row = clinic.row("bills", bill).orElseThrow();
        clinic.delete("bills", bill);
        awaitEqual();

        ProducerTemplate late = main.getCamelContext().createProducerTemplate();
        late.send("direct:record", exchange -> {
            exchange.setProperty("type", "Invoice");
            exchange.getMessage().setBody(row);
            exchange.getMessage().setHeader(CliniceaConstants.RECORD_ID, bill);
            exchange.getMessage().setHeader(CliniceaConstants.DATA_STATUS, "Modified");
        });

        awaitEqual();
        assertThat(fhir.find(Invoice.class, bill).orElseThrow().getStatus())
                .isEqualTo(Invoice.InvoiceStatus.ENTEREDINERROR);
    }

    @Test
    void given_a_search_that_finds_the_resource_of_another_record_when_written_then_that_one_stays_as_it_is() {
        String bill = (String) clinic.add("bills").get("BillID");
        awaitEqual();
        Invoice other = fhir.find(Invoice.class, clinic.ids("bills").get(3)).orElseThrow();
        String found = FhirServer.R4.newJsonParser().encodeResourceToString(other);
        fhir.fault((request, response) -> request.getMethod().equals("GET")
                && respond(
                        response,
                        200,
                        "application/fhir+json",
                        "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[{\"resource\":" + found
                                + "}]}"));

        clinic.delete("bills", bill);

        awaitFailure("which is not the one of this record");
        assertThat(fhir.find(Invoice.class, FhirServer.identifier(other))
                        .orElseThrow()
                        .getStatus())
                .isEqualTo(other.getStatus());
    }

    @Test
    void given_a_search_whose_matches_are_missing_when_withdrawn_then_the_row_is_held() {
        String bill = (String) clinic.add("bills").get("BillID");
        awaitEqual();
        fhir.fault((request, response) -> request.getMethod().equals("GET")
                && respond(
                        response,
                        200,
                        "application/fhir+json",
                        "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"total\":1}"));

        clinic.delete("bills", bill);

        awaitFailure("does not have all matches");
    }

    @Test
    void given_a_patient_without_a_meaning_for_a_number_when_it_comes_then_the_message_names_the_property() {
        String patient = clinic.ids("patients").get(8);
        Object gender = clinic.row("patients", patient).orElseThrow().get("Gender");
        clinic.change("patients", patient, Map.of("Gender", 77));

        awaitFailure("The row needs a property fhir.gender.77 with a code of FHIR");

        clinic.change("patients", patient, Map.of("Gender", gender));
    }

    @Test
    void given_no_change_when_polled_then_each_list_takes_one_request_and_the_server_none() {
        int before = fhir.requests().size();
        long first = clinicea.requests();

        await().until(() -> clinicea.requests() >= first + 20);

        assertThat(fhir.requests()).hasSize(before);
        List<String> polls = clinicea.wireMock().getAllServeEvents().stream()
                .limit(20)
                .map(event -> event.getRequest().getUrl().replaceAll("[?].*", ""))
                .toList();
        assertThat(polls).hasSize(20);
        assertThat(Set.copyOf(polls)).hasSize(5);
    }
}
