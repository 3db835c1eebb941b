/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer;

import static io.github.camelclinicea.testing.StubClinicea.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.CliniceaOutcomeUnknownException;
import io.github.camelclinicea.testing.ClosedPort;
import io.github.camelclinicea.testing.RawServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests writes with an unknown outcome, and writes whose response says that they were not done. */
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
                // The HTTP client throws an IllegalArgumentException for this.
                "HTTP/1.1 000 X\r\n\r\n",
                status(500),
                status(502),
                status(504));
    }

    /** The HTTP client would nest a stream for each encoding until the stack overflows. */
    @ParameterizedTest
    @ValueSource(ints = {10, 5_000, 20_000})
    void given_an_answer_that_is_refused_for_its_size_when_written_then_nobody_knows_and_it_was_sent_once(int encodings)
            throws IOException {
        String answer =
                HEAD + "Content-Encoding: " + "gzip, ".repeat(encodings) + "gzip\r\nContent-Length: 2\r\n\r\n{}";
        try (RawServer server = RawServer.answering(answer)) {
            assertUnknown(create(server.url(), ""), server);
        }
        try (RawServer server = RawServer.answering(answer)) {
            assertThat(update(server.url(), "").getException()).isInstanceOfSatisfying(CliniceaException.class, e -> {
                assertThat(e.isMaybeDone()).isTrue();
                assertThat(e.isRetryable()).as("it would be as large again").isFalse();
            });
            assertThat(server.pending()).hasSize(1);
        }
    }

    /** A gateway in front of the server may use its own status codes. */
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

    /** A killed server does this: the end of its response is missing. */
    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 2", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"ID\""})
    void given_a_connection_that_is_reset_behind_a_whole_request_when_created_then_nobody_knows(String part)
            throws IOException {
        try (RawServer server = RawServer.resetting(part)) {
            assertUnknown(create(server.url(), ""), server);
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

    /** A server may respond like this after a write, to show its result. */
    @Test
    void given_a_redirect_to_see_the_outcome_elsewhere_when_written_then_nobody_knows_and_it_was_sent_once()
            throws IOException {
        String answer = "HTTP/1.1 303 See Other\r\nLocation: /appointments/a1\r\nContent-Length: 0\r\n\r\n";
        try (RawServer server = RawServer.answering(answer)) {
            assertUnknown(create(server.url(), ""), server);
        }
        try (RawServer server = RawServer.answering(answer)) {
            assertThat(update(server.url(), "").getException())
                    .hasMessageContaining("may have been done")
                    .isInstanceOfSatisfying(
                            CliniceaException.class,
                            e -> assertThat(e.isMaybeDone()).isTrue());
            assertThat(server.pending()).hasSize(1);
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
        try (ClosedPort nowhere = new ClosedPort()) {
            assertPlain(create(nowhere.url(), ""), 0);
            assertPlain(update(nowhere.url(), ""), 0);
        }
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
                "{\"ID\":\"a1\",\"saving_error_code\":7}",
                "{\"SavingErrorCode\":{\"Code\":7}}",
                "{\"savingErrorCode\":7}",
                "{\"SavingErrorCode\":7,\"SavingErrorText\":\"Testa is double-booked\"}",
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
                    .matches(e -> !e.isRetryable() && !e.isMaybeDone())
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
                "{\"ID\":\"a1\",\"SavingErrorCode\":0,\"SavingErrorText\":\"Testa is booked\"}",
                "{\"ID\":\"a1\",\"SavingErrorText\":\"Success\"}",
                "{\"ID\":\"a1\",\"SavingErrorCode\":\"OK\"}",
                "{\"ID\":\"a1\",\"Message\":\"a field of the record\",\"Success\":true}",
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

    /** In a record that is read, it is a field like any other. */
    @Test
    void given_a_saving_error_in_a_record_when_got_then_it_is_part_of_the_record() {
        serve(json("{\"ID\":\"p1\",\"SavingErrorCode\":7}"));

        Exchange out = call("patients", "operation=get")
                .withHeader(CliniceaConstants.RECORD_ID, "p1")
                .send();

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getBody()).isEqualTo(Map.of("ID", "p1", "SavingErrorCode", 7));
    }

    /** A server may close an unused connection without notice. */
    @Test
    void given_a_connection_that_the_server_has_closed_since_when_created_then_it_goes_on_another() throws IOException {
        String body = "{\"ID\":\"a1\"}";
        String kept = HEAD + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        try (RawServer server = RawServer.answering(kept, kept, kept)) {
            assertThat(update(server.url(), "").getException()).isNull();
            assertThat(create(server.url(), "").getException()).isNull();
            assertThat(create(server.url(), "").getException()).isNull();
            assertThat(server.pending()).hasSize(3);
        }
    }

    /** Is a class that cannot be bound to a response. The error must not look as if no request was sent. */
    public static final class Brittle {
        static {
            if (true) {
                throw new IllegalStateException("Testa");
            }
        }

        public String name;
    }

    @Test
    void given_a_body_type_that_fails_with_an_error_when_written_then_it_may_have_been_done() {
        serve(json("{\"ID\":\"a1\",\"name\":\"x\"}"));

        for (String operation : new String[] {"create", "update"}) {
            Exchange out = callAt(
                            clinicea.baseUrl(),
                            "appointments",
                            "operation=" + operation + "&bodyType=" + Brittle.class.getName())
                    .withHeader(CliniceaConstants.RECORD_ID, "a1")
                    .withBody(Map.of("patientID", "p1", "appointmentDateTime", "2027-03-01T09:30:00"))
                    .send();

            assertThat(out.getException())
                    .isInstanceOfSatisfying(
                            CliniceaException.class,
                            e -> assertThat(e.isMaybeDone()).isTrue())
                    .hasMessageNotContaining("Testa");
        }
    }

    /** Returns responses that confirm no write. */
    static Stream<String> noSuccess() {
        return Stream.of(
                "{\"Message\":\"An error has occurred, Testa.\"}",
                "[{\"Message\":\"An error has occurred, Testa.\"}]",
                "{\"message\":\"Testa\",\"ExceptionMessage\":\"Testa\",\"StackTrace\":null}",
                "{\"error\":{\"code\":7}}",
                "{\"success\":false,\"reason\":\"Testa is double-booked\"}",
                "{\"ID\":\"a1\",\"Success\":\"False\"}",
                "{\"SavingErrorText\":\"Testa is double-booked\"}",
                "{\"SavingErrorCode\":null,\"SavingErrorText\":[\"Testa is double-booked\"]}",
                "{\"Data\":{\"Rows\":[{\"SavingErrorText\":\"Testa is double-booked\"}]}}",
                "{\"ID\":\"00000000-0000-0000-0000-000000000000\"}",
                "{\"ID\":\" \"}",
                "{\"ID\":\"NULL\"}",
                "{\"ID\":\"undefined\"}",
                "{\"ID\":0.0}",
                "{\"ID\":\"(00000000-0000-0000-0000-000000000000) \"}",
                "{\"ID\":\"a1\",\"Success\":\"no\"}",
                "{\"ID\":\"a1\",\"IsSuccessful\":false}",
                "{\"Data\":{\"Success\":false,\"Text\":\"Testa\"}}",
                "{\"Result\":{\"Message\":\"Testa\"}}",
                "{\"Data\":[{\"Errors\":[\"Testa\"]}]}",
                "{\"ID\":\"a1\",\"Error\":\"Slot not available, Testa\"}",
                "{\"ID\":\"a1\",\"ErrorMessage\":\"Testa\"}",
                "{\"ID\":\"a1\",\"Errors\":[\"Testa\"]}",
                "{\"ID\":\"a1\",\"errorCode\":7}",
                "{\"ID\":\"a1\",\"Exception\":{\"Text\":\"Testa\"}}",
                "{\"ID\":\"a1\",\"HasError\":true}",
                "{\"ID\":\"a1\",\"IsError\":\"True\"}",
                "{\"ID\":\"a1\",\"Status\":\"Error\"}",
                "{\"ID\":\"a1\",\"error_message\":\"Slot not available, Testa\"}",
                "{\"ID\":\"a1\",\"Error-Code\":7}",
                "{\"ID\":\"a1\",\"ErrorMsg\":\"Testa\"}",
                "{\"ID\":\"a1\",\"ErrorList\":[\"Testa\"]}",
                "{\"ID\":\"a1\",\"ValidationErrors\":[\"Testa\"]}",
                "{\"ID\":\"a1\",\"odata.error\":{\"code\":\"7\"}}",
                "{\"ID\":\"a1\",\"is_success\":false}",
                "{\"ID\":\"a1\",\"IsSaved\":false}",
                "{\"UpdateAppointmentResult\":false}",
                "{\"d\":false}",
                "{\"Result\":\"Failed\",\"Reason\":\"Testa\"}",
                "{\"data\":{\"appointment\":{\"userErrors\":[{\"message\":\"Testa\"}],\"node\":null}}}",
                "{\"soap:Fault\":{\"faultcode\":\"Testa\"},\"@xmlns\":\"x\"}",
                "{\"Envelope\":{\"Header\":{},\"Body\":{\"Fault\":{\"Code\":\"Testa\"}}}}",
                "{\"ID\":\"a1\",\"Result\":{\"Success\":false}}",
                "{\"ID\":\"a1\",\"Response\":{\"Error\":\"Testa\"}}",
                "{\"Data\":null,\"Result\":{\"Success\":false}}",
                "{\"type\":\"about:blank\",\"title\":\"Testa\",\"status\":400,\"detail\":\"Testa\"}",
                "{\"StatusCode\":\"500\",\"Text\":\"Testa\"}",
                "{\"fault\":{\"faultstring\":\"Testa\"}}",
                "{\"error_description\":\"Testa\"}",
                "{\"errorCode\":7}",
                "{\"Status\":false}",
                "{\"status\":\"fail\",\"data\":{\"slot\":\"Testa\"}}",
                "{\"Status\":\"Failed\"}",
                "[[\"Slot not available, Testa\"]]",
                "-1.5",
                "0.0",
                "{\"ID\":0}",
                "{\"ID\":-1}",
                "false",
                "\"false\"",
                "0",
                "\"Slot not available, Testa\"",
                "[\"Slot not available, Testa\"]",
                "Slot not available, Testa");
    }

    /** Returns responses that confirm no create: only the new record does. */
    static Stream<String> noNewRecord() {
        return Stream.concat(
                noSuccess(),
                Stream.of(
                        "",
                        " ",
                        "null",
                        "[]",
                        "[null]",
                        "{}",
                        "true",
                        "1",
                        "\"Saved\"",
                        "\"3f2504e0-4f89-11d3-9a0c-0305e82c3301\"",
                        "{\"ID\":null}",
                        "{\"ID\":\"\",\"Status\":\"Booked\"}",
                        "{\"Status\":\"Booked\"}",
                        "{\"Data\":{\"ID\":\"a1\"}}",
                        "{\"SavingErrorCode\":0,\"SavingErrorText\":\"Testa is double-booked\"}",
                        "[{\"ID\":\"a1\"},{\"ID\":\"a2\"}]"));
    }

    @ParameterizedTest
    @MethodSource("noNewRecord")
    void given_200_without_a_new_record_when_created_then_the_outcome_is_unknown_and_its_text_at_hand(String body)
            throws IOException {
        try (RawServer server = RawServer.answering(RawServer.json(body))) {
            Exchange out = create(server.url(), "");

            assertUnknown(out, server);
            CliniceaException e = (CliniceaException) out.getException();
            assertThat(e).hasMessageNotContaining("Testa").hasMessageNotContaining("Slot");
            assertThat(e.getHttpResponseCode()).isEqualTo(200);
            assertThat(e.getResponseText()).isEqualTo(body);
        }
    }

    /** These statuses mean accepted for later, a part of the content, or several outcomes. */
    @ParameterizedTest
    @ValueSource(ints = {202, 206, 207, 208, 226})
    void given_a_status_of_success_that_is_not_that_of_a_call_that_was_done_when_written_then_nobody_knows(int status)
            throws IOException {
        String answer = RawServer.json("{\"ID\":\"a1\"}").replace("200 OK", status + " X");
        try (RawServer server = RawServer.answering(answer)) {
            assertUnknown(create(server.url(), ""), server);
        }
        try (RawServer server = RawServer.answering(answer)) {
            assertMayBeDone(update(server.url(), ""), server);
        }
    }

    @Test
    void given_204_when_created_then_the_outcome_is_unknown() throws IOException {
        try (RawServer server = RawServer.answering(RawServer.NO_CONTENT)) {
            assertUnknown(create(server.url(), ""), server);
        }
    }

    @ParameterizedTest
    @MethodSource("noSuccess")
    void given_200_that_is_no_success_when_updated_or_deleted_then_it_may_have_been_done(String body)
            throws IOException {
        for (boolean deletes : new boolean[] {false, true}) {
            try (RawServer server = RawServer.answering(RawServer.json(body))) {
                Exchange out = deletes ? delete(server.url()) : update(server.url(), "");

                assertMayBeDone(out, server);
                CliniceaException e = (CliniceaException) out.getException();
                assertThat(e.isMaybeDone()).isTrue();
                assertThat(e).hasMessageNotContaining("Testa").hasMessageNotContaining("Slot");
                assertThat(e.getResponseText()).isEqualTo(body);
            }
        }
    }

    /** A server or proxy may have confused two responses, so this one does not confirm the update. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"ID\":\"a2\"}", "[{\"ID\":\"a2\",\"Success\":true}]"})
    void given_another_record_when_updated_then_it_may_have_been_done_and_the_id_stays(String body) throws IOException {
        try (RawServer server = RawServer.answering(RawServer.json(body))) {
            Exchange out = update(server.url(), "");

            assertMayBeDone(out, server);
            assertThat(out.getMessage().getHeader(CliniceaConstants.RECORD_ID)).isEqualTo("a1");
        }
    }

    /** A server may respond to a delete with the record that the deleted one belonged to. */
    @Test
    void given_another_record_when_deleted_then_the_id_stays_that_of_the_deleted_one() {
        serve(json("{\"ID\":\"p1\"}"));

        Exchange out = delete(clinicea.baseUrl());

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getHeader(CliniceaConstants.RECORD_ID)).isEqualTo("d1");
    }

    @Test
    void given_null_in_place_of_the_record_when_updated_then_it_may_have_been_done() throws IOException {
        try (RawServer server = RawServer.answering(RawServer.json("null"))) {
            assertMayBeDone(update(server.url(), ""), server);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "true",
                "1",
                "\"\"",
                "OK",
                "\"Saved.\"",
                "[]",
                "{}",
                "{\"ID\":\"a1\",\"Message\":\"a field of the record\"}",
                "{\"error\":null,\"Message\":\"\",\"success\":true}",
                "{\"ID\":\"a1\",\"HasError\":false,\"Error\":null,\"ErrorCode\":0,\"Errors\":[],\"Result\":{\"Success\":true}}",
                "{\"ID\":\"a1\",\"Status\":false,\"StatusCode\":500}",
                "{\"ID\":\"a1\",\"Status\":\"Failed\",\"Doctor\":{\"Error\":\"a field of the doctor\"}}",
                "{\"Status\":true}",
                "{\"UpdateAppointmentResult\":true}",
                "{\"Result\":0}",
                "{\"ID\":\"a1\",\"RefractiveError\":\"-2.5\",\"LabResult\":false,\"error_code\":0}",
                "{\"status\":200}",
                "{\"title\":\"Ms\",\"status\":3}",
                "{\"Status\":\"Success\",\"Data\":{\"ID\":\"a1\"}}",
                "{\"SavingErrorCode\":0,\"SavingErrorText\":\"Testa is booked\"}",
                "[{\"ID\":\"a1\"},{\"ID\":\"a2\"}]"
            })
    void given_200_that_says_nothing_against_it_when_updated_or_deleted_then_it_is_a_success(String body)
            throws IOException {
        try (RawServer server = RawServer.answering(RawServer.json(body), RawServer.json(body))) {
            assertThat(update(server.url(), "").getException()).isNull();
            assertThat(delete(server.url()).getException()).isNull();
        }
    }

    @Test
    void given_a_delete_when_answered_with_null_then_it_is_a_success() {
        serve(json("null"));

        assertThat(delete(clinicea.baseUrl()).getException()).isNull();
    }

    /** Only the user may know the field with the id of the new record. */
    @Test
    void given_an_id_in_another_field_when_created_then_the_error_names_the_option_by_which_it_is_a_success() {
        serve(json("{\"AppointmentNo\":\"a1\"}"));

        assertThat(create(clinicea.baseUrl(), "").getException()).hasMessageContaining("idField");
        Exchange out = create(clinicea.baseUrl(), "&idField=AppointmentNo");
        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getHeader(CliniceaConstants.RECORD_ID)).isEqualTo("a1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Message\":\"An error has occurred, Testa.\"}",
                "[{\"Message\":\"An error has occurred, Testa.\"}]",
                "{\"success\":false}",
                "{\"title\":\"Testa\",\"status\":404}",
                "{\"fault\":{\"faultstring\":\"Testa\"}}",
                "{\"errorCode\":7}",
                "{\"Status\":false}",
                "{\"Data\":{\"ID\":\"p1\"}}",
                "{\"@odata.context\":\"x\",\"value\":[{\"ID\":\"p1\"}]}",
                "{\"Status\":\"Success\",\"Data\":[{\"ID\":\"p1\"}],\"Page\":0}",
                "\"search unsuccessful, Testa\"",
                "false",
                "1",
                "[{\"ID\":\"p1\"},{\"ID\":\"p2\"}]"
            })
    void given_an_error_in_place_of_the_record_when_got_then_it_is_a_failure_and_no_patient(String body) {
        serve(json(body));

        Exchange out = call("patients", "operation=get&maxRetries=0")
                .withHeader(CliniceaConstants.RECORD_ID, "p1")
                .send();

        assertThat(out.getException())
                .isExactlyInstanceOf(CliniceaException.class)
                .hasMessageContaining("patients getPatientByID")
                .hasMessageNotContaining("Testa");
        assertThat(((CliniceaException) out.getException()).isMaybeDone()).isFalse();
    }

    /** To a reader, a value next to an id is a field of the record. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ID\":\"p1\",\"Error\":\"x\",\"Status\":\"Error\",\"HasError\":true}",
                "{\"PatientName\":\"a record whose id is in no field that is known\",\"Doctor\":{\"ID\":\"d1\"}}"
            })
    void given_a_record_with_fields_that_look_like_an_error_when_got_then_it_is_the_record(String body) {
        serve(json(body));

        Exchange out = call("patients", "operation=get&maxRetries=0")
                .withHeader(CliniceaConstants.RECORD_ID, "p1")
                .send();

        assertThat(out.getException()).isNull();
    }

    /** The body is only a part of the content, or a notice that it will follow. */
    @ParameterizedTest
    @ValueSource(ints = {202, 206, 207, 208, 226})
    void given_a_status_of_success_that_is_not_the_whole_when_read_then_it_is_a_failure_and_asked_for_again(int status)
            throws IOException {
        String part = RawServer.json("[{\"ID\":\"p1\"}]").replace("200 OK", status + " X");
        String whole = RawServer.json("[{\"ID\":\"p1\"},{\"ID\":\"p2\"}]");
        try (RawServer server = RawServer.answering(part, whole)) {
            Exchange out = callAt(server.url(), "patients", "operation=findByMobile")
                    .withHeader(CliniceaConstants.PARAMETERS, Map.of("searchText", "555-0100", "searchOption", "+1"))
                    .send();

            assertThat(out.getException()).isNull();
            assertThat((List<?>) out.getMessage().getBody(List.class)).hasSize(2);
        }
        try (RawServer server = RawServer.answering(part, part, part)) {
            Exchange out = callAt(server.url(), "patients", "operation=list&maxRetries=0")
                    .send();

            assertThat(out.getException())
                    .isInstanceOfSatisfying(
                            CliniceaException.class,
                            e -> assertThat(e.getHttpResponseCode()).isEqualTo(status))
                    .hasMessageContaining(Integer.toString(status));
        }
    }

    @Test
    void given_an_error_in_place_of_the_record_once_when_got_then_it_is_asked_for_again() throws IOException {
        String error = RawServer.json("{\"Message\":\"An error has occurred.\"}");
        try (RawServer server = RawServer.answering(error, RawServer.json("{\"ID\":\"p1\"}"))) {
            Exchange out = callAt(server.url(), "patients", "operation=get")
                    .withHeader(CliniceaConstants.RECORD_ID, "p1")
                    .send();

            assertThat(out.getException()).isNull();
            assertThat(out.getMessage().getBody()).isEqualTo(Map.of("ID", "p1"));
        }
    }
}
