/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Plays a night on call: a row that always fails, a clinic that is down, a storm of 429, and a restart of the database.
 * The test finds and repairs each as docs/how-to/on-call.md says. Until the morning it reads nothing but the console,
 * the meters and the log.
 */
@Tag("proof")
class OnCallNightTest {
    private static final int PATIENTS = 20_000;
    private static final Duration A_WHILE = Duration.ofMinutes(3);
    private static final Pattern HELD =
            Pattern.compile("WARN Route patients: the row of patients with id (\\S+) failed with \\S+ and is held.*");
    private static final String POSTGRES = "src/main/resources/sql/save-patient.sql";

    @TempDir
    private Path folder;

    private final Map<String, String> written = new HashMap<>();
    private LogOfTheNight log;
    private OnCallApplication application;
    private EmbeddedPostgres postgres;

    @Test
    void given_a_night_when_each_trouble_is_found_and_repaired_as_the_page_says_then_nothing_is_lost()
            throws Exception {
        try (CliniceaSandbox clinicea = CliniceaSandbox.builder()
                        .patients(PATIENTS)
                        .appointments(0)
                        .bills(0)
                        .start();
                LogOfTheNight lines = new LogOfTheNight()) {
            log = lines;
            String poison = clinicea.clinic().ids("patients").get(12_345);
            clinicea.clinic().change("patients", poison, Map.of("FirstName", "Longname ".repeat(20)));
            startDatabase(0);
            int port = postgres.getPort();
            try {
                startApplication(clinicea);
                aRowThatAlwaysFails(poison);
                clinicIsDown(clinicea);
                aStormOf429(clinicea);
                theDatabaseIsRestarted(clinicea, port);
                inTheMorning(clinicea, poison);
            } finally {
                if (application != null) {
                    application.close();
                }
                postgres.close();
            }
        }
    }

