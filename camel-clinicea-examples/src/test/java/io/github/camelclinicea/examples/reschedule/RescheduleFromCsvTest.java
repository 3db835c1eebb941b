/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.reschedule;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.http.Fault;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RescheduleFromCsvTest {
    private static final String UPDATE = "/api/v3/appointments/updateAppointment";

    @RegisterExtension
    final CliniceaSandboxExtension clinicea =
            CliniceaSandboxExtension.with(CliniceaSandbox.builder().patients(3).appointments(20));

    @TempDir
    private Path moves;

    private final Main main = new Main();

    @BeforeEach
    void start() throws Exception {
        main.addInitialProperty("clinicea.api-key", clinicea.apiKey());
        main.addInitialProperty("camel.component.clinicea.configuration.base-url", clinicea.baseUrl());
        main.configure().addRoutesBuilder(new RescheduleFromCsv());
        main.init();
        AdviceWith.adviceWith(main.getCamelContext(), "moves", route -> {
            route.replaceFromWith("file:" + moves + "?include=.*[.]csv&charset=UTF-8&moveFailed=.failed");
            route.weaveByToUri("file:moves/reports").replace().to("file:" + moves + "/reports");
        });
        main.start();
    }

    @AfterEach
    void stop() {
        main.stop();
    }

    private Map<String, Object> appointment(int index) {
        return clinicea.clinic().rows("appointments").get(index);
    }

    private static String line(Map<String, Object> appointment, String when) {
        return appointment.get("ID") + "," + appointment.get("PatientID") + "," + when;
    }

    private List<String> reportOn(String... lines) throws IOException {
        Path written = moves.resolve("friday.tmp");
        Files.writeString(written, "appointmentID,patientID,appointmentDateTime\n" + String.join("\n", lines) + "\n");
        Files.move(written, moves.resolve("friday.csv"));
        Path report = moves.resolve("reports/friday.csv");
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(moves.resolve(".camel/friday.csv")));
        return Files.readAllLines(report);
    }

    @Test
    void given_lines_of_all_kinds_when_read_then_each_has_its_outcome_and_those_that_can_be_are_moved()
            throws Exception {
        Map<String, Object> first = appointment(0);
        Map<String, Object> second = appointment(1);
        Map<String, Object> third = appointment(2);
        clinicea.sandbox()
                .wireMock()
                .stubFor(put(urlPathEqualTo(UPDATE))
                        .withQueryParam("appointmentID", equalTo((String) second.get("ID")))
                        .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));

        List<String> report = reportOn(
                line(first, "2027-03-01T09:30:00"),
                line(second, "2027-03-01T10:00:00"),
                line(third, "tomorrow"),
                line(third, ""),
                "a-0," + third.get("PatientID") + ",2027-03-01T11:00:00");

        assertThat(report).hasSize(6);
        assertThat(report.get(0)).contains("line", "appointmentID", "outcome", "why");
        assertThat(report.get(1)).startsWith("\"2\",\"" + first.get("ID") + "\",\"moved\"");
        assertThat(report.get(2))
                .startsWith("\"3\",\"" + second.get("ID") + "\",\"unknown\"")
                .contains("may");
        assertThat(report.get(3))
                .startsWith("\"4\",\"" + third.get("ID") + "\",\"refused\"")
                .contains("appointmentDateTime")
                .doesNotContain("tomorrow");
        assertThat(report.get(4)).startsWith("\"5\",\"\",\"refused\"").contains("a time");
        assertThat(report.get(5)).startsWith("\"6\",\"a-0\",\"refused\"").contains("no record");
        assertThat(String.join("\n", report)).doesNotContain(clinicea.apiKey());
        assertThat(appointment(0))
                .containsEntry("StartDateTime", "2027-03-01T09:30:00")
                .containsEntry("StaffID", first.get("StaffID"));
        assertThat(appointment(1)).isEqualTo(second);
        assertThat(appointment(2)).isEqualTo(third);
    }

    /** The rows have what was seen live: a start, and names in place of ids. */
    @Test
    void given_a_server_that_shows_no_ids_when_read_then_the_report_says_what_is_missing_and_nothing_is_written()
            throws Exception {
        Map<String, Object> first = appointment(0);
        clinicea.sandbox()
                .wireMock()
                .stubFor(get(urlPathEqualTo("/api/v2/appointments/getAppointmentsByPatient"))
                        .willReturn(okJson("[{\"ID\":\"" + first.get("ID") + "\",\"StartDateTime\":"
                                + "\"2027-02-01T09:00:00\",\"StaffName\":\"Dr. Example\"}]")));

        List<String> report = reportOn(line(first, "2027-03-01T09:30:00"));

        assertThat(report.get(1))
                .startsWith("\"2\",\"" + first.get("ID") + "\",\"refused\"")
                .contains("[staffID, clinicID, serviceType, appointmentType, notes, appointmentServiceID]")
                .contains("Nothing was written");
        clinicea.sandbox().wireMock().verify(0, putRequestedFor(anyUrl()));
    }

    @Test
    void given_a_file_when_read_twice_then_the_appointment_is_where_the_file_says() throws Exception {
        String line = line(appointment(0), "2027-03-01T09:30:00");

        reportOn(line);
        Files.delete(moves.resolve(".camel/friday.csv"));

        assertThat(reportOn(line).get(1)).contains("moved");
        assertThat(appointment(0)).containsEntry("StartDateTime", "2027-03-01T09:30:00");
    }
}
