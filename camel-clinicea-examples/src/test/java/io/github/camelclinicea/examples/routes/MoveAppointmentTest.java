/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Moves an appointment in the sandbox, where an update empties the fields that are not sent, as on the live service.
 */
class MoveAppointmentTest {
    @RegisterExtension
    final CliniceaSandboxExtension clinicea =
            CliniceaSandboxExtension.with(CliniceaSandbox.builder().patients(3).appointments(300));

    private final List<Object> told = new CopyOnWriteArrayList<>();
    private final Main main = new Main();
    private String appointment;
    private Map<String, Object> before;

    @BeforeEach
    void start() {
        appointment = clinicea.clinic().ids("appointments").get(150);
        clinicea.clinic().change("appointments", appointment, Map.of("Notes", "Bring the report"));
        before = clinicea.clinic().row("appointments", appointment).orElseThrow();
        main.addInitialProperty("clinicea.api-key", clinicea.apiKey());
        main.addInitialProperty("camel.component.clinicea.configuration.base-url", clinicea.baseUrl());
        main.configure().addRoutesBuilder(new MoveAppointment());
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:tellTheDesk").process(e -> told.add(e.getMessage().getBody()));
            }
        });
        main.start();
    }

    @AfterEach
    void stop() {
        main.stop();
    }

    private Exchange move(String id) {
        return main.getCamelContext()
                .createFluentProducerTemplate()
                .to("direct:move")
                .withHeader(CliniceaConstants.RECORD_ID, id)
                .withBody(Map.of("patientID", before.get("PatientID"), "appointmentDateTime", "2027-03-01T09:30:00"))
                .send();
    }

    /** Makes the rows those that were seen live: with a start, and with names in place of ids. */
    private void serveTheFieldsThatWereSeen() {
        clinicea.sandbox()
                .wireMock()
                .stubFor(get(urlPathEqualTo("/api/v2/appointments/getAppointmentsByPatient"))
                        .willReturn(okJson("[{\"ID\":\"" + appointment + "\",\"StartDateTime\":\"2027-02-01T09:00:00\","
                                + "\"EndDateTime\":\"2027-02-01T09:30:00\",\"StaffName\":\"Dr. Example\","
                                + "\"PatientName\":\"Ada Example\",\"DataStatusValue\":\"Added\"}]")));
    }

    @Test
    void given_an_appointment_when_moved_then_only_its_time_is_another() {
        Exchange out = move(appointment);

        assertThat(out.getException()).isNull();
        assertThat(told).isEmpty();
        Map<String, Object> after =
                clinicea.clinic().row("appointments", appointment).orElseThrow();
        Map<String, Object> expected = new LinkedHashMap<>();
        for (String field : List.of(
                "PatientID",
                "PatientName",
                "StaffID",
                "ClinicID",
                "ServiceType",
                "AppointmentType",
                "Notes",
                "AppointmentServiceID",
                "AppointmentStatus")) {
            expected.put(field, before.get(field));
        }
        expected.put("StartDateTime", "2027-03-01T09:30:00");
        assertThat(after).containsAllEntriesOf(expected);
    }

    @Test
    void given_a_server_that_shows_no_ids_when_moved_then_what_is_missing_is_said_before_anything_is_written() {
        serveTheFieldsThatWereSeen();

        Exchange out = move(appointment);

        assertThat(out.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("updateAppointment")
                .hasMessageContaining(
                        "[staffID, clinicID, serviceType, appointmentType, notes, appointmentServiceID]: give each of"
                                + " them")
                .hasMessageContaining("Nothing was written");
        clinicea.sandbox().wireMock().verify(0, putRequestedFor(anyUrl()));
    }

    @Test
    void given_a_server_that_shows_no_ids_when_moved_with_what_was_missing_then_it_is_all_sent() {
        serveTheFieldsThatWereSeen();
        clinicea.sandbox()
                .wireMock()
                .stubFor(any(urlPathEqualTo("/api/v3/appointments/updateAppointment"))
                        .willReturn(okJson("{\"ID\":\"" + appointment + "\"}")));
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("patientID", before.get("PatientID"));
        whole.put("appointmentDateTime", "2027-03-01T09:30:00");
        whole.put("staffID", "s-2");
        for (String none : List.of("clinicID", "serviceType", "appointmentServiceID", "notes")) {
            whole.put(none, "");
        }
        whole.put("appointmentType", 1);
        whole.put("endDateTime", "2027-03-01T10:00:00");

        Exchange out = main.getCamelContext()
                .createFluentProducerTemplate()
                .to("direct:move")
                .withHeader(CliniceaConstants.RECORD_ID, appointment)
                .withBody(whole)
                .send();

        assertThat(out.getException()).isNull();
        assertThat(clinicea.sandbox()
                        .wireMock()
                        .findAll(putRequestedFor(urlPathEqualTo("/api/v3/appointments/updateAppointment"))))
                .singleElement()
                .satisfies(update -> assertThat(update.getUrl())
                        .contains("appointmentID=" + appointment, "appointmentDateTime=2027-03-01T09:30:00")
                        .contains("staffID=s-2", "notes=&", "endDateTime=2027-03-01T10:00:00"));
    }

    @Test
    void given_an_appointment_that_is_not_there_when_moved_then_nothing_is_written() {
        Exchange out = move("of nobody");

        assertThat(out.getException()).isInstanceOf(CliniceaException.class).hasMessageContaining("no record");
        clinicea.sandbox().wireMock().verify(0, putRequestedFor(anyUrl()));
    }
}
