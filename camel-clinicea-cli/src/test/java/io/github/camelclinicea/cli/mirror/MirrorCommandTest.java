/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.cli.CliniceaCli;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class MirrorCommandTest {
    @TempDir
    Path folder;

    private static EmbeddedPostgres postgres;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

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

    private int run(String... args) {
        List<String> line = new ArrayList<>(List.of("mirror", "--file=" + folder.resolve("clinic")));
        line.addAll(List.of(args));
        if (line.stream().noneMatch(option -> option.startsWith("--delay"))) {
            line.add("--delay=20");
        }
        return CliniceaCli.commandLine()
                .setOut(new PrintWriter(printed, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(errors, true, StandardCharsets.UTF_8))
                .execute(line.toArray(String[]::new));
    }

    private int runSandbox(String... args) {
        return run(Stream.concat(Stream.of("--sandbox"), Stream.of(args)).toArray(String[]::new));
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private String errors() {
        return errors.toString(StandardCharsets.UTF_8);
    }

    private static String[] optionsOf(CliniceaSandbox account, String... more) {
        return Stream.concat(
                        Stream.of("--base-url=" + account.baseUrl(), "--api-key=" + account.apiKey()), Stream.of(more))
                .toArray(String[]::new);
    }

    private static CliniceaSandbox small() {
        return CliniceaSandbox.builder().patients(25).appointments(5).bills(20).start();
    }

    @Test
    void given_the_sandbox_when_mirrored_into_h2_then_all_is_equal_and_only_changes_are_fetched_again()
            throws Exception {
        int exit = runSandbox("--patients=250", "--appointments=450", "--bills=200");

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
        assertThat(runSandbox("--patients=30", "--appointments=20", "--bills=20"))
                .isZero();

        assertThat(folder).isDirectoryContaining("glob:**clinic.mv.db");
        assertThat(folder).isDirectoryNotContaining("glob:**.trace.db");
        String url = DatabaseAddress.ofFile(folder.resolve("clinic")).shown();
        assertThat(printed()).contains("JDBC URL:      " + url + "\n").contains("SELECT status, COUNT(*)");
        JdbcTemplate jdbc = new JdbcTemplate(new DriverManagerDataSource(url, DatabaseAddress.H2_USER, ""));
        assertThat(jdbc.queryForList("SELECT DISTINCT ClinicName FROM sandbox_patients_fields", String.class))
                .isNotEmpty()
                .allMatch(name -> name.startsWith("Sandbox Clinic"));
    }

    @Test
    void given_a_mirror_of_an_earlier_clinic_when_run_again_then_it_begins_anew() throws Exception {
        assertThat(runSandbox("--patients=30", "--appointments=30", "--bills=30"))
                .isZero();
        assertThat(runSandbox("--patients=20", "--appointments=20", "--bills=20"))
                .isZero();
    }

    @Test
    void given_postgresql_when_mirrored_then_all_is_equal() throws Exception {
        int exit = runSandbox(
                "--jdbc-url=" + postgresUrl(),
                "--jdbc-user=postgres",
                "--patients=250",
                "--appointments=250",
                "--bills=150");

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
            int exit = run(optionsOf(account, "--compare"));

            assertThat(exit).as(printed() + errors()).isZero();
            assertThat(printed())
                    .containsPattern("patients .* 120 .* 120 .* equal")
                    .contains("First sync\n")
                    .contains("SELECT status, COUNT(*) FROM mirror_patients")
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
            String[] real = optionsOf(account, "--compare");
            assertThat(runSandbox("--patients=20", "--appointments=20", "--bills=20"))
                    .isZero();
            assertThat(run(real)).as(printed()).isZero();
            assertThat(runSandbox("--patients=30", "--appointments=20", "--bills=20"))
                    .isZero();
            printed.reset();

            assertThat(run(real)).as(printed()).isZero();

            assertThat(printed())
                    .as("an account's mirror goes on from its checkpoint")
                    .containsPattern("Sync from where the last run ended\\n(.*\\n)? +0 rows on");
        }
    }

    @Test
    void given_an_account_without_a_list_of_deleted_bills_when_mirrored_then_the_rest_arrives_and_it_is_said() {
        try (CliniceaSandbox account = small()) {
            int exit = run(optionsOf(account, "--compare", "--option=deletedBills.path=/api/v1/nowhere"));

            assertThat(exit).as(printed() + errors()).isZero();
            assertThat(printed()).contains("deletedBills cannot be read");
        }
    }

    @Test
    void given_a_wrong_key_when_mirrored_then_it_ends_and_says_why_in_one_line() {
        try (CliniceaSandbox account = CliniceaSandbox.start()) {
            int exit = run("--base-url=" + account.baseUrl(), "--api-key=wrong-canary");

            assertThat(exit).isEqualTo(1);
            assertThat(errors())
                    .containsPattern("^clinicea: \\w+ cannot be mirrored: .*401.*\n$")
                    .doesNotContain("wrong-canary");
        }
    }

    @Test
    void given_a_database_that_another_program_has_open_when_mirrored_then_it_ends_and_says_why() throws Exception {
        try (FileChannel other = FileChannel.open(folder.resolve("clinic.mv.db"), CREATE, WRITE)) {
            other.lock();

            int exit = runSandbox("--patients=1", "--appointments=1", "--bills=1");

            assertThat(exit).isEqualTo(1);
            assertThat(errors()).contains("The database cannot be opened: Database may be already in use");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:mem:x;PASSWRD=canary",
                "jdbc:h2:mem:x;IFEXISTS=TRUE;PASSWORD=canary",
                "jdbc:postgresql://localhost:1/x?user=u&password=canary",
                "jdbc:postgresql://u:canary@localhost:1/x"
            })
    void given_a_database_that_cannot_be_opened_when_mirrored_then_its_credentials_are_not_printed(String url) {
        int exit = runSandbox("--jdbc-url=" + url, "--jdbc-password=other-canary", "--patients=1", "--verbose");

        assertThat(exit).isEqualTo(1);
        assertThat(errors()).contains("clinicea: The database cannot be opened: ");
        assertThat(printed() + errors()).doesNotContain("canary");
    }

    @Test
    void given_a_database_without_such_a_driver_when_mirrored_then_the_option_is_named_and_its_value_not_printed() {
        assertThat(runSandbox("--jdbc-url=jdbc:nowhere:secret")).isEqualTo(2);

        assertThat(errors()).contains("--jdbc-url must begin with").doesNotContain("secret");
    }

    @Test
    void given_some_resources_when_mirrored_then_only_they_have_tables() {
        try (CliniceaSandbox account = small()) {
            assertThat(run(optionsOf(account, "--resources=patientPackages,appointments")))
                    .as(errors())
                    .isZero();
        }

        assertThat(printed()).contains("SELECT status, COUNT(*) FROM mirror_patient_packages");
        assertThat(new JdbcTemplate(new DriverManagerDataSource(
                                DatabaseAddress.ofFile(folder.resolve("clinic")).shown(), "sa", ""))
                        .queryForList(
                                "SELECT table_name FROM information_schema.tables WHERE table_schema = 'PUBLIC'"
                                        + " ORDER BY table_name",
                                String.class))
                .containsExactly(
                        "MIRROR_APPOINTMENTS",
                        "MIRROR_APPOINTMENTS_FIELDS",
                        "MIRROR_PATIENT_PACKAGES",
                        "MIRROR_PATIENT_PACKAGES_FIELDS",
                        "MIRROR_SYNC_STATE");
    }

    @Test
    void given_a_catalogue_of_ones_own_when_mirrored_then_its_lists_and_corrections_count() throws Exception {
        Path catalogue = Files.writeString(folder.resolve("a catalogue.json"), """
                {"resources": [
                  {"name": "patients", "path": "/api/v1/nowhere"},
                  {"name": "tasks", "path": "/api/v1/sandbox_tasks", "changes": {"idFields": ["ID", "TaskID"]}}]}
                """);
        try (CliniceaSandbox account = small()) {
            account.clinic().add("tasks");

            assertThat(run(optionsOf(account, "--resources=tasks", "--catalogue=" + catalogue, "--compare")))
                    .as(printed() + errors())
                    .isZero();
            assertThat(printed()).containsPattern("tasks +\\d+ +\\d+ +equal");
            assertThat(run(optionsOf(account, "--resources=patients", "--catalogue=" + catalogue)))
                    .isEqualTo(1);
            assertThat(errors()).contains("patients cannot be mirrored").contains("404");
        }
    }

    @Test
    void given_a_catalogue_that_is_no_catalogue_when_mirrored_then_the_line_names_it() throws Exception {
        Path catalogue = Files.writeString(folder.resolve("catalogue.json"), "[]");

        assertThat(run("--api-key=k", "--base-url=http://localhost:1", "--catalogue=" + catalogue))
                .isNotZero();

        assertThat(errors()).hasLineCount(errors().contains("Try ") ? 2 : 1).contains("catalogue");
    }

    @Test
    void given_the_state_of_another_account_when_mirrored_then_it_ends_and_says_so() {
        try (CliniceaSandbox account = small();
                CliniceaSandbox other = small()) {
            assertThat(run(optionsOf(account, "--resources=patients")))
                    .as(errors())
                    .isZero();

            assertThat(run(optionsOf(other, "--resources=patients"))).isEqualTo(1);
        }
        assertThat(errors())
                .containsPattern("^clinicea: The mirror cannot start: .*\n$")
                .contains("--reset=patients")
                .contains("another --file or --jdbc-url");
    }

    @Test
    void given_a_list_with_a_wrong_path_when_its_path_is_corrected_as_advised_then_the_mirror_goes_on() {
        try (CliniceaSandbox account = small()) {
            assertThat(run(optionsOf(account, "--option=deletedBills.path=/api/v1/nowhere")))
                    .isZero();
            assertThat(printed()).contains("--option=deletedBills.path=PATH --reset=deletedBills may help");
            account.clinic().delete("bills", account.clinic().ids("bills").get(0));

            assertThat(run(optionsOf(account))).isEqualTo(1);
            assertThat(errors()).contains("--reset=deletedBills");

            assertThat(run(optionsOf(account, "--reset=deletedBills", "--compare")))
                    .as(printed() + errors())
                    .isZero();
            assertThat(printed()).containsPattern("bills +19 +19 +equal");
            assertThat(run(optionsOf(account, "--compare"))).isZero();
        }
    }

    @Test
    void given_a_reset_of_a_resource_when_mirrored_then_its_rows_are_read_again_into_an_empty_table() {
        try (CliniceaSandbox account = small()) {
            assertThat(run(optionsOf(account, "--resources=patients"))).isZero();
            JdbcTemplate jdbc = new JdbcTemplate(new DriverManagerDataSource(
                    DatabaseAddress.ofFile(folder.resolve("clinic")).shown(), "sa", ""));
            jdbc.update("INSERT INTO mirror_patients (id, record) VALUES ('left-over', '{}')");

            assertThat(run(optionsOf(account, "--resources=patients", "--reset=patients", "--compare")))
                    .as(printed() + errors())
                    .isZero();
        }
        assertThat(printed()).contains("Reset: patients").containsPattern("patients +25 +25 +equal");
    }

    @Test
    void given_a_list_without_a_status_when_mirrored_then_its_rows_arrive_with_none() {
        try (CliniceaSandbox account = small()) {
            assertThat(run(optionsOf(account, "--resources=patients", "--option=statusField=Nowhere", "--compare")))
                    .as(printed() + errors())
                    .isZero();
        }
        assertThat(printed()).containsPattern("patients +25 +25 +equal").containsPattern("null +25");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Deleted", "deleted", "DELETED"})
    void given_a_status_in_any_case_when_compared_then_it_is_deleted(String status) {
        assertThat(Mirrored.isDeleted(status)).isTrue();
        assertThat(Mirrored.isDeleted(null)).isFalse();
        assertThat(Mirrored.isDeleted("Modified")).isFalse();
    }

    @Test
    void given_rows_without_an_id_when_mirrored_then_one_line_says_so() {
        try (CliniceaSandbox account = small()) {
            assertThat(run(optionsOf(account, "--resources=patients", "--option=idField=Nowhere")))
                    .isEqualTo(1);
        }
        assertThat(errors())
                .contains("clinicea: patients cannot be mirrored: ")
                .contains("a row has no id; --option=patients.idField=NAME");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void given_a_row_that_the_database_refuses_when_mirrored_then_no_log_has_a_value_of_it(boolean inPostgres)
            throws Exception {
        String url = inPostgres
                ? postgresUrl() + "&currentSchema=narrow"
                : DatabaseAddress.ofFile(folder.resolve("clinic")).shown();
        String user = inPostgres ? "postgres" : "sa";
        JdbcTemplate jdbc = new JdbcTemplate(new DriverManagerDataSource(url, user, ""));
        if (inPostgres) {
            jdbc.execute("CREATE SCHEMA narrow");
        }
        jdbc.execute("CREATE TABLE mirror_patients"
                + " (id VARCHAR(64) PRIMARY KEY, status VARCHAR(20), modified VARCHAR(255), record VARCHAR(10))");
        try (CliniceaSandbox account = small();
                LogCapture log = LogCapture.start()) {
            account.clinic().change("patients", account.clinic().ids("patients").get(0), Map.of("City", "canary"));
            Thread mirror = new Thread(() -> run(optionsOf(
                    account, "--resources=patients", "--jdbc-url=" + url, "--jdbc-user=" + user, "--delay=20")));
            mirror.start();
            await().atMost(Duration.ofSeconds(30)).until(() -> log.text().contains("cannot be written: "));
            mirror.interrupt();
            mirror.join();

            // The log of the database server, which the test runs in its own process, is the database's.
            assertThat(log.text().replaceAll("(?m)^INFO EmbeddedPostgres.*$", ""))
                    .containsPattern("Rows of patients cannot be written: \\w+, SQLState 22")
                    .doesNotContain("canary")
                    .doesNotContain("VALUES")
                    .doesNotContain("FirstName");
        }
    }

    @Test
    void given_the_mirror_of_another_key_when_mirrored_then_it_is_refused_unless_the_key_was_renewed() {
        try (CliniceaSandbox account = small()) {
            assertThat(run(optionsOf(account, "--resources=patients"))).isZero();

            String[] other = {"--base-url=" + account.baseUrl(), "--api-key=canary", "--resources=patients"};
            assertThat(run(other)).isEqualTo(1);
            assertThat(errors())
                    .containsPattern("^clinicea: The database has the mirror of another key.*--same-account.*\n$")
                    .doesNotContain("canary");
            errors.reset();

            run(Stream.concat(Stream.of(other), Stream.of("--same-account")).toArray(String[]::new));
            assertThat(errors()).as("the server refuses this one").contains("patients cannot be mirrored");
            assertThat(run(optionsOf(account, "--resources=patients", "--same-account")))
                    .isZero();
            assertThat(run(optionsOf(account, "--resources=patients"))).isZero();
        }
    }

    @Test
    void given_a_dry_run_when_run_then_it_says_what_would_be_done_and_does_nothing() {
        try (CliniceaSandbox account = small()) {
            int exit = run(optionsOf(account, "--dry-run", "--option=firstPage=1", "--option=bills.pageSize=50"));

            assertThat(exit).as(errors()).isZero();
            assertThat(account.requests()).isZero();
            assertThat(printed())
                    .contains("clinicea:patients?firstPage=1 into mirror_patients")
                    .contains("clinicea:bills?firstPage=1&pageSize=50 into mirror_bills")
                    .contains("removed from mirror_bills")
                    .doesNotContain(account.apiKey());
        }
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --patients=many                          | --patients
                    --sandbox --patients=0                   | --patients must be a number above 0
                    --sandbox --bills=-1                     | --bills must be a number above 0
                    --patients=5 --api-key=k                 | --patients is a size of the sandbox
                    --jdbcurl=secret                         | Unknown option --jdbcurl
                    --base-url=https://x.example             | Missing API key: set the variable CLINICEA_API_KEY
                    --base-url=x.example --api-key=k         | --base-url must be an address
                    --api-key=k --base-url=https://u:p@x.org | --base-url must be an address
                    --password=secret --api-key=k            | --password needs --username
                    --username=ann                           | Missing password of --username
                    --sandbox --follow                       | --follow needs an account
                    --api-key=k --follow --compare           | --compare cannot be used with --follow
                    --api-key=k --resources=patient          | --resources: there is no list of patient.
                    --api-key=k --resources=deletedBills     | deletedBills comes with bills
                    --api-key=k --resources=                 | --resources: there is no list of
                    --api-key=k --reset=tasks                | --reset: tasks is not one of --resources
                    --sandbox --reset=patients               | --reset and --same-account need an account
                    --api-key=k --delay=soon                 | --delay must be a time such as 90s
                    --api-key=k --delay=-5                   | --delay must be a time such as 90s
                    --api-key=k --option=firstPage           | --option needs NAME=VALUE
                    --api-key=k --option=fristPage=secret    | Did you mean 'firstPage'?
                    --api-key=k --option=apiKey=secret       | --option must not have a secret such as apiKey
                    --api-key=k --option=firstPage=first     | --option firstPage has a wrong value
                    --api-key=k --catalogue=nowhere.json     | --catalogue: nowhere.json cannot be read
                    --api-key=k --base-url=http://x.example  | Wrong option: baseUrl
                    --jdbc-password=secret --sandbox         | need --jdbc-url
                    """)
    void given_a_wrong_option_when_run_then_the_line_names_it_and_the_exit_code_is_2(String line, String message) {
        assertThat(run(line.split(" "))).isEqualTo(2);

        assertThat(errors())
                .startsWith("clinicea: ")
                .contains(message.strip())
                .endsWith("Try 'clinicea mirror --help'.\n")
                .doesNotContain("=secret");
        assertThat(printed()).isEmpty();
    }
}
