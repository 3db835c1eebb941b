/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.karaf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclinicea.sandbox.Clinic;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.io.IOException;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests the feature in a running Karaf, with a bundle of routes that is stopped, updated and started again. */
class KarafIT {
    @RegisterExtension
    static final CliniceaSandboxExtension clinicea = CliniceaSandboxExtension.with(
            CliniceaSandbox.builder().patients(230).bills(40));

    private static final Path HOME = Path.of(System.getProperty("karaf.home"));
    private static final Path FEATURES = Path.of(System.getProperty("features"));
    private static final String VERSION = System.getProperty("features.version");
    private static final Path WORK = Path.of(System.getProperty("work"));
    private static final Duration A_WHILE = Duration.ofMinutes(2);

    private final JolokiaAgent jolokia = new JolokiaAgent(KarafProcess.freePort());
    private Path base;
    private KarafProcess karaf;

    @BeforeEach
    void start() throws Exception {
        Optional<Path> java = KarafJava.home();
        assumeThat(java)
                .as("a Java from 17 to 23, since Karaf does not start on newer ones; install one beside "
                        + System.getProperty("java.home"))
                .isPresent();
        base = Files.createTempDirectory(WORK, "karaf-run-");
        copyToSystemFolder(FEATURES.resolve("features.xml"));
        Files.copy(JolokiaAgent.accessFile(), HOME.resolve("jolokia-access.xml"), StandardCopyOption.REPLACE_EXISTING);
        karaf = new KarafProcess(java.get(), HOME, base);
        karaf.start(
                Map.of("clinicea.api-key", clinicea.apiKey(), "clinicea.base-url", clinicea.baseUrl()),
                jolokia.javaOption());
    }

    @AfterEach
    void stop() {
        if (karaf != null) {
            karaf.close();
        }
    }

    /** Copies the file to the place where an administrator's {@code mvn:} URL finds it. */
    private static void copyToSystemFolder(Path features) throws IOException {
        Path folder = HOME.resolve("system/io/github/camelclinicea/camel-clinicea-karaf")
                .resolve(VERSION);
        Files.createDirectories(folder);
        Files.copy(
                features,
                folder.resolve("camel-clinicea-karaf-" + VERSION + "-features.xml"),
                StandardCopyOption.REPLACE_EXISTING);
    }

    private String bundle(String version) throws Exception {
        Path file = base.resolve("clinic-" + version + ".jar");
        ClinicBundle.write(file, version);
        return file.toUri().toString();
    }

    /** Returns the lines that the routes of a release wrote to a file, in their order, without the release's number. */
    private List<String> written(String release, String file) {
        Path path = karaf.data().resolve(file);
        try {
            return Files.exists(path)
                    ? Files.readAllLines(path, UTF_8).stream()
                            .filter(line -> line.startsWith(release + " "))
                            .map(line -> line.substring(release.length() + 1))
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new IllegalStateException(file, e);
        }
    }

    private void awaitWritten(String release, String file, List<String> ids) {
        try {
            await().atMost(A_WHILE)
                    .untilAsserted(() -> assertThat(written(release, file)).containsExactlyInAnyOrderElementsOf(ids));
        } catch (Throwable failed) {
            failed.addSuppressed(new AssertionError("Karaf's log:\n" + karaf.log()));
            throw failed;
        }
    }