    private void startDatabase(int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("database"))
                .setCleanDataDirectory(false);
        postgres = (port == 0 ? builder : builder.setPort(port)).start();
    }

    private void startApplication(CliniceaSandbox clinicea) throws Exception {
        String page = Files.readString(Path.of("../docs/how-to/into-a-database.md"));
        String section = page.substring(page.indexOf("## On PostgreSQL"), page.indexOf("## The route in Java"));
        PageProject project = OnCallApplication.project(clinicea.baseUrl(), clinicea.apiKey());
        String properties = project.file(OnCallApplication.PROPERTIES)
                .replaceAll(
                        "(?m)^camel.beans.dataSource.jdbcUrl.*$",
                        "camel.beans.dataSource.jdbcUrl = "
                                + Matcher.quoteReplacement(postgres.getJdbcUrl("postgres", "postgres")))
                .replaceAll(
                        "(?m)^camel.beans.dataSource.username.*$",
                        "camel.beans.dataSource.username = postgres\n"
                                + "camel.beans.dataSource.connectionTimeout = 2000");
        new JdbcTemplate(postgres.getPostgresDatabase()).execute(project.file("src/main/resources/sql/tables.sql"));
        Matcher save = Pattern.compile("```sql\\n(.*?)```", Pattern.DOTALL).matcher(section);
        assertThat(save.find()).isTrue();
        application = new OnCallApplication(
                project.with(OnCallApplication.PROPERTIES, properties).with(POSTGRES, save.group(1)), folder);
    }

    private void eventually(ThrowingRunnable assertion) {
        await().atMost(A_WHILE).pollInterval(Duration.ofMillis(200)).untilAsserted(assertion);
    }

    private void awaitTrue(Callable<Boolean> condition) {
        await().atMost(A_WHILE).pollInterval(Duration.ofMillis(50)).until(condition);
    }

    private String lastEnd() throws Exception {
        return application.sync().path("recentPolls").path(0).path("end").asText();
    }

    private void aRowThatAlwaysFails(String poison) throws Exception {
        eventually(() ->
                assertThat(log.lines()).anyMatch(line -> HELD.matcher(line).matches()));
        String id = log.lines().stream()
                .map(HELD::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .orElseThrow()
                .group(1);
        eventually(() ->
                assertThat(application.sync().path("deliveredRows").asInt()).isEqualTo(PATIENTS - 1));
        JsonNode held = application.sync().path("heldRows");
        assertThat(held).hasSize(1);
        assertThat(held.get(0).path("recordId").asText()).isEqualTo(id);
        assertThat(application.meter("clinicea_rows_held")).isEqualTo(1);

        String skip = OnCallApplication.commands("Skip a row, or try it again").get(2);
        assertThat(application.act(skip.replace("=ID", "=" + id))).isEqualTo("Versions skipped: 1");

        eventually(() -> assertThat(application.meter("clinicea_rows_held")).isZero());
        assertThat(application.meter("clinicea_rows_skipped_total")).isEqualTo(1);
        assertThat(log.lines()).anyMatch(line -> line.contains("skipped the held row") && line.contains(id));
        assertThat(id).isEqualTo(poison);
    }

    private void clinicIsDown(CliniceaSandbox clinicea) throws Exception {
        StubMapping fault = fault(clinicea, aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        change(clinicea, 100, 50);

        eventually(() -> assertThat(log.lines())
                .anyMatch(line -> line.startsWith("WARN Route patients: a poll failed")
                        && line.contains("No response from Clinicea to patients changes")));
        eventually(() -> assertThat(lastEnd()).isEqualTo("FAILED"));
        assertThat(application.meter("clinicea_polls_seconds_count\\{[^}]*end=\"failed\"[^}]*\\}"))
                .isPositive();
        assertThat(application.get("/observe/health").body()).contains("DOWN");
        long again = log.count("polls succeed again");

        clinicea.wireMock().removeStub(fault);

        eventually(() -> assertThat(log.count("polls succeed again")).isGreaterThan(again));
        awaitDelivered();
    }

    private void aStormOf429(CliniceaSandbox clinicea) throws Exception {
        StubMapping fault = fault(clinicea, aResponse().withStatus(429).withHeader("Retry-After", "0"));
        change(clinicea, 300, 50);

        eventually(() -> assertThat(application.meter("clinicea_requests_throttled_total"))
                .isGreaterThan(5));
        eventually(() -> assertThat(application.sync().path("requestsPerSecond").asDouble())
                .isPositive());

        clinicea.wireMock().removeStub(fault);

        awaitDelivered();
    }

    private void theDatabaseIsRestarted(CliniceaSandbox clinicea, int port) throws Exception {
        long failures = log.count("a poll failed");
        postgres.close();
        change(clinicea, 500, 50);

        eventually(() -> assertThat(log.count("a poll failed")).isGreaterThan(failures));

        startDatabase(port);
        for (String command :
                OnCallApplication.commands("Skip a row, or try it again").subList(0, 2)) {
            application.act(command);
        }
        awaitDelivered();
    }

    /** Changes some patients, as the clinic goes on working. */
    private void change(CliniceaSandbox clinicea, int from, int count) {
        List<String> ids = clinicea.clinic().ids("patients").subList(from, from + count);
        for (String id : ids) {
            String name = "Night" + written.size();
            clinicea.clinic().change("patients", id, Map.of("FirstName", name));
            written.put(id, name);
        }
    }

    /** Waits until all is well again by console and meters, with each change delivered. */
    private void awaitDelivered() {
        awaitTrue(() -> application.sync().path("deliveredRows").asInt() >= PATIENTS - 1 + written.size()
                && lastEnd().equals("CLEAN")
                && application.sync().path("failedRows").asInt() == 0
                && application.meter("clinicea_poll_lag_seconds") < 5);
    }

    private static StubMapping fault(CliniceaSandbox clinicea, ResponseDefinitionBuilder response) {
        return clinicea.wireMock().stubFor(any(anyUrl()).willReturn(response));
    }

    private void inTheMorning(CliniceaSandbox clinicea, String skipped) {
        Map<String, String> expected = new HashMap<>();
        clinicea.clinic()
                .rows("patients")
                .forEach(row -> expected.put((String) row.get("PatientID"), (String) row.get("FirstName")));
        assertThat(expected).containsAllEntriesOf(written).hasSize(PATIENTS);
        expected.remove(skipped);
        Map<String, String> saved = new HashMap<>();
        List<String> twice = new ArrayList<>();
        new JdbcTemplate(postgres.getPostgresDatabase()).query("SELECT id, first_name FROM patient", row -> {
            if (saved.put(row.getString(1), row.getString(2)) != null) {
                twice.add(row.getString(1));
            }
        });
        assertThat(twice).isEmpty();
        assertThat(saved).isEqualTo(expected);
    }
}
