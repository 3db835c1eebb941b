package io.github.camelclinicea.producer;

import static io.github.camelclinicea.StubClinicea.answer;
import static io.github.camelclinicea.StubClinicea.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.CliniceaOutcomeUnknownException;
import io.github.camelclinicea.RawServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes of which it is not plain whether they were done, and those that say that they were not. */
class OutcomeTest extends ProducerTestBase {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

    private Exchange create(String baseUrl, String options) {
        return callAt(baseUrl, "appointments", "operation=create" + options)
                .withBody(Map.of("patientID", "p1", "appointmentDateTime", "2027-03-01T09:30:00"))
                .send();
    }

    private Exchange update(String baseUrl, String options) {
        return callAt(baseUrl, "appointments", "operation=update" + options)
                .withHeader(CliniceaConstants.RECORD_ID, "a1")
                .withBody(Map.of("notes", "x"))
                .send();
    }

    private Exchange delete(String baseUrl) {
        return callAt(baseUrl, "documents", "operation=delete")
                .withHeader(CliniceaConstants.RECORD_ID, "d1")
                .withHeader(CliniceaConstants.PARAMETERS, Map.of("patientID", "p1"))
                .send();
    }

    private static String status(int status) {
        return "HTTP/1.1 " + status + " Of Some Kind\r\nContent-Length: 0\r\n\r\n";
    }

    private static void assertUnknown(Exchange out, RawServer server) {
        assertThat(out.getException()).isInstanceOfSatisfying(CliniceaOutcomeUnknownException.class, e -> {
            assertThat(e.getLookUp()).isEqualTo("listByPatient");
            assertThat(e.isRetryable()).isFalse();
            assertThat(e).hasMessageContaining("not sent again").hasMessageContaining("operation=listByPatient");
        });
        assertThat(server.pending()).hasSize(1);
    }

    private static void assertMayBeDone(Exchange out, RawServer server) {
        assertThat(out.getException()).isExactlyInstanceOf(CliniceaException.class);
        assertThat((CliniceaException) out.getException())
                .matches(CliniceaException::isRetryable)
                .hasMessageContaining("may have been done")
                .hasMessageContaining("not sent again");
        assertThat(server.pending()).hasSize(1);
    }

    static Stream<String> answersThatTellNothing() {
        return Stream.of(
                "",
                "HTTP/1.1 2",
                HEAD + "Content-Length: 100\r\n\r\n{\"ID\":\"a1\"",
                HEAD + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"ID\"",
                HEAD + "Content-Length: 11\r\n\r\n{\"ID\":\"a1\",",
                HEAD + "Content-Length: 20\r\n\r\n<html>Welcome</html>",
                "SSH-2.0-OpenSSH\r\n\r\n",
                status(500),
                status(502),
                status(504));
    }

    /** What a gateway in front of the server says in codes of its own. */
    @ParameterizedTest
    @ValueSource(ints = {520, 524, 599})
    void given_a_failure_that_has_no_name_when_written_then_nobody_knows(int status) throws IOException {
        try (RawServer server = RawServer.answering(status(status))) {
            assertUnknown(create(server.url(), ""), server);
        }
        try (RawServer server = RawServer.answering(status(status))) {
            assertThat(update(server.url(), "").getException()).hasMessageContaining("may have been done");
        }
    }

    @ParameterizedTest
    @MethodSource("answersThatTellNothing")
    void given_no_answer_that_tells_when_created_then_the_outcome_is_unknown_and_it_was_sent_once(String answer)
            throws IOException {
        try (RawServer server = RawServer.answering(answer)) {
            assertUnknown(create(server.url(), ""), server);
        }
    }

    @ParameterizedTest
    @MethodSource("answersThatTellNothing")
    void given_no_answer_that_tells_when_updated_or_deleted_then_the_failure_says_so_and_it_was_sent_once(String answer)
            throws IOException {
        try (RawServer server = RawServer.answering(answer)) {
            assertMayBeDone(update(server.url(), ""), server);
        }
        try (RawServer server = RawServer.answering(answer)) {
            assertMayBeDone(delete(server.url()), server);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"&responseTimeout=300", "&requestTimeout=300"})
    void given_a_server_that_does_not_answer_when_written_then_nobody_knows_and_it_was_sent_once(String timeout)
            throws IOException {
        try (RawServer server = new RawServer(out -> Thread.sleep(600_000))) {
            assertUnknown(create(server.url(), timeout), server);
        }
        try (RawServer server = new RawServer(out -> Thread.sleep(600_000))) {
            assertMayBeDone(update(server.url(), timeout), server);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 403, 404, 409, 429, 501, 503})
    void given_a_plain_refusal_when_written_then_it_is_no_doubt_and_was_sent_once(int status) throws IOException {
        try (RawServer server = RawServer.answering(status(status))) {
            assertPlain(create(server.url(), ""), status);
            assertThat(server.pending()).hasSize(1);
        }
        try (RawServer server = RawServer.answering(status(status))) {
            assertPlain(update(server.url(), ""), status);
            assertThat(server.pending()).hasSize(1);
        }
    }

    @Test
    void given_nobody_who_listens_when_written_then_it_is_known_that_nothing_was_done() throws IOException {
        String nowhere;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nowhere = "http://localhost:" + socket.getLocalPort();
        }

