/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.cli.CliniceaCli;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxCommandTest {
    private final StringWriter printed = new StringWriter();
    private final StringWriter errors = new StringWriter();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        thread.shutdownNow();
    }

    private int run(String... options) {
        String[] line = new String[options.length + 1];
        line[0] = "sandbox";
        System.arraycopy(options, 0, line, 1, options.length);
        return CliniceaCli.commandLine()
                .setOut(new PrintWriter(printed))
                .setErr(new PrintWriter(errors))
                .execute(line);
    }

    private Future<Integer> start(String... options) {
        Future<Integer> running = thread.submit(() -> run(options));
        await().atMost(Duration.ofSeconds(30)).until(() -> printed.toString().contains("Stop it with Ctrl-C.\n"));
        return running;
    }

    private String printedAfter(String label) {
        Matcher value = Pattern.compile(label + " +(\\S+)").matcher(printed.toString());
        assertThat(value.find()).as(printed.toString()).isTrue();
        return value.group(1);
    }

    private HttpResponse<String> patients() throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(printedAfter("base URL")
                                + "/api/v1/patients?lastSyncDate=2000-01-01T00:00:00&intPageNo=0"))
                        .header("api_key", printedAfter("API key"))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void given_a_sandbox_when_run_then_it_prints_its_account_and_serves_until_interrupted() throws Exception {
        Future<Integer> running = start("--patients=7", "--appointments=1", "--bills=1", "--api-key=my-key");

        assertThat(patients().body()).contains("Sandbox-0007").doesNotContain("Sandbox-0008");
        String account = " --base-url=" + printedAfter("base URL") + " --api-key=my-key\n";
        assertThat(printed.toString())
                .contains("java -jar clinicea.jar mirror" + account)
                .contains("java -jar clinicea.jar probe" + account);
        thread.shutdownNow();
        await().until(running::isDone);
    }

    @Test
    void given_changes_per_minute_when_run_then_records_change() throws Exception {
        start("--patients=5", "--appointments=5", "--bills=5", "--changes-per-minute=6000");
        String before = patients().body();

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(patients().body()).isNotEqualTo(before));
    }

    @Test
    void given_a_fault_when_run_then_it_is_on_until_it_is_switched_off_as_printed() throws Exception {
        start("--patients=5", "--faults=DOWN,slow");
        assertThat(patients().statusCode()).isEqualTo(503);
        Matcher off =
                Pattern.compile("Fault DOWN is on.*\n +curl -X DELETE (\\S+)").matcher(printed.toString());
        assertThat(off.find()).isTrue();

        http.send(HttpRequest.newBuilder(URI.create(off.group(1))).DELETE().build(), BodyHandlers.discarding());

        assertThat(patients().statusCode()).isEqualTo(200);
    }

    @Test
    void given_a_taken_port_when_run_then_it_fails_and_names_it() {
        try (CliniceaSandbox other = CliniceaSandbox.start()) {
            int port = other.wireMock().port();

            assertThat(run("--port=" + port)).isEqualTo(1);
            assertThat(errors.toString())
                    .startsWith("clinicea: The sandbox cannot start on port " + port + ": ")
                    .hasLineCount(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--port=x, --port",
        "--port=70000, --port must be from 0 to 65535",
        "--seed=one, --seed",
        "--patients=-5, --patients must not be negative",
        "--appointments=1.5, --appointments",
        "--bills=, --bills",
        "--api-key=, --api-key must not be blank",
        "--changes-per-minute=-1, --changes-per-minute must be from 0 to 60000",
        "--changes-per-minute=60001, --changes-per-minute must be from 0 to 60000",
        "--faults=BROKEN, --faults",
        "8080, Argument 2 belongs to no option",
    })
    void given_a_wrong_option_when_run_then_the_line_names_it_and_the_exit_code_is_2(String option, String message) {
        assertThat(run(option)).isEqualTo(2);
        assertThat(errors.toString()).startsWith("clinicea: ").contains(message).contains("clinicea sandbox --help");
    }
}
