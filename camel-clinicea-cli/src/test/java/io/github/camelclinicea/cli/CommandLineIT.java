/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the built jar as a process, in a pipe and in a terminal. */
@Timeout(300)
class CommandLineIT {
    private static final String JAR = System.getProperty("clinicea.jar");
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
    }

    private Process start(String key, List<String> command) throws IOException {
        ProcessBuilder process = new ProcessBuilder(command).directory(folder.toFile());
        process.environment().keySet().removeIf(name -> name.startsWith("CLINICEA_"));
        if (key != null) {
            process.environment().put("CLINICEA_API_KEY", key);
        }
        Process started = process.redirectOutput(out().toFile())
                .redirectError(err().toFile())
                .start();
        processes.add(started);
        return started;
    }

    private Process startClinicea(String key, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(JAVA, "-XX:TieredStopAtLevel=1", "-jar", JAR));
        command.addAll(List.of(arguments));
        return start(key, command);
    }

    private int run(String key, String... arguments) throws Exception {
        Process process = startClinicea(key, arguments);
        process.getOutputStream().close();
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).as(printed()).isTrue();
        return process.exitValue();
    }

    private Path out() {
        return folder.resolve("out.txt");
    }

    private Path err() {
        return folder.resolve("err.txt");
    }

    private String printed() throws IOException {
        return Files.readString(out()) + Files.readString(err());
    }

    private static CliniceaSandbox account() {
        return CliniceaSandbox.builder()
                .patients(120)
                .appointments(50)
                .bills(40)
                .start();
    }

    @Test
    void given_help_and_version_when_run_then_the_exit_code_is_0() throws Exception {
        assertThat(run(null, "--help")).isZero();
        assertThat(printed()).contains("mirror", "sandbox", "Exit codes:").doesNotContain("\u001b");
        assertThat(run(null, "--version")).isZero();
        assertThat(Files.readString(out())).matches("clinicea \\d+\\.\\d+\\.\\d+\\S*\\s+");
        assertThat(Files.readString(err())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', 2, Missing command",
        "mirror, 2, Missing API key: set the variable CLINICEA_API_KEY",
        "mirror --api-kye=canary, 2, Unknown option --api-kye",
        "mirror --api-key=canary --option=password=canary, 2, --option must not have a secret",
        "mirror --api-key=canary --jdbc-url=jdbc:canary, 2, --jdbc-url must begin with",
        "mirror --api-key=canary --base-url=http://localhost:1, 1, cannot be mirrored",
        "mirror --sandbox --jdbc-url=jdbc:h2:tcp://localhost:1/x;PASSWORD=canary, 1, The database cannot be opened",
        "mirror --sandbox --jdbc-url=jdbc:postgresql://localhost:1/x?password=canary, 1, The database cannot be opened",
        "sandbox --port=70000, 2, --port must be from 0 to 65535",
    })
    void given_a_wrong_command_when_run_then_one_line_says_so_without_a_stack_and_without_secrets(
            String line, int exit, String message) throws Exception {
        assertThat(run(null, line.isEmpty() ? new String[0] : line.split(" ")))
                .as(printed())
                .isEqualTo(exit);
        assertThat(Files.readString(err())).contains("clinicea: ").contains(message);
        assertThat(printed()).doesNotContain("canary").doesNotContain("\tat ").doesNotContain("Caused by");
    }

    @Test
    void given_an_account_when_mirrored_in_a_pipe_then_it_ends_with_a_query_that_runs_as_printed() throws Exception {
        try (CliniceaSandbox account = account()) {
            assertThat(run(account.apiKey(), "mirror", "--base-url=" + account.baseUrl(), "--delay=50"))
                    .as(printed())
                    .isZero();

            assertThat(printed())
                    .contains("First sync\n")
                    .contains("Database file: " + folder.toRealPath().resolve("clinicea-mirror.mv.db"))
                    .contains("User:          sa, with an empty password")
                    .doesNotContain(account.apiKey())
                    .doesNotContain("\u001b")
                    .doesNotContain("\r");
            String result = printed()
                    .lines()
                    .filter(line -> line.matches("    (Added|Modified|None) +\\d+"))
                    .reduce("", String::concat);
            Matcher shell = Pattern.compile("  java -cp (\\S+) (org.h2.tools.Shell) -url \"(.*)\" -user sa -password"
                            + " \"\" -sql \"(.*)\"\n")
                    .matcher(printed());
            assertThat(shell.find()).as(printed()).isTrue();
            Process query = start(
                    null,
                    List.of(
                            JAVA,
                            "-cp",
                            shell.group(1),
                            shell.group(2),
                            "-url",
                            shell.group(3),
                            "-user",
                            "sa",
                            "-password",
                            "",
                            "-sql",
                            shell.group(4)));
            assertThat(query.waitFor()).as(printed()).isZero();
            Matcher count = Pattern.compile("(\\w+) +(\\d+)").matcher(result);
            assertThat(count.find()).as(result).isTrue();
            assertThat(printed()).containsPattern(count.group(1) + " *\\| " + count.group(2));

            assertThat(run(account.apiKey(), "mirror", "--base-url=" + account.baseUrl(), "--delay=50"))
                    .isZero();
            assertThat(printed()).contains("Sync from where the last run ended");
        }
    }

    @Test
    void given_a_sandbox_as_a_process_when_its_line_is_pasted_then_it_is_mirrored() throws Exception {
        startClinicea(null, "sandbox", "--patients=30", "--appointments=5", "--bills=5", "--faults=UNSTEADY");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> Files.readString(out()).contains("Ctrl-C"));
        Matcher line = Pattern.compile("java -jar clinicea.jar mirror (--base-url=\\S+) (--api-key=\\S+)")
                .matcher(printed());
        assertThat(line.find()).as(printed()).isTrue();
        assertThat(Files.readString(err())).isEmpty();

        assertThat(run(null, "mirror", line.group(1), line.group(2), "--delay=50", "--compare"))
                .as(printed())
                .isZero();
        assertThat(Files.readString(out())).containsPattern("patients +30 +30 +equal");
    }

    @Test
    void given_a_followed_account_when_stopped_then_it_ends_cleanly_and_goes_on_later() throws Exception {
        try (CliniceaSandbox account = account()) {
            String[] line = {"mirror", "--base-url=" + account.baseUrl(), "--delay=50", "--follow"};
            Process follow = startClinicea(account.apiKey(), line);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> Files.readString(out()).contains("Ctrl-C stops"));
            account.clinic().change("patients", account.clinic().ids("patients").get(0));
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> Files.readString(out()).matches("(?s).*\\d  patients +1 rows, checkpoint .*"));

            interrupt(follow);

            assertThat(follow.waitFor(1, TimeUnit.MINUTES)).as(printed()).isTrue();
            assertThat(follow.exitValue()).isEqualTo(130);
            assertThat(printed())
                    .contains("Stopped. The same command goes on from here.\n")
                    .doesNotContain("Exception")
                    .doesNotContain(account.apiKey());
            assertThat(run(account.apiKey(), "mirror", "--base-url=" + account.baseUrl(), "--delay=50", "--compare"))
                    .as(printed())
                    .isZero();
            assertThat(printed()).contains(" 0 rows on");
        }
    }

    @Test
    void given_a_probe_when_stopped_then_it_prints_and_writes_what_it_found() throws Exception {
        try (CliniceaSandbox account = account()) {
            Process probe = startClinicea(
                    account.apiKey(),
                    "probe",
                    "--base-url=" + account.baseUrl(),
                    "--resource=patients",
                    "--pause=1s",
                    "--directory=" + folder);
            await().atMost(Duration.ofMinutes(1)).until(() -> account.requests() > 3);

            interrupt(probe);

            assertThat(probe.waitFor(1, TimeUnit.MINUTES)).as(printed()).isTrue();
            assertThat(probe.exitValue()).isEqualTo(130);
            assertThat(printed())
                    .contains("Written: clinicea-probe.json", "The probe was stopped")
                    .doesNotContain("Exception")
                    .doesNotContain(account.apiKey());
            assertThat(folder.resolve("clinicea-probe.json")).exists();
        }
    }

    /** Returns the commands that the pages have. */
    static List<String> commandsOfThePages() throws IOException {
        List<String> commands = new ArrayList<>();
        for (String page : List.of("how-to/command-line.md", "start/first-hour.md")) {
            Pattern.compile("^java -jar clinicea.jar (.*)$", Pattern.MULTILINE)
                    .matcher(Files.readString(Path.of("../docs", page)))
                    .results()
                    .forEach(command -> commands.add(command.group(1)));
        }
        return commands;
    }

    @ParameterizedTest
    @MethodSource("commandsOfThePages")
    void given_a_command_of_a_page_when_run_then_it_does_its_work(String command) throws Exception {
        try (CliniceaSandbox account = account();
                EmbeddedPostgres postgres = command.contains("postgresql") ? EmbeddedPostgres.start() : null) {
            List<String> line = new ArrayList<>(List.of(command.split(" ")));
            if (postgres != null) {
                line.replaceAll(
                        option -> option.replaceFirst("jdbc:postgresql:.*", postgres.getJdbcUrl("postgres", "postgres"))
                                .replaceFirst("--jdbc-user=.*", "--jdbc-user=postgres"));
            }
            line.replaceAll(option -> option.replaceFirst("--port=.*", "--port=0"));
            boolean ofAnAccount = !line.contains("sandbox") && !line.contains("--sandbox");
            if (ofAnAccount) {
                line.add("--base-url=" + account.baseUrl());
            }
            Files.writeString(folder.resolve("clinicea-catalogue.json"), """
                    {"resources": [{"name": "deletedBills", "path": "/api/v1/bills/deleted"}]}
                    """);
            Process process = startClinicea(account.apiKey(), line.toArray(String[]::new));
            process.getOutputStream().close();
            boolean endless = line.contains("sandbox") || line.contains("--follow");
            if (endless) {
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> Files.readString(out()).contains("Ctrl-C"));
                interrupt(process);
            }

            assertThat(process.waitFor(3, TimeUnit.MINUTES)).as(printed()).isTrue();
            assertThat(process.exitValue()).as(printed()).isEqualTo(endless ? 130 : 0);
            assertThat(Files.readString(err())).doesNotContain("Exception");
        }
    }

    private static void interrupt(Process process) throws Exception {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    @Test
    void given_a_terminal_when_mirrored_then_the_key_is_asked_for_without_echo() throws Exception {
        assumeThat(Path.of("/usr/bin/script")).exists();
        try (CliniceaSandbox account = account()) {
            Process terminal = start(
                    null,
                    List.of(
                            "/usr/bin/script",
                            "-qec",
                            JAVA + " -jar " + JAR + " mirror --base-url=" + account.baseUrl() + " --delay=50",
                            "/dev/null"));
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> Files.readString(out()).contains("API key: "));
            terminal.getOutputStream().write((account.apiKey() + "\n").getBytes());
            terminal.getOutputStream().flush();

            assertThat(terminal.waitFor(2, TimeUnit.MINUTES)).as(printed()).isTrue();
            assertThat(terminal.exitValue()).as(printed()).isZero();
            assertThat(printed()).contains("First sync").doesNotContain(account.apiKey());
        }
    }
}
