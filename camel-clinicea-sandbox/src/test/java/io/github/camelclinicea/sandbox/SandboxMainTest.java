/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class SandboxMainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource({
        "--port=x, --port",
        "--port, --port",
        "--port=70000, port",
        "--port=-1, port",
        "--port=99999999999, --port",
        "--seed=one, --seed",
        "--patients=-5, patients",
        "--appointments=1.5, --appointments",
        "--bills=, --bills",
        "--api-key=, apiKey",
        "--verbose, --verbose",
        "8080, 8080",
    })
    void givenAWrongArgument_whenRun_thenTheCodeIsTwoAndTheMessageNamesIt(String argument, String named) {
        assertThat(run(List.of("--seed=1", argument))).isEqualTo(2);
        String[] lines = err.toString(StandardCharsets.UTF_8).split("\\R");
        assertThat(lines).hasSize(2);
        assertThat(lines[0]).contains(named);
        assertThat(lines[1]).contains("--api-key=KEY");
        assertThat(out.size()).isZero();
    }

    @Test
    void givenHelpIsAsked_whenRun_thenTheArgumentsArePrinted() {
        assertThat(run(List.of("--help"))).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("--patients=");
    }

    @Test
    void givenATakenPort_whenRun_thenTheCodeIsOne() {
        try (CliniceaSandbox other = CliniceaSandbox.start()) {
            assertThat(run(List.of("--port=" + other.wireMock().port()))).isEqualTo(1);
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("The sandbox could not start");
    }

    @Test
    void givenArguments_whenRun_thenThePrintedCallWorksUntilItIsInterrupted() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (PipedInputStream pipe = new PipedInputStream(8_192);
                PrintStream piped = new PrintStream(new PipedOutputStream(pipe), true, StandardCharsets.UTF_8);
                BufferedReader printed = new BufferedReader(new InputStreamReader(pipe, StandardCharsets.UTF_8))) {
            AtomicInteger code = new AtomicInteger(-1);
            Future<?> running = thread.submit(() -> code.set(SandboxMain.run(
                    List.of(
                            "--port=0",
                            "--seed=3",
                            "--patients=7",
                            "--appointments=0",
                            "--bills=0",
                            "--api-key=my key"),
                    piped,
                    piped)));
            Matcher curl = null;
            Pattern sample = Pattern.compile(" +curl -H 'api_key: (.+)' '(.+)'");
            while (curl == null || !curl.matches()) {
                curl = sample.matcher(printed.readLine());
            }
            assertThat(curl.group(1)).isEqualTo("my key");
            HttpRequest call = HttpRequest.newBuilder(URI.create(curl.group(2)))
                    .header("api_key", curl.group(1))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(call, BodyHandlers.ofString())
                            .body())
                    .contains("Sandbox-0007")
                    .doesNotContain("Sandbox-0008");
            thread.shutdownNow();
            running.get();
            assertThat(code).hasValue(0);
        } finally {
            thread.shutdownNow();
        }
    }

    private int run(List<String> arguments) {
        return SandboxMain.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
