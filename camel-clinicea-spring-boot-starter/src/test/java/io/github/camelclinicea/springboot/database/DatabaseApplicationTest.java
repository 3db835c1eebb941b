/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.springboot.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/** Runs an application with the files that docs/how-to/spring-boot.md shows, on a real PostgreSQL. */
class DatabaseApplicationTest {
    private static final Path PAGE = Path.of("../docs/how-to/spring-boot.md");
    private static final Pattern FILE = Pattern.compile(
            "^`src/main/resources/(\\S+)` [^\\n]*:\\n\\n```\\w+\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);

    private static EmbeddedPostgres postgres;

    @RegisterExtension
    final CliniceaSandboxExtension clinicea =
            CliniceaSandboxExtension.with(CliniceaSandbox.builder().patients(120));

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private final JdbcTemplate database = new JdbcTemplate(postgres.getPostgresDatabase());

    @TempDir
    private Path folder;

    private URLClassLoader files;

    @BeforeAll
    static void startPostgres() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void writeTheFilesOfThePage() throws IOException {
        Matcher blocks = FILE.matcher(Files.readString(PAGE));
        while (blocks.find()) {
            Path file = folder.resolve(blocks.group(1));
            Files.createDirectories(file.getParent());
            Files.writeString(file, blocks.group(2));
        }
        assertThat(folder.resolve("camel/patients.yaml")).exists();
        files = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before);
        Thread.currentThread().setContextClassLoader(files);
        database.execute("DROP TABLE IF EXISTS patient, camel_messageprocessed");
    }

    @AfterEach
    void close() throws IOException {
        Thread.currentThread().setContextClassLoader(before);
        files.close();
    }

    private ConfigurableApplicationContext start(Class<?> application, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.config.location="
                        + folder.resolve("application.properties").toUri(),
                "--spring.sql.init.schema-locations="
                        + folder.resolve("schema.sql").toUri(),
                "--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                "--server.port=0",
                "--CLINICEA_API_KEY=" + clinicea.apiKey(),
                "--camel.component.clinicea.base-url=" + clinicea.baseUrl()));
        arguments.addAll(List.of(more));
        return SpringApplication.run(application, arguments.toArray(String[]::new));
    }

    private String routeOfThePage() {
        return "--camel.main.routes-include-pattern="
                + folder.resolve("camel/patients.yaml").toUri();
    }

    private void awaitPatients() {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(database.queryForList("SELECT id FROM patient", String.class))
                        .containsExactlyInAnyOrderElementsOf(clinicea.clinic().ids("patients")));
        assertThat(database.queryForObject(
                        "SELECT COUNT(*) FROM camel_messageprocessed WHERE messageId LIKE 'patients#%'", Integer.class))
                .isEqualTo(120);
    }

    @Test
    void given_the_files_of_the_page_when_started_then_each_patient_is_in_the_table_and_the_state_beside_it() {
        try (ConfigurableApplicationContext application = start(DatabaseApplication.class, routeOfThePage())) {
            assertThat(application.isRunning()).isTrue();
            awaitPatients();
        }
    }

    @Test
    void given_a_name_that_is_no_bean_when_started_then_the_start_ends_with_property_and_name() {
        assertThatThrownBy(() -> start(
                        DatabaseApplication.class,
                        routeOfThePage(),
                        "--camel.component.clinicea.state-data-source=#datasource"))
                .hasStackTraceContaining("Error binding property (stateDataSource=")
                .hasStackTraceContaining("No bean could be found in the registry for: datasource");
    }

    @Test
    void given_two_transaction_managers_when_started_then_the_start_ends_with_their_names() {
        assertThatThrownBy(() -> start(TwoDatabases.class, "--camel.main.routes-include-pattern=false"))
                .hasStackTraceContaining("found more than one PlatformTransactionManager")
                .hasStackTraceContaining("clinicTransactions")
                .hasStackTraceContaining("archiveTransactions")
                .hasStackTraceContaining("transactedPolicy");
    }

    @Test
    void given_two_transaction_managers_and_a_policy_when_started_then_each_patient_is_in_the_table()
            throws IOException {
        database.execute(Files.readString(folder.resolve("schema.sql")));
        try (ConfigurableApplicationContext application =
                start(TwoDatabasesWithPolicy.class, "--camel.main.routes-include-pattern=false")) {
            assertThat(application.getBeansOfType(PlatformTransactionManager.class))
                    .hasSize(2);
            awaitPatients();
        }
    }
}
