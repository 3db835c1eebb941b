/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.github.camelclinicea.testing.StubClinicea.answer;
import static io.github.camelclinicea.testing.StubClinicea.json;
import static io.github.camelclinicea.testing.StubClinicea.patient;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.github.camelclinicea.CliniceaComponent;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.testing.ClosedPort;
import io.github.camelclinicea.testing.StubClinicea;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.FluentProducerTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what an exception says of the text of the server's response. */
class ServerMessageTest extends ProducerTestBase {
    private static final String LOGIN = "/api/v2/login/getTokenByStaffUsernamePwd";
    private static final String SHOWN = "&serverMessageInException=true";

    private CliniceaException create(String options) {
        return failure(call("appointments", "operation=create" + options)
                .withBody(Map.of("patientID", "p1", "appointmentDateTime", "2027-03-01T09:30:00")));
    }

    private CliniceaException get(String options) {
        return failure(
                call("patients", "operation=get&maxRetries=0" + options).withHeader(CliniceaConstants.RECORD_ID, "p1"));
    }

    private CliniceaException list() {
        return failure(call("patients", "operation=list&maxRetries=0"));
    }

    private CliniceaException failure(FluentProducerTemplate request) {
        Exchange out = request.send();
        assertThat(out.getException()).isInstanceOf(CliniceaException.class);
        return (CliniceaException) out.getException();
    }

