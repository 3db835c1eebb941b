/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** Runs the files and commands of docs/how-to/on-call.md, with a row that the database refuses. */
class OnCallTest {
    private static final Duration A_WHILE = Duration.ofMinutes(1);
    private static final int PATIENTS = 40;
    private static final String SKIP_OR_TRY = "Skip a row, or try it again";

    @RegisterExtension
    final CliniceaSandboxExtension clinicea =
            CliniceaSandboxExtension.with(CliniceaSandbox.builder().patients(PATIENTS));

    @TempDir
    private Path folder;

    private String poison;
    private OnCallApplication application;
    private JdbcTemplate database;

    @BeforeEach
    void start() throws Exception {
        poison = clinicea.clinic().ids("patients").get(7);
        clinicea.clinic().change("patients", poison, Map.of("FirstName", "Longname ".repeat(20)));
        application = new OnCallApplication(
                OnCallApplication.project(clinicea.baseUrl(), clinicea.apiKey())
                        .with(OnCallApplication.PROPERTIES, "jdbc:h2:./clinic", "jdbc:h2:" + folder.resolve("clinic")),
                folder);
        database = new JdbcTemplate(application.bean(DataSource.class));
        await().atMost(A_WHILE)
                .untilAsserted(() -> assertThat(application
                                .sync()
                                .path("heldRows")
                                .path(0)
                                .path("recordId")
                                .asText())
                        .isEqualTo(poison));
    }

    @AfterEach
    void stop() throws IOException {
        application.close();
    }

    private List<String> saved() {
        return database.queryForList("SELECT id FROM patient", String.class);
    }

    @Test
    void given_a_row_that_fails_when_it_is_skipped_as_the_page_says_then_it_is_held_no_more() throws Exception {
        assertThat(application.meter("clinicea_rows_held")).isEqualTo(1);
        assertThat(application.get("/observe/health?data=true").body()).contains("clinicea.failedRows");
        List<String> commands = OnCallApplication.commands(SKIP_OR_TRY);

        assertThat(application.act(commands.get(2).replace("=ID", "=" + poison)))
                .isEqualTo("Versions skipped: 1");

        await().atMost(A_WHILE)
                .untilAsserted(
                        () -> assertThat(application.sync().path("failedRows").asInt())
                                .isZero());
        assertThat(application.sync().path("heldRows")).isEmpty();
        assertThat(application.meter("clinicea_rows_skipped_total")).isEqualTo(1);
        assertThat(saved()).hasSize(PATIENTS - 1).doesNotContain(poison);
    }

    @Test
    void given_a_target_that_was_repaired_when_held_rows_are_tried_again_then_the_row_is_delivered() throws Exception {
        database.execute("ALTER TABLE patient ALTER COLUMN first_name VARCHAR(1000)");
        List<String> commands = OnCallApplication.commands(SKIP_OR_TRY);

        assertThat(application.act(commands.get(0))).startsWith("Rows that the next poll emits again:");
        assertThat(application.act(commands.get(1))).isNotEmpty();

        await().atMost(A_WHILE).untilAsserted(() -> assertThat(saved()).hasSize(PATIENTS));
    }

    @Test
    void given_a_moment_when_the_sync_begins_again_then_rows_come_again() throws Exception {
        database.execute("DELETE FROM patient");
        List<String> commands = OnCallApplication.commands("Begin again from a moment");

        assertThat(application.act(commands.get(0).replaceFirst("from=\\d{4}-\\d\\d-\\d\\d", "from=2000-01-31")))
                .startsWith("The next poll begins at 2000-01-31");
        application.act(commands.get(1));

        await().atMost(A_WHILE).untilAsserted(() -> assertThat(saved()).hasSize(PATIENTS - 1));
    }

    @Test
    void given_jolokia_with_the_access_file_when_used_then_only_reading_and_the_operations_of_a_sync_are_allowed()
            throws Exception {
        List<String> commands = OnCallApplication.commands(SKIP_OR_TRY);
        JsonNode names =
                OnCallApplication.json(application.run(commands.get(3))).path("value");
        assertThat(names).hasSize(1);
        String execute =
                commands.get(4).replace("MBEAN", names.get(0).asText()).replace("\"ID\"", "\"" + poison + "\"");

        JsonNode refused = OnCallApplication.json(application.run(execute.replace("skipRow(java.lang.String)", "stop()")
                .replaceFirst("\"arguments\": \\[.*]", "\"arguments\": []")));
        assertThat(refused.path("status").asInt()).as(refused.toString()).isIn(403, 500);
        assertThat(refused.path("error").asText()).contains("forbidden");
        assertThat(OnCallApplication.json(application.run(
                                execute.replace("Origin: http://localhost'", "Origin: http://elsewhere.example'")))
                        .path("status")
                        .asInt())
                .as("a page of another site")
                .isNotEqualTo(200);
        assertThat(status("java.lang:type=Runtime", execute))
                .as("system properties")
                .isEqualTo(403);
        assertThat(application.sync().path("failedRows").asInt()).isEqualTo(1);

        JsonNode skipped = OnCallApplication.json(application.run(execute));

        assertThat(skipped.path("status").asInt()).as(skipped.toString()).isEqualTo(200);
        assertThat(skipped.path("value").asInt()).isEqualTo(1);
        await().atMost(A_WHILE)
                .untilAsserted(
                        () -> assertThat(application.sync().path("failedRows").asInt())
                                .isZero());
    }

    private int status(String mbean, String execute) throws Exception {
        return OnCallApplication.json(application.run(execute.replaceFirst(
                        "-d '.*'",
                        "-d '{\"type\": \"read\", \"mbean\": \"" + mbean
                                + "\", \"attribute\": \"SystemProperties\"}'")))
                .path("status")
                .asInt();
    }

    @Test
    void given_the_artifacts_of_the_page_when_compared_with_the_class_path_then_they_are_on_it() throws IOException {
        String page = Files.readString(Path.of("../docs/how-to/on-call.md"));
        String table = page.substring(page.indexOf("### What you need"), page.indexOf("### Camel Main"));
        List<String> artifacts = Pattern.compile("^\\| [^|]* \\| `(camel-[\\w-]+)` \\|", Pattern.MULTILINE)
                .matcher(table)
                .results()
                .map(row -> row.group(1))
                .toList();

        assertThat(artifacts).hasSize(6);
        assertThat(artifacts)
                .allSatisfy(artifact ->
                        assertThat(System.getProperty("java.class.path")).contains("/" + artifact + "-"));
    }
}
