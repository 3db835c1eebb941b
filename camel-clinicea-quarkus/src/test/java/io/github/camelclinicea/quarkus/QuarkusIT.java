/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Tests the application on Quarkus, with a sandbox for Clinicea, on a real PostgreSQL. */
class QuarkusIT {
    private static final Duration A_WHILE = Duration.ofMinutes(2);

    private static EmbeddedPostgres postgres;

    @RegisterExtension
    final CliniceaSandboxExtension clinicea = CliniceaSandboxExtension.with(
            CliniceaSandbox.builder().patients(230).bills(40));

    @TempDir
    private Path folder;

    private ApplicationProcess application;

    @BeforeAll
    static void startPostgres() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void emptyTheDatabase() throws SQLException {
        try (Connection database = postgres.getPostgresDatabase().getConnection();
                Statement statement = database.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS seen, camel_messageprocessed");
            statement.execute("CREATE TABLE seen (id VARCHAR(100))");
        }
    }

    @AfterEach
    void stop() {
        application.close();
    }

    private void start() throws IOException {
        application = new ApplicationProcess(
                folder.resolve("log.txt"),
                Map.of("CLINICEA_API_KEY", clinicea.apiKey()),
                Map.of(
                        "camel.component.clinicea.base-url",
                        clinicea.baseUrl(),
                        "clinic.poll-every",
                        "200",
                        "clinic.bills-at",
                        "0/1 * * * * ?",
                        "quarkus.http.port",
                        "0",
                        "quarkus.datasource.jdbc.url",
                        postgres.getJdbcUrl("postgres", "postgres")));
    }

    private List<String> seen() throws SQLException {
        try (Connection database = postgres.getPostgresDatabase().getConnection();
                Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM seen")) {
            List<String> ids = new ArrayList<>();
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
            return ids;
        }
    }

    private List<String> patientsAndBills() {
        List<String> ids = new ArrayList<>(clinicea.clinic().ids("patients"));
        ids.addAll(clinicea.clinic().ids("bills"));
        return ids;
    }

    private void awaitUntil(ThrowingRunnable holds) {
        try {
            await().atMost(A_WHILE)
                    .failFast(() ->
                            assertThat(application.isRunning()).as("it runs").isTrue())
                    .untilAsserted(holds);
        } catch (Throwable failed) {
            failed.addSuppressed(new AssertionError("Its log:\n" + application.log()));
            throw failed;
        }
    }

    private void awaitPolls() {
        long before = clinicea.sandbox().requests();
        awaitUntil(() -> assertThat(clinicea.sandbox().requests()).isGreaterThan(before + 10));
    }

    @Test
    @DisabledIfSystemProperty(named = "without.quartz", matches = "true")
    void given_the_built_application_when_started_then_it_reads_and_writes_and_tells_nobody_the_key() throws Exception {
        start();
        awaitUntil(() -> assertThat(seen()).containsExactlyInAnyOrderElementsOf(patientsAndBills()));
        String asking = clinicea.clinic().ids("patients").get(3);

        clinicea.clinic().change("patients", asking, Map.of("Notes", "asks for an appointment"));

        awaitUntil(() -> assertThat(clinicea.clinic().rows("appointments"))
                .anySatisfy(row -> assertThat(row)
                        .containsEntry("PatientID", asking)
                        .containsEntry("StartDateTime", "2027-03-01T09:30:00")));
        assertThat(application.log()).contains("powered by Quarkus").doesNotContain(clinicea.apiKey());
    }

    @Test
    @EnabledIfSystemProperty(named = "without.quartz", matches = "true")
    void given_the_application_built_without_quartz_when_started_then_it_reads_by_delay() throws Exception {
        start();

        awaitUntil(() -> assertThat(seen())
                .containsExactlyInAnyOrderElementsOf(clinicea.clinic().ids("patients")));
        Path libraries = Path.of(System.getProperty("application.jar")).resolveSibling("lib/main");
        try (Stream<Path> files = Files.list(libraries)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .isNotEmpty()
                    .noneMatch(name -> name.contains("quartz"));
        }
    }

    @Test
    @DisabledIfSystemProperty(named = "without.quartz", matches = "true")
    void given_a_registry_of_quarkus_when_scraped_then_the_meters_of_the_component_are_there() throws Exception {
        start();
        awaitUntil(() -> assertThat(seen()).containsExactlyInAnyOrderElementsOf(patientsAndBills()));

        awaitUntil(() -> assertThat(metrics())
                .containsPattern("clinicea_rows_delivered_total\\{.*resource=\"patients\".*} [1-9]")
                .containsPattern("clinicea_polls_seconds_count\\{.*end=\"clean\".*} [1-9]")
                .containsPattern("clinicea_poll_lag_seconds\\{.*routeId=\"bills\".*} [0-9]")
                .doesNotContain(clinicea.apiKey()));
    }

    private String metrics() throws IOException, InterruptedException {
        Matcher port = Pattern.compile("Listening on: http://\\S+:(\\d+)").matcher(application.log());
        assertThat(port.find()).as("the port is in the log").isTrue();
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port.group(1) + "/q/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    @DisabledIfSystemProperty(named = "without.quartz", matches = "true")
    void given_a_stop_when_one_patient_was_changed_meanwhile_then_that_one_comes_and_no_other() throws Exception {
        start();
        awaitUntil(() -> assertThat(seen()).containsExactlyInAnyOrderElementsOf(patientsAndBills()));
        awaitPolls();
        application.close();
        List<String> expected = new ArrayList<>(seen());
        String changed = clinicea.clinic().ids("patients").get(7);
        clinicea.clinic().change("patients", changed);
        expected.add(changed);

        start();

        awaitUntil(() -> assertThat(seen()).containsExactlyInAnyOrderElementsOf(expected));
        awaitPolls();
        assertThat(seen()).hasSameSizeAs(expected);
    }
}