        assertPlain(create(nowhere, ""), 0);
        assertPlain(update(nowhere, ""), 0);
    }

    private static void assertPlain(Exchange out, int status) {
        assertThat(out.getException()).isExactlyInstanceOf(CliniceaException.class);
        assertThat((CliniceaException) out.getException())
                .hasMessageNotContaining("may have been done")
                .extracting(CliniceaException::getHttpResponseCode)
                .isEqualTo(status);
    }

    @Test
    void given_a_resource_whose_look_up_is_its_change_list_when_the_outcome_is_unknown_then_that_is_the_advice()
            throws IOException {
        try (RawServer server = RawServer.answering("")) {
            Exchange out = callAt(server.url(), "visits", "operation=create")
                    .withBody(Map.of("patid", "p1", "encdtm", "2027-03-01T09:30:00"))
                    .send();

            assertThat(out.getException())
                    .isInstanceOf(CliniceaOutcomeUnknownException.class)
                    .hasMessageContaining("operation=list");
        }
    }

    static Stream<String> notSaved() {
        return Stream.of(
                "{\"ID\":null,\"SavingErrorCode\":7}",
                "{\"ID\":\"a1\",\"SavingErrorCode\":-1}",
                "{\"SavingErrorCode\":\"7\"}",
                "{\"SavingErrorCode\":\"E1\"}",
                "{\"SavingErrorCode\":true}",
                "{\"SavingErrorCode\":{\"Code\":7}}",
                "{\"savingErrorCode\":7}",
                "{\"SavingErrorText\":\"Testa is double-booked\"}",
                "{\"SavingErrorCode\":0,\"SavingErrorText\":\"Testa is double-booked\"}",
                "{\"SavingErrorCode\":null,\"SavingErrorText\":[\"Testa is double-booked\"]}",
                "[{\"ID\":\"a1\"},{\"SavingErrorCode\":3}]",
                "{\"Data\":{\"Rows\":[{\"ID\":\"a1\",\"SavingErrorCode\":3}]}}");
    }

    @ParameterizedTest
    @MethodSource("notSaved")
    void given_a_saving_error_in_any_shape_when_written_then_it_is_a_failure_without_its_text(String body) {
        serve(json(body));

        for (Exchange out : new Exchange[] {create(clinicea.baseUrl(), ""), update(clinicea.baseUrl(), "")}) {
            assertThat(out.getException()).isExactlyInstanceOf(CliniceaException.class);
            assertThat((CliniceaException) out.getException())
                    .matches(e -> !e.isRetryable())
                    .hasMessageContaining("did not save")
                    .hasMessageNotContaining("Testa");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"SavingErrorCode\":7}",
                "{\"SavingErrorCode\":\"7\"}",
                "{\"SavingErrorText\":\"Testa is double-booked\",\"SavingErrorCode\":7}"
            })
    void given_a_saving_error_with_a_numeric_code_when_written_then_the_code_is_told(String body) {
        serve(json(body));

        assertThat(create(clinicea.baseUrl(), "").getException()).hasMessageContaining("SavingErrorCode 7");
    }

    static Stream<String> saved() {
        return Stream.of(
                "{\"ID\":\"a1\"}",
                "{\"ID\":\"a1\",\"SavingErrorCode\":0,\"SavingErrorText\":null}",
                "{\"ID\":\"a1\",\"SavingErrorCode\":\"0\",\"SavingErrorText\":\"\"}",
                "{\"ID\":\"a1\",\"SavingErrorCode\":0.0,\"SavingErrorText\":\" \"}",
                "{\"ID\":\"a1\",\"SavingErrorCode\":null}",
                "{\"ID\":\"a1\",\"SavingErrorCode\":\"None\",\"SavingErrorText\":\"None\"}",
                "{\"ID\":\"a1\",\"SavingErrorCode\":\"\"}",
                "{\"ID\":\"a1\",\"SavingErrorCode\":false,\"SavingErrorText\":[]}",
                "[{\"ID\":\"a1\",\"SavingErrorCode\":0}]");
    }

    @ParameterizedTest
    @MethodSource("saved")
    void given_a_code_that_says_nothing_when_created_then_it_is_a_success(String body) {
        serve(json(body));

        Exchange out = create(clinicea.baseUrl(), "");

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getHeader(CliniceaConstants.RECORD_ID)).isEqualTo("a1");
    }

    /** In what is read it is a field like any other. */
    @Test
    void given_a_saving_error_in_a_record_when_got_then_it_is_part_of_the_record() {
        serve(json("{\"ID\":\"p1\",\"SavingErrorCode\":7}"));

        Exchange out = call("patients", "operation=get")
                .withHeader(CliniceaConstants.RECORD_ID, "p1")
                .send();

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getBody()).isEqualTo(Map.of("ID", "p1", "SavingErrorCode", 7));
    }

    @Test
    void given_a_success_without_a_body_when_created_then_there_is_no_id() {
        serve(answer(200));

        Exchange out = create(clinicea.baseUrl(), "");

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getBody()).isNull();
        assertThat(out.getMessage().getHeader(CliniceaConstants.RECORD_ID)).isNull();
    }
}