    /** Awaits the rows of the table without a key, into which the route only inserts: one for each version. */
    private void awaitMirrored(List<String> ids) throws SQLException {
        String url = "jdbc:h2:file:" + karaf.data().resolve("clinic") + ";AUTO_SERVER=TRUE";
        try (Connection database = DriverManager.getConnection(url, "sa", "");
                Statement statement = database.createStatement()) {
            await().atMost(A_WHILE).untilAsserted(() -> {
                List<String> mirrored = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery("SELECT id FROM mirrored")) {
                    while (rows.next()) {
                        mirrored.add(rows.getString(1));
                    }
                }
                assertThat(mirrored).containsExactlyInAnyOrderElementsOf(ids);
            });
        }
    }

    private static void awaitPolls() {
        long before = clinicea.sandbox().requests();
        await().atMost(A_WHILE).until(() -> clinicea.sandbox().requests() >= before + 10);
    }

    @Test
    void given_routes_on_the_feature_when_their_bundle_is_updated_then_they_go_on_where_they_stopped()
            throws Exception {
        Clinic clinic = clinicea.clinic();
        String bundles = karaf.run(
                "feature:repo-add " + FEATURES.resolve("camel-features.xml").toUri(),
                resource("install.karaf"),
                "bundle:list -s");
        assertThat(bundles)
                .containsPattern("Active.*io.github.camelclinicea.camel-clinicea-component")
                .doesNotContain("quartz");

        karaf.run("bundle:install -s " + bundle("1.0.0"));

        awaitWritten("1.0.0", "patients.txt", clinic.ids("patients"));
        awaitWritten("1.0.0", "bills.txt", clinic.ids("bills"));
        awaitMirrored(clinic.ids("patients"));
        assertOperated();

        List<String> before = clinic.ids("patients");
        String asking = clinic.ids("patients").get(3);
        clinic.change("patients", asking, Map.of("Notes", "asks for an appointment"));
        await().atMost(A_WHILE)
                .untilAsserted(() -> assertThat(clinic.rows("appointments"))
                        .anySatisfy(row -> assertThat(row)
                                .containsEntry("PatientID", asking)
                                .containsEntry("StartDateTime", "2027-03-01T09:30:00")));
        awaitPolls();

        karaf.run("bundle:stop " + ClinicBundle.NAME);
        long requests = clinicea.sandbox().requests();
        String changed = clinic.ids("patients").get(7);
        clinic.change("patients", changed);
        String added = (String) clinic.add("patients").get("PatientID");
        String bill = clinic.ids("bills").get(5);
        clinic.change("bills", bill);
        assertThat(clinicea.sandbox().requests()).isEqualTo(requests);
        String withCron = karaf.run(resource("install-cron.karaf"), "bundle:list -s");
        assertThat(withCron).containsPattern("Active.*quartz");
        karaf.run("bundle:update " + ClinicBundle.NAME + " " + bundle("2.0.0"), "bundle:start " + ClinicBundle.NAME);

        awaitWritten("2.0.0", "patients.txt", List.of(changed, added));
        awaitWritten("2.0.0", "bills.txt", List.of(bill));
        awaitPolls();
        assertThat(written("2.0.0", "patients.txt")).containsExactlyInAnyOrder(changed, added);
        assertThat(written("2.0.0", "bills.txt")).containsExactly(bill);
        assertThat(written("1.0.0", "patients.txt")).hasSize(231);
        List<String> versions = new ArrayList<>(before);
        versions.addAll(List.of(asking, changed, added));
        awaitMirrored(versions);
    }

    /** Asserts that an operator reaches the MBean of each of the three syncs, and cannot stop it. */
    private void assertOperated() throws IOException, InterruptedException {
        assertThat(jolokia.syncs()).hasSize(3);
        for (String sync : jolokia.syncs()) {
            await().atMost(A_WHILE).untilAsserted(() -> {
                JsonNode polls = jolokia.execute(sync, "recentPolls()");
                assertThat(polls.path("value")).as(polls.toString()).isNotEmpty();
            });
            JsonNode poll = jolokia.execute(sync, "pollNow()");
            assertThat(poll.path("value").asText()).as(poll.toString()).contains("poll");
            assertThat(jolokia.execute(sync, "stop()").path("status").asInt()).isEqualTo(403);
        }
    }

    private static String resource(String name) throws IOException {
        try (var in = KarafIT.class.getResourceAsStream("/" + name)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
