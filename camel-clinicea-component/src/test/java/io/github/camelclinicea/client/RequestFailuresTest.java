/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.client.http.Request;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the message of a refusal names the options that can end it. */
class RequestFailuresTest {
    private static final Credentials KEY = new ApiKey("k", List.of("api"));
    private static final Credentials LOGIN = new StaffLogin("", "user", "password");

    private static Request request(String resource, String operation) {
        return new Request(resource, operation, "GET", "/x", List.of(), null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        patients | changes | 400 | true  | syncParameter, timestampFormat and firstPage
        patients | changes | 400 | false | syncParameter, timestampFormat and firstPage
        patients | find    | 400 | true  | the arguments
        login    | getTokenByStaffUsernamePwd | 400 | false | username, password and the apiKey
        patients | changes | 401 | true  | apiKey and apiKeyHeader
        patients | changes | 401 | true  | apiKeyParameter
        patients | changes | 401 | false | username or password
        login    | getTokenByStaffUsernamePwd | 401 | false | username or password
        patients | changes | 403 | true  | apiKey
        patients | changes | 403 | false | username and password
        patients | find    | 404 | true  | path and baseUrl
        patients | find    | 404 | true  | the resource patients
        patients | find    | 405 | true  | does not take GET; check path and baseUrl
        patients | find    | 407 | true  | httpComponent
        patients | find    | 414 | true  | too large
        patients | find    | 422 | true  | does not accept the request; check the arguments
        patients | find    | 301 | true  | baseUrl
        patients | changes | 429 | true  | requestsPerSecond
        patients | changes | 503 | true  | under maintenance
        patients | changes | 504 | true  | a gateway
        patients | changes | 500 | true  | the server failed
        """)
    void given_a_refusal_when_reported_then_what_to_check_is_named(
            String resource, String operation, int status, boolean byKey, String advice) {
        assertThat(RequestFailures.refused(request(resource, operation), status, byKey ? KEY : LOGIN))
                .hasMessageStartingWith(
                        "Clinicea responded with " + status + " to " + resource + " " + operation + ": ")
                .hasMessageContaining(advice);
    }

    @Test
    void given_a_key_in_a_query_parameter_when_refused_then_the_headers_are_advised_and_not_the_parameter() {
        ApiKey inQuery = new ApiKey("k", List.of("api"), "api_key");

        assertThat(RequestFailures.refused(request("patients", "changes"), 401, inQuery))
                .hasMessageEndingWith("check apiKey and apiKeyParameter, or leave that out to send the key in headers");
    }

    @ParameterizedTest
    @ValueSource(ints = {402, 406, 409, 410, 411, 415, 418, 451, 499})
    void given_a_refusal_by_any_other_status_when_reported_then_the_server_is_not_said_to_have_failed(int status) {
        assertThat(RequestFailures.refused(request("patients", "find"), status, KEY))
                .hasMessageNotContaining("failed")
                .hasMessageNotContaining("overloaded");
    }
}
