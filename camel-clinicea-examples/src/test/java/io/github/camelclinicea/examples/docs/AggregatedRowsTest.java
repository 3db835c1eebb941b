/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AggregationStrategies;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Shows what docs/how-to/into-a-database.md says of an aggregator, and that a batch does not lose the rows. */
class AggregatedRowsTest {
    private static final String SAVE = "sql:MERGE INTO patient (id) KEY (id) VALUES (:#PatientID)?batch=true";

    @RegisterExtension
    static final CliniceaSandboxExtension clinicea =
            CliniceaSandboxExtension.with(CliniceaSandbox.builder().patients(250));

    private final HikariDataSource dataSource = new HikariDataSource();
    private final CamelContext camel = new DefaultCamelContext();
    private final AtomicBoolean failed = new AtomicBoolean();
    private JdbcTemplate database;

    @BeforeEach
    void createTable() {
        dataSource.setJdbcUrl("jdbc:h2:mem:" + System.nanoTime());
        database = new JdbcTemplate(dataSource);
        database.execute("CREATE TABLE patient (id VARCHAR(64) PRIMARY KEY)");
        camel.getRegistry().bind("dataSource", dataSource);
        camel.getRegistry().bind("manager", new DataSourceTransactionManager(dataSource));
    }

    @AfterEach
    void close() {
        camel.stop();
        dataSource.close();
    }

    private void failOnce(Exchange exchange) {
        if (failed.compareAndSet(false, true)) {
            throw new IllegalStateException("the database is away for a moment");
        }
    }

    private void start(RouteBuilder route) throws Exception {
        camel.addRoutes(route);
        camel.start();
        long before = clinicea.sandbox().requests();
        // The list is read from end to end, and then several times only its new part.
        await().atMost(Duration.ofMinutes(1)).until(() -> clinicea.sandbox().requests() >= before + 20);
    }

    private static String patients(String options) {
        return "clinicea:patients?stateDataSource=#dataSource&initialDelay=0&delay=50&apiKey=" + clinicea.apiKey()
                + "&baseUrl=" + clinicea.baseUrl() + options;
    }

    private List<String> saved() {
        return database.queryForList("SELECT id FROM patient", String.class);
    }

    @Test
    void given_an_aggregator_when_a_write_fails_once_then_its_rows_never_come_again() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(patients(""))
                        .aggregate(constant(true), AggregationStrategies.groupedBody())
                        .completionSize(50)
                        .process(AggregatedRowsTest.this::failOnce)
                        .to(SAVE);
            }
        });

        assertThat(saved()).hasSize(200);
    }

    @Test
    void given_batches_when_a_write_fails_once_then_its_rows_come_again() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(patients("&batching=true&transacted=true"))
                        .process(AggregatedRowsTest.this::failOnce)
                        .to(SAVE);
            }
        });

        assertThat(failed).isTrue();
        assertThat(saved())
                .containsExactlyInAnyOrderElementsOf(clinicea.clinic().ids("patients"));
    }
}
