/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.github.camelclinicea.examples.hl7.Hospital.get;
import static io.github.camelclinicea.examples.hl7.Laboratory.obx;
import static io.github.camelclinicea.examples.hl7.Laboratory.oru;
import static io.github.camelclinicea.examples.hl7.Laboratory.pdf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.app.Connection;
import ca.uhn.hl7v2.llp.MinLowerLayerProtocol;
import ca.uhn.hl7v2.model.Message;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import io.github.camelclinicea.sandbox.SandboxFault;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ResultsToClinicTest {
    @RegisterExtension
    static final CliniceaSandboxExtension CLINICEA = CliniceaSandboxExtension.with(
            CliniceaSandbox.builder().patients(20).appointments(0).bills(0));

    private static final String DATABASE = "results";
    private static final AtomicInteger CONTROL_IDS = new AtomicInteger();
    private static Gateway gateway;

    private final String controlId = "L" + CONTROL_IDS.incrementAndGet();
    private final Map<String, Object> patient = CLINICEA.clinic().add("patients");

    @BeforeAll
    static void start() throws Exception {
        // No receiver: what it does must not matter here.
        gateway = Gateway.start(
                CLINICEA.sandbox(),
                Hospital.freePort(),
                DATABASE,
                Map.of(
                        "hl7.delay",
                        "3600000",
                        "hl7.sync-from",
                        "now",
                        "hl7.results.max-bytes",
                        "4000000",
                        "camel.component.clinicea.configuration.response-timeout",
                        "1000"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private String id() {
        return (String) patient.get("PatientID");
    }

    private String identifier() {
        return id() + "^^^CLINICEA^PI";
    }

    private static Message send(String message) throws Exception {
        try (Laboratory laboratory = new Laboratory(gateway.resultsPort())) {
            return Hl7Properties.read(laboratory.send(message));
        }
    }

    private List<Map<String, Object>> documents() {
        return CLINICEA.clinic().rows("documents").stream()
                .filter(document -> id().equals(document.get("PatientID")))
                .toList();
    }

    private static byte[] content(Map<String, Object> document) {
        return CLINICEA.sandbox()
                .uploaded((String) document.get("DocumentOnlineName"))
                .orElse(null);
    }

    private void assertAnswer(Message answer, String code, String text) {
        assertThat(get(answer, "/MSA-2")).isEqualTo(controlId);
        assertThat(get(answer, "/MSA-1") + " " + get(answer, "/MSA-3"))
                .startsWith(code)
                .contains(text);
    }

    @Test
    void given_a_result_when_hapis_client_sends_it_then_aa_comes_and_the_document_is_there() throws Exception {
        long requests = CLINICEA.sandbox().requests();
        try (HapiContext hapi = new DefaultHapiContext()) {
            hapi.setLowerLayerProtocol(new MinLowerLayerProtocol(true));
            Connection connection = hapi.newClient("localhost", gateway.resultsPort(), false);
            Message answer = connection
                    .getInitiator()
                    .sendAndReceive(hapi.getPipeParser().parse(oru(controlId, identifier(), obx(1, pdf("1")))));
            connection.close();

            assertAnswer(answer, "AA", "");
        }
        assertThat(documents()).singleElement().satisfies(document -> {
            assertThat(content(document)).isEqualTo(pdf("1"));
            assertThat((String) document.get("DocumentName")).startsWith("Report 1 ");
            assertThat(document).containsEntry("DocumentCategory", "Lab");
            assertThat((String) document.get("DocumentDatetime")).startsWith("2026-02-28");
        });
        // The patient, the folder and the registration; and the content, which the sandbox counts as well.
        assertThat(CLINICEA.sandbox().requests() - requests).isEqualTo(3 + 1);
    }

    @Test
    void given_a_file_number_when_a_result_comes_then_its_patient_is_found() throws Exception {
        assertAnswer(send(oru(controlId, patient.get("FileNo") + "^^^CLINICEA-FILE^MR", obx(1, pdf("1")))), "AA", "");

        assertThat(documents()).hasSize(1);
    }

    @Test
    void given_a_file_number_of_two_patients_when_a_result_comes_then_it_is_refused() throws Exception {
        CLINICEA.clinic().add("patients", Map.of("FileNo", patient.get("FileNo")));

        assertAnswer(
                send(oru(controlId, patient.get("FileNo") + "^^^CLINICEA-FILE^MR", obx(1, pdf("1")))),
                "AE",
                "not one patient");
        assertThat(documents()).isEmpty();
    }

    @Test
    void given_identifiers_of_two_patients_when_a_result_comes_then_it_is_refused() throws Exception {
        String other = (String) CLINICEA.clinic().add("patients").get("FileNo");

        assertAnswer(
                send(oru(controlId, identifier() + "~" + other + "^^^CLINICEA-FILE^MR", obx(1, pdf("1")))),
                "AE",
                "no patient");
        assertThat(documents()).isEmpty();
    }

    @Test
    void given_a_patient_who_is_unknown_or_deleted_when_a_result_comes_then_it_is_refused() throws Exception {
        CLINICEA.clinic().delete("patients", id());

        assertAnswer(send(oru(controlId, identifier(), obx(1, pdf("1")))), "AE", "no patient");
        assertAnswer(send(oru(controlId, "F-99999^^^CLINICEA-FILE^MR", obx(1, pdf("1")))), "AE", "no patient");
        assertThat(documents()).isEmpty();
    }

    @Test
    void given_a_message_that_comes_again_when_all_was_stored_then_aa_comes_without_a_request() throws Exception {
        String message = oru(controlId, identifier(), obx(1, pdf("1")), obx(2, pdf("2")));
        assertAnswer(send(message), "AA", "");
        long requests = CLINICEA.sandbox().requests();

        assertAnswer(send(message), "AA", "");

        assertThat(documents()).hasSize(2);
        assertThat(CLINICEA.sandbox().requests()).isEqualTo(requests);
    }

    @Test
    void given_a_control_id_of_before_with_another_content_when_it_comes_then_it_is_refused() throws Exception {
        assertAnswer(send(oru(controlId, identifier(), obx(1, pdf("1")))), "AA", "");

        assertAnswer(send(oru(controlId, identifier(), obx(1, pdf("2")))), "AE", "another message");
        assertAnswer(send(oru(controlId, identifier(), obx(1, pdf("2"))).replace("|LABORATORY|", "|OTHER|")), "AA", "");

        assertThat(documents()).hasSize(2);
    }

    @Test
    void given_a_clinic_that_is_down_when_a_result_comes_then_ae_asks_for_it_again_and_it_is_taken_then()
            throws Exception {
        String message = oru(controlId, identifier(), obx(1, pdf("1")));
        SandboxFault.DOWN.switchOn(CLINICEA.sandbox().wireMock());
        assertAnswer(send(message), "AE", "send it again later");
        SandboxFault.DOWN.switchOff(CLINICEA.sandbox().wireMock());

        assertAnswer(send(message), "AA", "");

        assertThat(documents()).hasSize(1);
    }

    @Test
    void given_content_that_does_not_arrive_when_the_result_comes_again_then_there_is_one_document_with_content()
            throws Exception {
        String message = oru(controlId, identifier(), obx(1, pdf("1")), obx(2, pdf("2")));
        StubMapping fault = CLINICEA.sandbox()
                .wireMock()
                .stubFor(put(anyUrl()).willReturn(aResponse().withStatus(500)));
        assertAnswer(send(message), "AE", "send it again later");
        CLINICEA.sandbox().wireMock().removeStub(fault);

        assertAnswer(send(message), "AA", "");

        assertThat(documents())
                .hasSize(2)
                .extracting(ResultsToClinicTest::content)
                .doesNotContainNull();
    }

    @Test
    void given_a_registration_whose_outcome_is_unknown_when_the_result_comes_again_then_there_is_one_document()
            throws Exception {
        String message = oru(controlId, identifier(), obx(1, pdf("1")));
        StubMapping late = CLINICEA.sandbox()
                .wireMock()
                .stubFor(post(urlPathEqualTo("/api/v3/documents/createDocumentDetails"))
                        .willReturn(aResponse()
                                .withTransformers(CliniceaSandbox.TRANSFORMER)
                                .withFixedDelay(1_500)));
        assertAnswer(send(message), "AE", "send it again later");
        assertThat(documents()).hasSize(1);
        CLINICEA.sandbox().wireMock().removeStub(late);

        assertAnswer(send(message), "AA", "");

        assertThat(documents())
                .singleElement()
                .satisfies(document -> assertThat(content(document)).isEqualTo(pdf("1")));
    }

    @Test
    void given_an_upload_whose_end_was_not_recorded_when_the_result_comes_again_then_there_is_one_document()
            throws Exception {
        String message = oru(controlId, identifier(), obx(1, pdf("1")));
        assertAnswer(send(message), "AA", "");
        // What a crash leaves between the upload and its record.
        gateway.jdbc().update("UPDATE hl7_received SET document_id = NULL WHERE control_id = ?", controlId);

        assertAnswer(send(message), "AA", "");

        assertThat(documents())
                .singleElement()
                .satisfies(document -> assertThat(content(document)).isEqualTo(pdf("1")));
    }

    @Test
    void given_the_same_message_on_two_connections_at_once_when_handled_then_there_is_one_document() throws Exception {
        String message = oru(controlId, identifier(), obx(1, pdf("1")));
        SandboxFault.SLOW.switchOn(CLINICEA.sandbox().wireMock());
        CompletableFuture<Message> first = CompletableFuture.supplyAsync(() -> sent(message));
        CompletableFuture<Message> second = CompletableFuture.supplyAsync(() -> sent(message));

        assertThat(List.of(get(first.get(), "/MSA-1"), get(second.get(), "/MSA-1")))
                .containsExactlyInAnyOrder("AA", "AE");
        SandboxFault.SLOW.switchOff(CLINICEA.sandbox().wireMock());
        assertAnswer(send(message), "AA", "");
        assertThat(documents()).hasSize(1);
    }

    private static Message sent(String message) {
        try {
            return send(message);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void given_messages_that_cannot_be_taken_when_sent_then_each_is_answered_and_the_connection_stays()
            throws Exception {
        try (Laboratory laboratory = new Laboratory(gateway.resultsPort())) {
            assertThat(get(Hl7Properties.read(laboratory.send("garbage")), "/MSA-1"))
                    .isEqualTo("AR");
            assertAnswer(
                    Hl7Properties.read(laboratory.send(
                            oru(controlId, identifier(), obx(1, pdf("1"))).replace("ORU^R01^ORU_R01", "ADT^A04"))),
                    "AR",
                    "ORU^R01");
            assertAnswer(
                    Hl7Properties.read(laboratory.send(oru(controlId, identifier(), obx(1, "PK".getBytes())))),
                    "AE",
                    "PDF");
            assertThat(documents()).isEmpty();
            assertAnswer(Hl7Properties.read(laboratory.send(oru(controlId, identifier(), obx(1, pdf("1"))))), "AA", "");
        }
        assertThat(documents()).hasSize(1);
    }

    @Test
    void given_a_large_document_when_it_comes_then_it_is_stored_whole() throws Exception {
        byte[] large = pdf("x".repeat(3_900_000));

        assertAnswer(send(oru(controlId, identifier(), obx(1, large))), "AA", "");

        assertThat(content(documents().get(0))).isEqualTo(large);
    }

    @Test
    void given_a_message_without_an_end_when_it_is_too_large_then_its_connection_is_closed_and_others_work()
            throws Exception {
        try (Laboratory laboratory = new Laboratory(gateway.resultsPort())) {
            byte[] part = new byte[1_000_000];
            laboratory.socket().getOutputStream().write(0x0B);

            assertThatThrownBy(() -> {
                        for (int i = 0; i < 50; i++) {
                            laboratory.socket().getOutputStream().write(part);
                        }
                    })
                    .isInstanceOf(SocketException.class);
        }
        assertAnswer(send(oru(controlId, identifier(), obx(1, pdf("1")))), "AA", "");
    }
}
