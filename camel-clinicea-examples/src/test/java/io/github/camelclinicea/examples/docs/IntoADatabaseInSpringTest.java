/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelclinicea.CliniceaComponent;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.support.ClassPathXmlApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Runs the Spring XML of docs/how-to/deploy.md with the table and the statement of docs/how-to/into-a-database.md. */
class IntoADatabaseInSpringTest {
    @RegisterExtension
    static final CliniceaSandboxExtension clinicea =
            CliniceaSandboxExtension.with(CliniceaSandbox.builder().patients(120));

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private final HikariDataSource dataSource = new HikariDataSource();
    private final JdbcTemplate database = new JdbcTemplate(dataSource);
    // The beans of the rest of an application.
    private final GenericApplicationContext application = new GenericApplicationContext();

    private URLClassLoader files;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        dataSource.setJdbcUrl("jdbc:h2:mem:" + System.nanoTime());
        PageProject project = PageProject.of(Path.of("../docs/how-to/into-a-database.md"));
        files = project.build(folder);
        Thread.currentThread().setContextClassLoader(files);
        database.execute(project.file("src/main/resources/sql/tables.sql"));
        CliniceaComponent component = new CliniceaComponent();
        component.getConfiguration().setBaseUrl(clinicea.baseUrl());
        Properties properties = new Properties();
        properties.setProperty("clinicea.api-key", clinicea.apiKey());
        application.registerBean("clinicea", CliniceaComponent.class, () -> component);
        application.registerBean("clinicProperties", Properties.class, () -> properties);
    }

    @AfterEach
    void stop() throws Exception {
        application.close();
        dataSource.close();
        Thread.currentThread().setContextClassLoader(before);
        files.close();
    }

    private ClassPathXmlApplicationContext run() {
        application.refresh();
        return new ClassPathXmlApplicationContext(new String[] {"routes/into-a-database-spring.xml"}, application);
    }

    @Test
    void given_the_page_when_started_then_each_patient_is_in_the_table_and_the_state_beside_it() {
        application.registerBean("dataSource", DataSource.class, () -> dataSource);
        try (ClassPathXmlApplicationContext spring = run()) {
            assertThat(spring.isRunning()).isTrue();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(database.queryForList("SELECT id FROM patient", String.class))
                            .containsExactlyInAnyOrderElementsOf(
                                    clinicea.clinic().ids("patients")));
            assertThat(database.queryForObject(
                            "SELECT COUNT(*) FROM CAMEL_MESSAGEPROCESSED WHERE messageId LIKE 'patients#%'",
                            Integer.class))
                    .isEqualTo(120);
        }
    }

    @Test
    void given_a_second_transaction_manager_when_started_then_the_start_ends_with_both_names() {
        application.registerBean("dataSource", DataSource.class, () -> dataSource);
        application.registerBean(
                "another", DataSourceTransactionManager.class, () -> new DataSourceTransactionManager(dataSource));

        assertThatThrownBy(this::run)
                .hasStackTraceContaining("transacted=true found more than one PlatformTransactionManager")
                .hasStackTraceContaining("transactedPolicy");
    }
}