    private CliniceaException logIn(ResponseDefinitionBuilder answer, String options) {
        clinicea.server().stubFor(any(urlPathEqualTo(LOGIN)).willReturn(answer));
        return failure(camel.createFluentProducerTemplate()
                .to("clinicea:patients?operation=get&maxRetries=0&username=doctor&password=RAW(pa55 w&rd)&baseUrl="
                        + clinicea.baseUrl() + options)
                .withHeader(CliniceaConstants.RECORD_ID, "p1"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Hour is taken                                                      | Hour is taken
        "Hour is taken"                                                    | Hour is taken
        {"Message":"Hour is taken"}                                        | Hour is taken
        {"message":"Bad","ExceptionMessage":"Hour","StackTrace":"at X.Y"}  | Bad; Hour
        {"Message":"Bad","ModelState":{"request.date":["Too late","Old"]}} | Bad; Too late; Old
        {"error":{"code":"E17","message":"Hour is taken"}}                 | Hour is taken
        {"errors":[{"code":"E17","description":"Hour"},{"text":"Taken"}]}  | Hour; Taken
        {"type":"about:blank","title":"Bad","status":400,"detail":"Hour"}  | Bad; Hour
        {"error":"invalid_request","error_description":"Hour is taken"}    | invalid_request; Hour is taken
        {"SavingErrorCode":17,"SavingErrorText":"Hour is taken"}           | Hour is taken
        {"d":{"SavingErrorText":"Hour is taken"},"Message":"Bad"}          | Hour is taken
        [{"Message":"Hour is taken"}]                                      | Hour is taken
        {"Hour":"taken"}                                                   | {"Hour":"taken"}
        {"Message":"Hour                                                   | {"Message":"Hour
        <html><h1>Bad</h1></html>                                          | <html><h1>Bad</h1></html>
        """)
    void given_a_refusal_when_written_read_or_listed_then_the_servers_own_message_is_there_and_not_in_the_message(
            String body, String message) {
        serve(answer(400).withBody(body));

        assertThat(Stream.of(create(""), get(""), list())).allSatisfy(e -> {
            assertThat(e.getServerMessage()).isEqualTo(message);
            assertThat(e.getMessage()).doesNotContain("Hour").doesNotContain("aken");
            assertThat(e.toString()).doesNotContain("Hour").doesNotContain("aken");
            assertThat(e.getResponseText()).as("as before").isNull();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", "\"\""})
    void given_a_refusal_without_words_when_read_then_there_is_no_message_and_nothing_is_added(String body) {
        serve(answer(400).withBody(body));

        CliniceaException failure = get(SHOWN);

        assertThat(failure.getServerMessage()).isNull();
        assertThat(failure).hasMessageNotContaining("server's message");
    }

    @Test
    void given_no_response_when_read_then_there_is_no_message() throws IOException {
        try (ClosedPort closed = new ClosedPort(0)) {
            CliniceaException failure = failure(callAt(closed.url(), "patients", "operation=get&maxRetries=0" + SHOWN)
                    .withHeader(CliniceaConstants.RECORD_ID, "p1"));

            assertThat(failure.getServerMessage()).isNull();
            assertThat(failure).hasMessageStartingWith("No response");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", textBlock = """
        {"SavingErrorCode":17}                          | 17
        {"SavingErrorCode":"-3"}                        | -3
        {"Data":[{"saving_error_code":17}]}             | 17
        {"SavingErrorCode":"Ms. Testa has debts"}       | null
        """)
    void given_a_saving_error_when_written_then_its_code_is_there_if_it_is_a_number(String body, Integer code) {
        serve(json(body));

        CliniceaException failure = create("");

        assertThat(failure.getSavingErrorCode()).isEqualTo(code);
        assertThat(failure.getServerMessage()).isEqualTo(body);
        assertThat(failure.getResponseText()).isEqualTo(body);
        assertThat(failure).hasMessageNotContaining("Testa");
    }

    @Test
    void given_a_write_whose_response_may_be_the_record_when_it_is_not_confirmed_then_all_of_the_response_is_there() {
        String body = "{\"Title\":\"Ms.\",\"Number\":\"17\"}";
        serve(json(body));

        assertThat(create("").getServerMessage()).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"PatientID\":\"p1\",\"Name\":\"Testa",
                "[{\"PatientID\":\"p2\",\"Name\":NaN}]",
                "{\"rows\":[{\"PatientID\":\"p1\",\"Message\":\"Testa\"}]}",
                "{\"PatientID\":\"p2\",\"Message\":\"Testa\"}",
                "Testa"
            })
    void given_a_success_that_may_be_records_when_it_cannot_be_read_then_none_of_it_is_there(String body) {
        serve(json(body));

        assertThat(list().getServerMessage()).isNull();
        assertThat(get("").getServerMessage()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"Message":"The licence has expired"}   | The licence has expired
        [{"Message":"The licence has expired"}] | The licence has expired
        The licence has expired                 | The licence has expired
        "The licence has expired"               | The licence has expired
        <html>The licence has expired</html>    | <html>The licence has expired</html>
        """)
    void given_a_success_that_is_an_error_when_listed_then_its_message_is_there(String body, String message) {
        serve(json(body));

        assertThat(list().getServerMessage()).isEqualTo(message);
    }

    // ---- its length

    @Test
    void given_a_long_text_when_read_then_it_is_cut_and_no_character_is_halved() {
        serve(answer(400).withBody("a".repeat(1_999) + "\ud83d\ude00" + "b".repeat(100_000)));
        assertThat(get("").getServerMessage()).isEqualTo("a".repeat(1_999));

        serve(answer(400).withBody("{\"Message\":\"" + "a".repeat(3_000) + "\"}"));
        assertThat(get("").getServerMessage()).isEqualTo("a".repeat(2_000));
    }

    @ParameterizedTest
    @ValueSource(ints = {1_985, 1_995, 65_520, 65_530})
    void given_a_long_text_when_its_cut_goes_through_the_key_then_no_part_of_the_key_is_there(int before) {
        serve(answer(400).withBody(" ".repeat(before) + StubClinicea.API_KEY + "b".repeat(100_000)));

        assertThat(String.valueOf(get("").getServerMessage())).doesNotContain("a-k");
    }

    // ---- in the message of the exception

    @Test
    void given_the_option_when_a_request_fails_then_the_message_ends_with_the_servers_in_one_line() {
        serve(answer(400).withBody("Hour\r\nis\ttaken\u0007\u202e\u2028!"));

        CliniceaException failure = create(SHOWN);

        assertThat(failure.getMessage())
                .startsWith("Clinicea responded with 400 to appointments createAppointment: ")
                .endsWith("The server's message: Hour  is taken   !");
        assertThat(failure.toString()).endsWith(failure.getMessage());
        assertThat(failure.getServerMessage()).isEqualTo("Hour\r\nis\ttaken\u0007\u202e\u2028!");
    }

    @Test
    void given_the_option_on_the_component_when_requests_fail_then_an_endpoint_can_still_switch_it_off() {
        camel.getComponent("clinicea", CliniceaComponent.class)
                .getConfiguration()
                .setServerMessageInException(true);
        serve(answer(400).withBody("Hour is taken"));

        assertThat(create("")).hasMessageContaining("Hour is taken");
        assertThat(create("&serverMessageInException=false")).hasMessageNotContaining("Hour is taken");
    }

    @Test
    void given_a_route_when_a_request_fails_then_simple_can_read_the_servers_message() {
        serve(answer(400).withBody("Hour is taken"));
        Exchange out = call("patients", "operation=get")
                .withHeader(CliniceaConstants.RECORD_ID, "p1")
                .send();

        assertThat(camel.resolveLanguage("simple")
                        .createExpression("${exception.serverMessage}")
                        .evaluate(out, String.class))
                .isEqualTo("Hour is taken");
    }

    // ---- the login

    @Test
    void given_a_refused_login_when_it_is_shared_then_each_endpoint_shows_its_message_as_its_own_option_says() {
        ResponseDefinitionBuilder refusal = answer(401).withBody("{\"Message\":\"Account of doctor is locked\"}");

        CliniceaException hidden = logIn(refusal, "");
        CliniceaException shown = logIn(refusal, SHOWN);

        assertThat(hidden.getServerMessage()).isEqualTo("Account of xxxxxx is locked");
        assertThat(hidden).hasMessageNotContaining("is locked");
        assertThat(shown).hasMessageEndingWith("Account of xxxxxx is locked");
        assertThat(clinicea.requests(LOGIN)).as("one refusal for both").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"Token\":\"t0ken-t0ken\"}", "t0ken-t0ken", "[\"t0ken-t0ken\"]"})
    void given_a_login_whose_token_is_not_where_it_belongs_when_it_fails_then_the_token_is_nowhere(String body) {
        CliniceaException failure = logIn(json(body), SHOWN);

        assertThat(failure.getServerMessage()).isNull();
        assertThat(failure.getResponseText()).isNull();
        assertThat(failure).hasMessageNotContaining("t0ken");
    }

    @Test
    void given_a_login_that_succeeds_without_a_token_when_it_fails_then_the_servers_message_is_there() {
        assertThat(logIn(json("{\"Message\":\"No such user\"}"), "").getServerMessage())
                .isEqualTo("No such user");
    }

    // ---- credentials that the server echoes

    static Stream<String> echoes() {
        String key = "a/Key+w&th=\"<'\\%";
        byte[] utf8 = key.getBytes(StandardCharsets.UTF_8);
        String once = URLEncoder.encode(key, StandardCharsets.UTF_8);
        String all = HexFormat.of().withPrefix("%").formatHex(utf8);
        return Stream.of(
                key,
                key.toUpperCase(),
                once,
                once.toLowerCase(),
                all,
                URLEncoder.encode(once, StandardCharsets.UTF_8),
                key.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace("\"", "&quot;")
                        .replace("'", "&#39;"),
                key.replace("&", "&#x26;").replace("<", "&#060;"),
                key.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/"),
                key.replace("<", "\\u003c").replace("&", "\\u0026").replace("\\%", "\\\\%"),
                Base64.getEncoder().encodeToString(utf8),
                Base64.getUrlEncoder().withoutPadding().encodeToString(utf8),
                Base64.getEncoder().encodeToString(("u:" + key + ":").getBytes(StandardCharsets.UTF_8)),
                HexFormat.of().formatHex(utf8),
                HexFormat.of().withUpperCase().formatHex(utf8));
    }

    @ParameterizedTest
    @MethodSource("echoes")
    void given_a_server_that_echoes_the_key_when_it_refuses_then_the_key_is_masked_in_every_encoding(String echo) {
        serve(answer(401).withBody("Key [" + echo + "] is unknown"));

        CliniceaException failure = failure(camel.createFluentProducerTemplate()
                .to("clinicea:patients?operation=get&apiKey=RAW(a/Key+w&th=\"<'\\%)&baseUrl=" + clinicea.baseUrl()
                        + SHOWN)
                .withHeader(CliniceaConstants.RECORD_ID, "p1"));

        assertThat(failure.getServerMessage())
                .matches("Key \\[[\\w=]{0,4}xxxxxx[\\w=]{0,4}] is unknown")
                .doesNotContain(echo);
        assertThat(failure.getMessage()).endsWith(failure.getServerMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE"})
    void given_a_server_that_echoes_the_key_in_another_charset_when_it_refuses_then_it_is_masked(String charset) {
        serve(answer(401).withBody(("Key " + StubClinicea.API_KEY + " is unknown").getBytes(Charset.forName(charset))));

        assertThat(get(SHOWN)).hasMessageEndingWith("The server's message: Key xxxxxx is unknown");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 3_000})
    void given_a_server_that_echoes_a_very_long_key_when_it_refuses_then_none_of_it_is_there(int length) {
        String key = "k".repeat(length);
        serve(answer(401).withBody("Key " + key + " is unknown"));

        CliniceaException failure = failure(camel.createFluentProducerTemplate()
                .to("clinicea:patients?operation=get&baseUrl=" + clinicea.baseUrl() + SHOWN + "&apiKey=" + key)
                .withHeader(CliniceaConstants.RECORD_ID, "p1"));

        assertThat(failure.getHttpResponseCode()).isEqualTo(401);
        assertThat(failure.getServerMessage()).isIn("Key xxxxxx is unknown", null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "xx", "u0", "25", "a"})
    void given_a_very_short_password_when_its_login_is_refused_then_the_text_is_masked_once(String password) {
        clinicea.server()
                .stubFor(any(urlPathEqualTo(LOGIN)).willReturn(answer(401).withBody("(" + password + ")")));

        assertThat(failure(camel.createFluentProducerTemplate()
                                .to("clinicea:patients?operation=get&username=doctor&password=" + password + "&baseUrl="
                                        + clinicea.baseUrl())
                                .withHeader(CliniceaConstants.RECORD_ID, "p1"))
                        .getServerMessage())
                .isEqualTo("(xxxxxx)");
    }

    @Test
    void given_a_server_that_echoes_the_login_and_the_token_when_it_refuses_then_both_are_masked() {
        clinicea.server().stubFor(any(urlPathEqualTo(LOGIN)).willReturn(json("\"t0ken-t0ken\"")));
        serve(answer(403).withBody("?api_key=t0ken-t0ken of doctor/pa55+w%26rd"));

        CliniceaException failure = logIn(json("\"t0ken-t0ken\""), SHOWN);

        assertThat(failure.getServerMessage()).isEqualTo("?api_key=xxxxxx of xxxxxx/xxxxxx");
    }

    @Test
    void given_a_page_that_is_no_list_when_listed_then_the_option_shows_no_row() {
        serve(json("{\"value\":[" + patient("p1", "Added", "2026-01-01T00:00:00") + "]}"));

        assertThat(failure(call("patients", "operation=list&maxRetries=0" + SHOWN)))
                .hasMessageNotContaining("Testa")
                .hasMessageNotContaining("server's message");
    }
}
