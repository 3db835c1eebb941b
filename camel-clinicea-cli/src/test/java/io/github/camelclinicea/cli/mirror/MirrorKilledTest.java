/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.cli.CliniceaCli;
import io.github.camelclinicea.sandbox.Clinic;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** Kills the mirror as a program with {@code kill -9} during its first sync, and starts it again. */
@Tag("proof")
class MirrorKilledTest {
    private static final int PATIENTS = 1_500;
    private static final int KILLS = 4;

    @TempDir
    Path folder;

    @Test
    void given_a_first_sync_when_killed_and_started_again_then_each_version_is_inserted_once_and_all_is_equal()
            throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                CliniceaSandbox account = CliniceaSandbox.builder()
                        .patients(PATIENTS)
                        .appointments(1_000)
                        .bills(400)
                        .start()) {
            String url = postgres.getJdbcUrl("postgres", "postgres");
            JdbcTemplate jdbc = new JdbcTemplate(postgres.getPostgresDatabase());
            logEachInsert(jdbc, url);
            for (int kill = 1; kill <= KILLS; kill++) {
                int rows = kill * PATIENTS / (KILLS + 1);
                Process process = start(account, url);
                await().atMost(Duration.ofMinutes(2))
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> count(jdbc, "log WHERE resource = 'mirror_patients'") >= rows);
                assertThat(process.isAlive()).as(output()).isTrue();
                process.destroyForcibly().waitFor();
                Clinic clinic = account.clinic();
                clinic.change("patients", clinic.ids("patients").get(kill));
                clinic.delete("bills", clinic.ids("bills").get(kill));
            }

            Process process = start(account, url);

            assertThat(process.waitFor(3, TimeUnit.MINUTES)).as(output()).isTrue();
            assertThat(process.exitValue()).as(output()).isZero();
            assertThat(output())
                    .containsPattern("patients .* equal\n")
                    .containsPattern("appointments .* equal\n")
                    .containsPattern("bills .* equal\n");
            assertThat(count(jdbc, "mirror_patients")).isEqualTo(PATIENTS);
            assertThat(jdbc.queryForList(
                            "SELECT resource, record FROM log GROUP BY resource, record HAVING COUNT(*) > 1"))
                    .as("versions that were inserted twice")
                    .isEmpty();
        }
    }

    /** Adds a trigger that writes a line for each insert, in the same transaction. */
    private void logEachInsert(JdbcTemplate jdbc, String url) {
        List<Mirrored> resources = Stream.of("patients", "appointments", "bills")
                .map(Mirrored::new)
                .toList();
        MirrorSettings settings = new MirrorSettings(
                resources, ListOptions.parse(List.of(), List.of()), "500", MirrorSettings.OF_AN_ACCOUNT);
        MirrorDatabase.open(new DatabaseAddress(url, null, null), settings).close();
        jdbc.execute("CREATE TABLE log (resource VARCHAR, record VARCHAR)");
        jdbc.execute("CREATE FUNCTION log_insert() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN"
                + " INSERT INTO log VALUES (TG_TABLE_NAME, NEW.record); RETURN NEW; END $$");
        for (Mirrored what : resources) {
            jdbc.execute("CREATE TRIGGER log_insert AFTER INSERT ON " + settings.table(what)
                    + " FOR EACH ROW EXECUTE FUNCTION log_insert()");
        }
    }

    private Process start(CliniceaSandbox account, String url) throws IOException {
        ProcessBuilder mirror = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CliniceaCli.class.getName(),
                "mirror",
                "--compare",
                "--jdbc-url=" + url,
                "--base-url=" + account.baseUrl(),
                "--delay=20");
        mirror.environment().put("CLINICEA_API_KEY", account.apiKey());
        File output = folder.resolve("output").toFile();
        return mirror.redirectErrorStream(true).redirectOutput(output).start();
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output"));
    }

    private static int count(JdbcTemplate jdbc, String rows) {
        return jdbc.queryForObject("SELECT COUNT(*) FROM " + rows, Integer.class);
    }
}
