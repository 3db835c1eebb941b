/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.starts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.starts.Newcomer.Terminal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows a page of docs/start step by step, and looks into the database behind each. */
abstract class StartTest {
    private static final Duration A_WHILE = Duration.ofMinutes(15);
    private static final Pattern ID = Pattern.compile("/patients/([0-9a-f-]{36})");
    private static final String KEY = "export CLINICEA_API_KEY=sandbox-key\n";
    private static final String BUILD = "mvn -q -DskipTests install -pl ";

    @TempDir
    private Path folder;

    private StartPage page;
    private int port;
    private Newcomer newcomer;

    /** Returns the name of the page and of its folder. */
    abstract String platform();

    /** Returns the modules with a jar that the build of the page installs. */
    List<String> modules() {
        return List.of("camel-clinicea-component", "camel-clinicea-sandbox", "camel-clinicea-cli");
    }

    @BeforeEach
    void prepare() throws IOException {
        page = StartPage.of(platform());
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        newcomer = new Newcomer(folder, UserRepository.install(modules()));
    }

    @AfterEach
    void end() {
        newcomer.close();
    }

    @Test
    void given_an_empty_folder_when_the_page_is_followed_then_patients_arrive_and_then_only_changes() throws Exception {
        newcomer.run(withoutTheBuild(page.step(1).command()));
        Terminal clinic = newcomer.start(commands(2));
        await().atMost(A_WHILE).until(() -> clinic.output().contains("Stop it with Ctrl-C"));
        newcomer.export("CLINICEA_BASE_URL", "http://localhost:" + port);
        Terminal application = newcomer.start(commands(3));
        awaitWhile(application, () -> assertThat(count("TRUE")).isEqualTo(250));
        awaitWhile(
                application,
                () -> assertPrinted(application.output(), page.step(3).lines()));

        assertPrinted(newcomer.run(commands(4)), page.step(4).lines());

        List<String> changes = page.step(5).commands();
        assertThat(changes).hasSize(2);
        newcomer.run(atPort(changes.get(0)));
        awaitWhile(
                application,
                () -> assertThat(count("city = 'Elsewhere' AND id = '" + id(changes.get(0)) + "'"))
                        .isEqualTo(1));

        application.interrupt();
        execute("UPDATE patients SET full_name = 'seen'");
        newcomer.run(atPort(changes.get(1)));
        Terminal again = newcomer.start(commands(3));
        awaitWhile(
                again,
                () -> assertThat(count("id = '" + id(changes.get(1)) + "'")).isZero());
        awaitWhile(again, () -> assertPrinted(again.output(), page.step(5).lines()));
        assertThat(count("full_name = 'seen'")).isEqualTo(249);
        again.interrupt();
        assertThat(application.output() + again.output()).doesNotContain("sandbox-key");
    }

    @Test
    void given_no_key_when_started_then_the_application_says_that_it_is_missing() throws Exception {
        newcomer.run(withoutTheBuild(page.step(1).command()));
        newcomer.export("CLINICEA_BASE_URL", "http://localhost:" + port);

        Terminal application = newcomer.start(commands(3).replace(KEY, ""));

        // Camel names the variable. Spring Boot leaves the placeholder, and Quarkus leaves the option unset.
        await().atMost(A_WHILE)
                .until(() -> Stream.of("CLINICEA_API_KEY", "apiKey is a placeholder", "No credentials: set apiKey")
                        .anyMatch(application.output()::contains));
    }

    private String commands(int step) {
        return atPort(page.step(step).command());
    }

    private String atPort(String commands) {
        return commands.replace("--port=8080", "--port=" + port).replace("localhost:8080", "localhost:" + port);
    }

    /** Returns the commands of the first step without the build, whose jars are in the repository already. */
    private static String withoutTheBuild(String commands) {
        assertThat(commands).startsWith(BUILD);
        return commands.substring(commands.indexOf('\n') + 1);
    }

    private static String id(String change) {
        Matcher id = ID.matcher(change);
        assertThat(id.find()).as(change).isTrue();
        return id.group(1);
    }

    private void awaitWhile(Terminal program, ThrowingRunnable holds) {
        try {
            await().atMost(A_WHILE)
                    .failFast(
                            () -> assertThat(program.isRunning()).as("it runs").isTrue())
                    .ignoreExceptionsInstanceOf(SQLException.class)
                    .untilAsserted(holds);
        } catch (Throwable failed) {
            failed.addSuppressed(new AssertionError("It printed:\n" + program.output()));
            throw failed;
        }
    }

    /** Asserts that the lines of the page are among those of the program, which may have more before and behind. */
    private void assertPrinted(String printed, List<String> lines) {
        assertThat(lines).isNotEmpty();
        assertThat(comparable(printed))
                .contains(lines.stream().map(this::comparable).toList());
    }

    /** Masks durations and times, which differ in each run, and collapses blanks. */
    private String comparable(String text) {
        return text.replace("localhost:" + port, "localhost:8080")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z?", "TIME")
                .replaceAll("\\b\\d+(\\.\\d+)?( ms| s\\b|ms\\b|s\\b)", "DURATION")
                .replaceAll("[ \\t]+", " ")
                .strip();
    }

    private int count(String condition) throws SQLException {
        try (Connection database = connect();
                Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM patients WHERE " + condition)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection database = connect();
                Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect() throws SQLException {
        Path file = newcomer.home().resolve("clinic/clinic");
        return DriverManager.getConnection("jdbc:h2:" + file + ";AUTO_SERVER=TRUE;IFEXISTS=TRUE", "sa", "");
    }
}
