/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.uhn.hl7v2.AcknowledgmentCode;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.sandbox.Clinic;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClinicToHl7Test {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @RegisterExtension
    final CliniceaSandboxExtension clinicea = CliniceaSandboxExtension.with(
            CliniceaSandbox.builder().patients(12).appointments(15).bills(0));

    private Hospital hospital;
    private Gateway gateway;

    @BeforeEach
    void start() throws Exception {
        hospital = Hospital.open();
    }

    @AfterEach
    void stop() throws Exception {
        if (gateway != null) {
            gateway.close();
        }
        hospital.close();
    }

    private Clinic clinic() {
        return clinicea.clinic();
    }

    private String patient(int index) {
        return clinic().ids("patients").get(index);
    }

    private String appointment(int index) {
        return clinic().ids("appointments").get(index);
    }

    @Test
    void given_a_clinic_when_the_gateway_starts_then_the_receiver_has_each_record_once() throws Exception {
        gateway = Gateway.start(clinicea.sandbox(), hospital.port());

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(hospital.received()).hasSize(27));
        assertThat(hospital.records("ADT")).containsOnlyKeys(clinic().ids("patients"));
        assertThat(hospital.records("SIU")).containsOnlyKeys(clinic().ids("appointments"));
        assertThat(hospital.wrong()).isEmpty();
    }

    @Test
    void given_changes_when_they_arrive_then_each_has_its_event() throws Exception {
        gateway = Gateway.start(clinicea.sandbox(), hospital.port());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(hospital.received()).hasSize(27));

        clinic().change("patients", patient(0), Map.of("City", "Übung"));
        String deleted = patient(1);
        clinic().delete("patients", deleted);
        clinic().change("appointments", appointment(0), Map.of("StartDateTime", "2031-03-01T09:30:00"));
        clinic().change("appointments", appointment(1), Map.of("StaffName", "Staff Sandbox-99"));
        clinic().change("appointments", appointment(2), Map.of("CancelledDatetime", "2031-01-01T10:00:00"));
        String gone = appointment(3);
        clinic().delete("appointments", gone);
        String brief = (String) clinic().add("appointments").get("ID");
        clinic().delete("appointments", brief);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(hospital.received()).hasSizeGreaterThanOrEqualTo(33));
        assertThat(hospital.events(patient(0))).containsExactly("A04", "A08");
        assertThat(hospital.events(deleted)).containsExactly("A04", "A29");
        assertThat(hospital.events(appointment(0))).containsExactly("S12", "S13");
        assertThat(hospital.events(appointment(1))).containsExactly("S12", "S14");
        assertThat(hospital.events(appointment(2))).containsExactly("S12", "S15");
        assertThat(hospital.events(gone)).containsExactly("S12", "S15");
        assertThat(hospital.wrong()).isEmpty();
    }

    @Test
    void given_a_refused_row_when_the_receiver_is_fixed_then_it_comes_and_the_others_did_not_wait() throws Exception {
        String refused = patient(3);
        hospital.answer(message -> message.record().equals(refused) ? AcknowledgmentCode.AE : AcknowledgmentCode.AA);
        gateway = Gateway.start(clinicea.sandbox(), hospital.port());
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(hospital.records("ADT")).hasSize(11);
            assertThat(hospital.records("SIU")).hasSize(15);
            assertThat(hospital.received(refused)).hasSizeGreaterThan(2);
            assertThat(gateway.held("patients")).containsExactly(refused);
        });

        hospital.answer(message -> AcknowledgmentCode.AA);

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(hospital.records("ADT")).containsKey(refused);
            assertThat(gateway.held("patients")).isEmpty();
        });
        assertThat(hospital.controlIds(refused)).hasSize(1);
        assertThat(hospital.wrong()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Deleted,true", "deleted,true", "DELETED,true", "Modified,false", ",false"})
    void given_a_status_in_any_case_when_a_change_is_read_then_it_says_whether_the_record_was_deleted(
            String status, boolean deleted) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setHeader(CliniceaConstants.RECORD_ID, "p-1");
        exchange.getMessage().setHeader(CliniceaConstants.DATA_STATUS, status);

        assertThat(Change.of(exchange).deleted()).isEqualTo(deleted);
    }

    @Test
    void given_the_command_of_the_page_when_all_is_sent_as_new_then_no_control_id_is_one_of_before() throws Exception {
        gateway = Gateway.start(clinicea.sandbox(), hospital.port());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(hospital.received()).hasSize(27));
        Matcher command = Pattern.compile("send all records as new \\| `([^`]+)`")
                .matcher(Files.readString(Path.of("../docs/how-to/hl7.md")));
        assertThat(command.find()).isTrue();

        gateway.jdbc().execute(command.group(1));
        gateway.reset("patients");
        gateway.reset("appointments");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(hospital.received()).hasSizeGreaterThanOrEqualTo(54));
        // This receiver still has the records, so it refuses them.
        List<Hospital.Received> received = hospital.received();
        assertThat(received).extracting(Hospital.Received::event).containsOnly("A04", "S12");
        assertThat(received.subList(27, 54))
                .extracting(Hospital.Received::controlId)
                .doesNotContainAnyElementsOf(received.subList(0, 27).stream()
                        .map(Hospital.Received::controlId)
                        .toList());
    }

    @Test
    void given_a_quiet_clinic_when_polled_then_each_feed_takes_one_request() throws Exception {
        gateway = Gateway.start(clinicea.sandbox(), hospital.port(), "quiet", Map.of("hl7.delay", "3600000"));
        await().atMost(PATIENCE).until(() -> gateway.polls("patients") == 1 && gateway.polls("appointments") == 1);
        assertThat(hospital.received()).hasSize(27);
        long requests = clinicea.sandbox().requests();

        gateway.poll("patients");
        gateway.poll("appointments");

        await().atMost(PATIENCE).until(() -> gateway.polls("patients") == 2 && gateway.polls("appointments") == 2);
        assertThat(clinicea.sandbox().requests() - requests).isEqualTo(2);
        assertThat(hospital.received()).hasSize(27);
    }

    @Test
    void given_postgresql_when_a_record_changes_then_it_remembers_what_the_receiver_has() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            gateway = Gateway.start(
                    clinicea.sandbox(),
                    hospital.port(),
                    "",
                    Map.of("hl7.database", postgres.getJdbcUrl("postgres", "postgres")));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(hospital.received()).hasSize(27));

            clinic().change("patients", patient(0));
            clinic().change("appointments", appointment(0), Map.of("StartDateTime", "2031-03-01T09:30:00"));

            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(hospital.events(patient(0))).containsExactly("A04", "A08");
                assertThat(hospital.events(appointment(0))).containsExactly("S12", "S13");
            });
            gateway.close();
            gateway = null;
        }
    }
}
