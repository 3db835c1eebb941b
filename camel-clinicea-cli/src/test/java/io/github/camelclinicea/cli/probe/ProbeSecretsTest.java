/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No secret and no value of a row leaves a process that logs all that there is to log. */
class ProbeSecretsTest {
    private static final String TRACE = """
            appender.console.type = Console
            appender.console.name = console
            appender.console.layout.type = PatternLayout
            appender.console.layout.pattern = %d %p %c %m %ex%n
            rootLogger.level = TRACE
            rootLogger.appenderRef.console.ref = console
            """;

    private static final String JDK_LOG = """
            handlers = java.util.logging.ConsoleHandler
            .level = ALL
            java.util.logging.ConsoleHandler.level = ALL
            """;

    @TempDir
    Path directory;

    @Test
    void given_logs_at_trace_when_probed_then_no_secret_and_no_value_is_in_any_output() throws Exception {
        // A seed whose server has most lists.
        try (DifferentServer server = new DifferentServer(new ServerWay(2))) {
            String output = run(
                    "probe",
                    "--pause=0",
                    "--verbose",
                    "--directory=" + directory,
                    "--base-url=" + server.baseUrl(),
                    "--api-key=" + DifferentServer.KEY,
                    "--username=" + DifferentServer.USER,
                    "--password=" + DifferentServer.PASSWORD);

            assertThat(server.requests()).as(output).isBetween(10, 40);
            assertThat(output).contains("Fact ", "Written: clinicea-probe.json");
            String all = output
                    + Files.readString(directory.resolve("clinicea-probe.json"))
                    + Files.readString(directory.resolve("clinicea-catalogue.json"));
            assertThat(all).doesNotContain("SECRET", ServedList.CANARY, "2017-", "77007700");
        }
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        Path log = Files.writeString(directory.resolve("trace.properties"), TRACE);
        Path jdkLog = Files.writeString(directory.resolve("jdk.properties"), JDK_LOG);
        Path output = directory.resolve("output.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dlog4j2.configurationFile=" + log.toUri(),
                "-Djava.util.logging.config.file=" + jdkLog,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.github.camelclinicea.cli.CliniceaCli"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.waitFor();
        return Files.readString(output, StandardCharsets.UTF_8);
    }
}
