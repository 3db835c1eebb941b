/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The staff login is asked with and without the organisation's key, once each. */
class LoginQuestionsTest {
    @TempDir
    Path directory;

    @Test
    void given_a_login_that_needs_the_key_when_probed_then_both_ways_are_reported() throws Exception {
        try (ScriptedServer server = new ScriptedServer(exchange -> {
            String target = exchange.getRequestURI().toString();
            boolean login = target.startsWith(LoginQuestions.PATH);
            boolean right = login ? target.contains("apiKey=key-SECRET&") : target.contains("api_key=token-SECRET");
            ScriptedServer.send(
                    exchange,
                    right ? 200 : 401,
                    !right ? "" : login ? "\"token-SECRET\"" : ScriptedServer.page("PatientID", 0, 40));
        })) {
            ProbeRun run = ProbeRun.of(
                    directory,
                    "--base-url=" + server.baseUrl(),
                    "--resource=patients",
                    "--api-key=key-SECRET",
                    "--username=user-SECRET",
                    "--password=word-SECRET");

            assertThat(run.seen("staff login", "with the organisation's key")).isEqualTo("accepted");
            assertThat(run.seen("staff login", "without the organisation's key"))
                    .isEqualTo("refused (401)");
            assertThat(run.seen("API v1", "key in header api")).isEqualTo("refused (401)");
            assertThat(run.seen("API v1", "token of the staff login")).isEqualTo("accepted");
            assertThat(run.option("API v1", "token of the staff login")).isEqualTo("username, password");
            assertThat(run.uris())
                    .singleElement()
                    .asString()
                    .startsWith(
                            "clinicea:patients?username=RAW({{clinicea.username}})&password=RAW({{clinicea.password}})"
                                    + "&apiKey=RAW({{clinicea.api-key}})");
            assertThat(server.asked().stream().filter(target -> target.contains("pwd=")))
                    .hasSize(2);
            assertThat(run.everything()).doesNotContain("SECRET");
        }
    }
}
