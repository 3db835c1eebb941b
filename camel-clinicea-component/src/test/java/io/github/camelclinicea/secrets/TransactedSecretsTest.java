/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.state.JdbcSyncRepository;
import io.github.camelclinicea.testing.ClosedPort;
import io.github.camelclinicea.testing.Postgres;
import io.github.camelclinicea.testing.StubClinicea;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Tests that a transacted route shows no canary of its own accord. PostgreSQL quotes the values of a row when the
 * commit fails.
 */
class TransactedSecretsTest {
    private static final String POSTGRES_LOG = "io.zonky.test.db.postgres.embedded.EmbeddedPostgres";

    private final CanaryWatch watch = new CanaryWatch(Level.INFO, Set.of(POSTGRES_LOG));
    private final WatchedContext context = new WatchedContext(watch);
    private final StubClinicea clinicea = new StubClinicea();

    @AfterEach
    void close() {
        context.close();
        clinicea.close();
        watch.close();
    }

    private void addRoute(DriverManagerDataSource dataSource) throws Exception {
        context.camel().getRegistry().bind("state", new JdbcSyncRepository(dataSource, "clinic"));
        context.camel().getRegistry().bind("manager", new DataSourceTransactionManager(dataSource));
        context.camel().getRegistry().bind("silent", new Silent());
        JdbcTemplate database = new JdbcTemplate(dataSource);
        context.camel().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(clinicea.uri(
                                "patients",
                                "transacted=true&idempotentRepository=#state&delay=200&exceptionHandler=#silent"))
                        .routeId("sync")
                        .process(exchange -> insert(database, exchange))
                        .process(exchange -> insert(database, exchange));
            }
        });
    }

    private static void insert(JdbcTemplate database, Exchange exchange) {
        database.update("INSERT INTO log VALUES (?)", exchange.getMessage().getBody(String.class));
    }

    @Test
    void given_commits_that_fail_with_content_of_rows_when_polled_then_nothing_is_seen() throws Exception {
        DriverManagerDataSource dataSource = new DriverManagerDataSource(Postgres.newDatabase());
        new JdbcTemplate(dataSource)
                .execute("CREATE TABLE log (content VARCHAR(500) UNIQUE DEFERRABLE INITIALLY DEFERRED)");
        String row = "{\"PatientID\":\"p1\",\"FirstName\":\"" + CanaryWatch.WORD + "\",\"DataStatusStr\":\"Added\","
                + "\"ModifiedDatetime\":\"2026-01-01T00:00:00\"}";
        clinicea.servePatients("[" + row + "]");
        addRoute(dataSource);
        context.camel().start();

        await().atMost(StubClinicea.PATIENCE)
                .until(() -> watch.warnings().stream().anyMatch(text -> text.contains("is held")));
        context.inspect();
        context.close();
        // The exception of the database is on the exchange as it is, and Camel's event has it.
        assertThat(watch.hits()).isNotEmpty().allMatch(hit -> hit.startsWith("cause of event ExchangeFailed"));
    }

    @Test
    void given_a_database_that_does_not_exist_when_started_then_its_url_is_not_seen() throws Exception {
        clinicea.servePatients("[]");
        addRoute(new DriverManagerDataSource("jdbc:nosuch://host/db?password=" + CanaryWatch.WORD));

        assertThatThrownBy(() -> context.camel().start()).satisfies(failure -> {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString()).contains("no JDBC driver for its URL").doesNotContain(CanaryWatch.WORD);
        });

        assertThat(watch.hits()).isEmpty();
    }

    @Test
    void given_a_database_that_cannot_be_reached_when_started_then_its_url_is_not_seen() throws Exception {
        clinicea.servePatients("[]");
        try (ClosedPort port = new ClosedPort()) {
            addRoute(new DriverManagerDataSource(
                    "jdbc:postgresql://localhost:" + port.port() + "/db?password=" + CanaryWatch.WORD));
            context.camel().start();

            await().atMost(StubClinicea.PATIENCE)
                    .until(() -> watch.warnings().stream().anyMatch(text -> text.contains("cannot read its state")));
            context.assertNothingSeen();
        }
    }

    private static final class Silent implements ExceptionHandler {
        @Override
        public void handleException(Throwable exception) {
            // What it does with the exception is the user's concern.
        }

        @Override
        public void handleException(String message, Throwable exception) {
            // What it does with the exception is the user's concern.
        }

        @Override
        public void handleException(String message, Exchange exchange, Throwable exception) {
            // What it does with the exception is the user's concern.
        }
    }
}
