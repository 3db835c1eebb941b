/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.mirror;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class MirrorToDatabaseTest {
    @TempDir
    Path folder;

    private static EmbeddedPostgres postgres;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @AfterAll
    static void stopPostgres() throws IOException {
        if (postgres != null) {
            postgres.close();
        }
    }

    private static String postgresUrl() throws IOException {
        if (postgres == null) {
            postgres = EmbeddedPostgres.start();
        }
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    private int run(String... args) throws Exception {
        List<String> withShortDelay = new ArrayList<>(List.of(args));
        withShortDelay.add("--delay=20");
        return new MirrorToDatabase(
                        new PrintStream(printed, true, StandardCharsets.UTF_8),
                        MirrorOptions.parse(withShortDelay.toArray(String[]::new)),
                        folder.resolve("clinic"))
                .run();
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void given_the_sandbox_when_mirrored_into_h2_then_all_is_equal_and_only_changes_are_fetched_again()
            throws Exception {
        int exit = run("--patients=250", "--appointments=450", "--bills=200");

        assertThat(exit).isZero();
        assertThat(printed())
                .containsPattern("patients .* equal\\n")
                .containsPattern("appointments .* equal\\n")
                .containsPattern("bills .* equal\\n")
                .containsPattern("all .* 1,495\\n")
                .containsPattern("Incremental sync after 540 changes in the clinic\\n(.* rows/s .*\\n)* +540 rows on")
                .containsPattern("Restart after 45 changes while stopped\\n.*\\n(.* rows/s .*\\n)* +45 rows on");
    }

    @Test
    void given_a_mirror_in_h2_when_it_ends_then_it_leaves_one_file_that_can_be_queried_as_printed() throws Exception {
        assertThat(run("--patients=30", "--appointments=20", "--bills=20")).isZero();

        assertThat(folder).isDirectoryContaining("glob:**clinic.mv.db");
        assertThat(folder).isDirectoryNotContaining("glob:**.trace.db");
        String url = MirrorDatabase.h2Url(folder.resolve("clinic"));
        assertThat(printed()).contains("JDBC URL:      " + url + "\n").contains("SELECT status, COUNT(*)");
        JdbcTemplate jdbc = new JdbcTemplate(new DriverManagerDataSource(url, MirrorDatabase.H2_USER, ""));
        assertThat(jdbc.queryForList("SELECT DISTINCT ClinicName FROM sandbox_patients_fields", String.class))
                .isNotEmpty()
                .allMatch(name -> name.startsWith("Sandbox Clinic"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void given_records_when_their_field_table_is_made_then_each_field_is_a_column_with_its_text(boolean inPostgres)
            throws Exception {
        DriverManagerDataSource dataSource = new DriverManagerDataSource(
                inPostgres
                        ? postgresUrl()
                        : "jdbc:h2:" + folder.resolve("clinic").toAbsolutePath());
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);
        JsonNode one = JsonNodeFactory.instance
                .objectNode()
                .put("FullName", "\"Ann\"\\ Ö'\n")
                .put("Fee", 12.5)
                .putNull("User");
        JsonNode other = JsonNodeFactory.instance.objectNode().put("fee", 3).put("it's \"new\"", true);
        FieldTables tables = new FieldTables(jdbc, new TransactionTemplate(new JdbcTransactionManager(dataSource)));
        tables.create("rows_of", List.of(other));

        tables.create("rows_of", List.of(one, other));

        assertThat(jdbc.queryForList("SELECT FullName FROM rows_of_fields WHERE Fee = '12.5'", String.class))
                .containsExactly("\"Ann\"\\ Ö'\n");
        assertThat(jdbc.queryForList("SELECT * FROM rows_of_fields WHERE FullName IS NULL"))
                .singleElement()
                .satisfies(row -> assertThat(row.values()).containsExactly(null, "3", null, "true"));
    }

    @Test
    void given_a_mirror_of_an_earlier_clinic_when_run_again_then_it_begins_anew() throws Exception {
        assertThat(run("--patients=30", "--appointments=30", "--bills=30")).isZero();
        assertThat(run("--patients=20", "--appointments=20", "--bills=20")).isZero();
    }

    @Test
    void given_postgresql_when_mirrored_then_all_is_equal() throws Exception {
        int exit = run("--jdbc-url=" + postgresUrl(), "--patients=250", "--appointments=250", "--bills=150");

        assertThat(exit).as(printed()).isZero();
        assertThat(printed()).doesNotContain("DIFFERENT");
    }

    @Test
    void given_an_account_when_mirrored_then_it_is_compared_with_what_the_producer_lists() throws Exception {
        try (CliniceaSandbox account = CliniceaSandbox.builder()
                .patients(120)
                .appointments(110)
                .bills(20)
                .start()) {
            int exit = run("--base-url=" + account.baseUrl(), "--api-key=" + account.apiKey());

            assertThat(exit).as(printed()).isZero();
            assertThat(printed())
                    .containsPattern("patients .* 120 .* 120 .* equal")
                    .doesNotContain(account.apiKey());
        }
    }

    @Test
    void given_a_run_with_the_sandbox_when_an_account_follows_then_neither_touches_the_others_tables()
            throws Exception {
        try (CliniceaSandbox account = CliniceaSandbox.builder()
                .seed(7)
                .patients(25)
                .appointments(5)
                .bills(20)
                .start()) {
            String[] real = {"--base-url=" + account.baseUrl(), "--api-key=" + account.apiKey()};
            assertThat(run("--patients=20", "--appointments=20", "--bills=20")).isZero();
            assertThat(run(real)).as(printed()).isZero();
            assertThat(run("--patients=30", "--appointments=20", "--bills=20")).isZero();
            printed.reset();

            assertThat(run(real)).as(printed()).isZero();

            assertThat(printed())
                    .as("an account's mirror goes on from its checkpoint")
                    .containsPattern("First sync\\n(.*\\n)? +0 rows on");
        }
    }

    @Test
    void given_an_account_without_a_list_of_deleted_bills_when_mirrored_then_the_rest_arrives_and_it_is_said()
            throws Exception {
        try (CliniceaSandbox account =
                CliniceaSandbox.builder().patients(25).appointments(5).bills(20).start()) {
            int exit = run(
                    "--base-url=" + account.baseUrl(),
                    "--api-key=" + account.apiKey(),
                    "--deleted-bills-path=/api/v1/nowhere");

            assertThat(exit).as(printed()).isZero();
            assertThat(printed()).contains("deletedBills cannot be read");
        }
    }

    @Test
    void given_a_wrong_key_when_mirrored_then_it_ends_and_says_what_cannot_be_mirrored() throws Exception {
        try (CliniceaSandbox account = CliniceaSandbox.start()) {
            int exit = run("--base-url=" + account.baseUrl(), "--api-key=wrong");

            assertThat(exit).isEqualTo(1);
            assertThat(printed()).contains(" cannot be mirrored; the log has the reason\n");
        }
    }

    @Test
    void given_a_database_that_another_program_has_open_when_mirrored_then_it_ends_and_says_why() throws Exception {
        try (FileChannel other = FileChannel.open(folder.resolve("clinic.mv.db"), CREATE, WRITE)) {
            other.lock();

            int exit = run("--patients=1", "--appointments=1", "--bills=1");

            assertThat(exit).isEqualTo(1);
            assertThat(printed()).contains("The database cannot be opened: Database may be already in use");
        }
    }

    @Test
    void given_a_url_that_no_driver_takes_when_mirrored_then_it_ends_and_does_not_print_it() throws Exception {
        int exit = run("--jdbc-url=jdbc:nowhere:secret", "--patients=1", "--appointments=1", "--bills=1");

        assertThat(exit).isEqualTo(1);
        assertThat(printed())
                .contains("The database cannot be opened: No suitable driver")
                .doesNotContain("secret");
    }

    @Test
    void given_one_record_that_differs_when_compared_then_it_is_not_equal() {
        JsonNode one = JsonNodeFactory.instance.objectNode().put("ID", "a").put("Fee", 1);
        JsonNode other = JsonNodeFactory.instance.objectNode().put("ID", "a").put("Fee", 2);
        Comparison comparison = new Comparison();
        comparison.add(Mirrored.PATIENTS, Map.of("a", one), Map.of("a", one));
        assertThat(comparison.equal()).isTrue();

        comparison.add(Mirrored.BILLS, Map.of("a", one), Map.of("a", other));

        assertThat(comparison.equal()).isFalse();
        comparison.print(new PrintStream(printed, true, StandardCharsets.UTF_8), new Progress(System.out));
        assertThat(printed()).containsPattern("bills .* DIFFERENT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--patients=many", "--patients=0", "--jdbcurl=secret", "mirror", "--base-url=https://x.example"})
    void given_a_wrong_argument_when_parsed_then_the_error_names_it_and_shows_the_usage(String arg) {
        assertThatThrownBy(() -> MirrorOptions.parse(arg))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(arg.contains("=") ? arg.substring(0, arg.indexOf('=')) : arg)
                .hasMessageContaining("--jdbc-url=URL")
                .hasMessageNotContaining("secret");
    }
}
