/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.karaf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Follows docs/start/karaf.md in a Karaf whose folder has a space in its path. */
@Tag("proof")
class KarafStartIT {
    @RegisterExtension
    static final CliniceaSandboxExtension clinicea =
            CliniceaSandboxExtension.with(CliniceaSandbox.builder().apiKey("sandbox-key"));

    private static final Path HOME = Path.of(System.getProperty("karaf.home"));
    private static final Path FEATURES = Path.of(System.getProperty("features"));
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path PAGE = ROOT.resolve("docs/start/karaf.md");
    private static final Path CLINICEA_JAR = ROOT.resolve("camel-clinicea-cli/target/clinicea.jar");
    private static final Duration A_WHILE = Duration.ofMinutes(2);
    private static final Pattern BLOCK = Pattern.compile("^```(\\w*)\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern ID = Pattern.compile("/patients/([0-9a-f-]{36})");

    private Path base;
    private KarafProcess karaf;

    @BeforeEach
    void start() throws Exception {
        Optional<Path> java = KarafJava.home();
        assumeThat(java)
                .as("Karaf starts on JDK 17 to 23, and there is none beside " + System.getProperty("java.home"))
                .isPresent();
        base = Files.createTempDirectory(Path.of(System.getProperty("work")), "karaf start ");
        Path repository = HOME.resolve("system/io/github/camelclinicea/camel-clinicea-karaf");
        String version = System.getProperty("features.version");
        Files.copy(
                FEATURES.resolve("features.xml"),
                Files.createDirectories(repository.resolve(version))
                        .resolve("camel-clinicea-karaf-" + version + "-features.xml"),
                StandardCopyOption.REPLACE_EXISTING);
        karaf = new KarafProcess(java.get(), HOME, base);
        karaf.export("CLINICEA_API_KEY", clinicea.apiKey());
        karaf.export("CLINICEA_BASE_URL", clinicea.baseUrl());
        karaf.start(Map.of(), "");
    }

    @AfterEach
    void stop() {
        if (karaf != null) {
            karaf.close();
        }
    }

    @Test
    void given_a_karaf_when_the_page_is_followed_then_patients_arrive_and_then_only_changes() throws Exception {
        List<String> console = blocks("karaf");
        List<String> commands = blocks("");
        List<String> printed = blocks("text");

        karaf.run(console.get(0)
                .replaceAll(
                        "feature:repo-add camel \\S+",
                        "feature:repo-add "
                                + FEATURES.resolve("camel-features.xml").toUri())
                .split("\n"));
        shell(commands.get(2).replace("~/camel-clinicea", ROOT.toString()));
        awaitThat(() -> assertThat(count("TRUE")).isEqualTo(250));
        awaitThat(() -> assertThat(karaf.log()).contains(printed.get(0).strip()));

        assertThat(lines(shell(commands.get(3)))).containsAll(lines(printed.get(1)));

        shell(commands.get(4));
        awaitThat(() -> assertThat(count("city = 'Elsewhere' AND id = '" + id(commands.get(4)) + "'"))
                .isEqualTo(1));

        karaf.run(inPage("bundle:stop clinic.xml"));
        execute("UPDATE patients SET full_name = 'seen'");
        shell(commands.get(5));
        karaf.run(inPage("bundle:start clinic.xml"));
        awaitThat(() -> assertThat(count("id = '" + id(commands.get(5)) + "'")).isZero());
        awaitThat(() -> assertThat(karaf.log()).contains(printed.get(2).strip()));
        assertThat(count("full_name = 'seen'")).isEqualTo(249);
        assertThat(karaf.log()).doesNotContain(clinicea.apiKey());
    }

    /** Returns a command that the page must have in a sentence. */
    private static String inPage(String command) throws IOException {
        assertThat(Files.readString(PAGE)).contains("`" + command + "`");
        return command;
    }

    private static List<String> blocks(String language) throws IOException {
        Matcher blocks = BLOCK.matcher(Files.readString(PAGE));
        List<String> found = new ArrayList<>();
        while (blocks.find()) {
            if (blocks.group(1).equals(language)) {
                found.add(blocks.group(2));
            }
        }
        return found;
    }

    private static List<String> lines(String text) {
        return text.lines()
                .map(line ->
                        line.replaceAll("\\d+ ms", "").replaceAll("\\s+", " ").strip())
                .toList();
    }

    private static String id(String command) {
        Matcher id = ID.matcher(command);
        assertThat(id.find()).as(command).isTrue();
        return id.group(1);
    }

    /** Runs commands of the page in the folder of Karaf, and returns the output. */
    private String shell(String commands) throws IOException, InterruptedException {
        String here = commands.replace(
                        "http://localhost:8080", URI.create(clinicea.baseUrl()).toString())
                .replace("~/clinicea.jar", CLINICEA_JAR.toString());
        ProcessBuilder bash = new ProcessBuilder("bash", "-e", "-c", here).directory(base.toFile());
        bash.environment().put("LC_ALL", "C.UTF-8");
        Path output = base.resolve("shell.txt");
        Process process =
                bash.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        String text = Files.readString(output, UTF_8);
        assertThat(process.exitValue()).as("%s:%n%s", here, text).isZero();
        return text;
    }

    private void awaitThat(ThrowingRunnable holds) {
        try {
            await().atMost(A_WHILE)
                    .ignoreExceptionsInstanceOf(SQLException.class)
                    .untilAsserted(holds);
        } catch (Throwable failed) {
            failed.addSuppressed(new AssertionError("Karaf's log:\n" + karaf.log()));
            throw failed;
        }
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
        String file = karaf.data().resolve("clinic").toString();
        return DriverManager.getConnection("jdbc:h2:" + file + ";AUTO_SERVER=TRUE;IFEXISTS=TRUE", "sa", "");
    }
}
