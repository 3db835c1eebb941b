/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelclinicea.consumer.CliniceaConsumer;
import io.github.camelclinicea.state.JdbcSyncRepository;
import io.github.camelclinicea.testing.ChangeListServer;
import io.github.camelclinicea.testing.ListedRow;
import io.github.camelclinicea.testing.Postgres;
import io.github.camelclinicea.testing.StubClinicea;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The option {@code stateDataSource}, and repositories that can never work. */
class StateDataSourceTest {
    private final ChangeListServer server = new ChangeListServer();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final HikariDataSource dataSource = new HikariDataSource();
    private final List<String> delivered = new CopyOnWriteArrayList<>();

    StateDataSourceTest() {
        dataSource.setJdbcUrl("jdbc:h2:mem:" + System.nanoTime());
        server.add(ListedRow.patients(0, 3, ListedRow.LONG_AGO));
        camel.disableJMX();
        camel.getRegistry().bind("dataSource", dataSource);
    }

    @AfterEach
    void close() throws Exception {
        camel.close();
        server.close();
        dataSource.close();
    }

    private String uri(String options) {
        return "clinicea:patients?initialDelay=0&delay=50&maxRetries=0&apiKey=" + StubClinicea.API_KEY + "&baseUrl="
                + server.baseUrl() + options;
    }

    private void start(String options) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri(options))
                        .routeId("sync")
                        .process(exchange -> delivered.add(
                                exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class)));
            }
        });
        camel.start();
    }

    private void awaitRows(String... ids) {
        Awaitility.await()
                .atMost(StubClinicea.PATIENCE)
                .untilAsserted(() -> assertThat(delivered).containsExactly(ids));
    }

    @Test
    void given_a_data_source_when_polled_then_the_state_is_in_its_table() throws Exception {
        start("&stateDataSource=#dataSource");

        awaitRows("p0", "p1", "p2");
        Awaitility.await()
                .atMost(StubClinicea.PATIENCE)
                .untilAsserted(() -> assertThat(new JdbcTemplate(dataSource)
                                .queryForList("SELECT messageId FROM CAMEL_MESSAGEPROCESSED", String.class))
                        .filteredOn(key -> key.startsWith("patients#"))
                        .hasSize(3));
    }

    @Test
    void given_a_data_source_on_the_component_when_polled_then_all_endpoints_use_it_and_a_second_sync_is_refused()
            throws Exception {
        camel.getComponent("clinicea", CliniceaComponent.class)
                .getConfiguration()
                .setStateDataSource(dataSource);
        start("");
        awaitRows("p0", "p1", "p2");

        assertThatThrownBy(() -> camel.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from(uri("&overlap=1s")).to("mock:other");
                    }
                }))
                .hasStackTraceContaining("syncId 'patients' is in use");
    }

    @Test
    void given_a_data_source_and_a_repository_when_started_then_both_are_named() {
        camel.getRegistry().bind("state", new MemoryIdempotentRepository());

        assertThatThrownBy(() -> start("&stateDataSource=#dataSource&idempotentRepository=#state"))
                .hasStackTraceContaining("idempotentRepository and stateDataSource are both set");
    }

    @Test
    void given_a_database_that_is_away_when_it_is_back_then_polls_begin() throws Exception {
        boolean[] there = {false};
        DataSource distant = new AbstractDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                if (!there[0]) {
                    throw new SQLTransientConnectionException("nobody there");
                }
                return dataSource.getConnection();
            }

            @Override
            public Connection getConnection(String user, String password) throws SQLException {
                return getConnection();
            }
        };
        camel.getRegistry().bind("distant", distant);
        start("&stateDataSource=#distant");
        assertThat(camel.getRoute("sync").getConsumer()).isInstanceOf(CliniceaConsumer.class);
        assertThat(delivered).isEmpty();

        there[0] = true;

        awaitRows("p0", "p1", "p2");
    }

    @Test
    void given_a_url_that_no_driver_takes_when_started_then_the_start_ends_with_the_reason() {
        camel.getRegistry().bind("none", new DriverManagerDataSource("jdbc:nobody:here"));

        assertThatThrownBy(() -> start("&stateDataSource=#none"))
                .hasStackTraceContaining("has no JDBC driver for its URL");
    }

    @Test
    void given_a_pool_whose_driver_refuses_its_url_when_started_then_the_start_ends_with_the_reason_and_not_the_url() {
        try (HikariDataSource wrong = new HikariDataSource()) {
            wrong.setDriverClassName("org.h2.Driver");
            wrong.setJdbcUrl("jdbc:postgresql://localhost/clinic?password=s3cret");
            camel.getRegistry().bind("wrong", wrong);

            assertThatThrownBy(() -> start("&stateDataSource=#wrong"))
                    .hasStackTraceContaining("has no JDBC driver for its URL")
                    .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("s3cret"));
        }
        assertThat(camel.isStarted()).isFalse();
    }

    private static String stackTrace(Throwable e) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT", "SELECT, INSERT", "SELECT, DELETE"})
    void given_a_user_who_may_not_write_all_when_started_then_the_start_ends_with_the_rights_to_grant(String rights)
            throws Exception {
        try (HikariDataSource admin = new HikariDataSource();
                HikariDataSource limited = new HikariDataSource()) {
            admin.setJdbcUrl(Postgres.newDatabase());
            JdbcTemplate database = new JdbcTemplate(admin);
            String user = "clerk" + System.nanoTime();
            JdbcSyncRepository repository = new JdbcSyncRepository(admin, "clinicea");
            repository.start();
            database.execute("CREATE USER " + user + " PASSWORD 'test'");
            database.execute("GRANT " + rights + " ON CAMEL_MESSAGEPROCESSED TO " + user);
            limited.setJdbcUrl(admin.getJdbcUrl().replaceAll("user=[^&]*", "user=" + user) + "&password=test");
            camel.getRegistry().bind("limited", limited);

            assertThatThrownBy(() -> start("&stateDataSource=#limited"))
                    .hasStackTraceContaining("may not write to the table CAMEL_MESSAGEPROCESSED: grant SELECT, INSERT"
                            + " and DELETE on it");
            assertThat(database.queryForList("SELECT messageId FROM CAMEL_MESSAGEPROCESSED"))
                    .isEmpty();
        }
        assertThat(camel.isStarted()).isFalse();
    }

    @Test
    void given_an_h2_user_who_may_only_read_when_started_then_the_start_ends_with_the_rights_to_grant() {
        JdbcTemplate database = new JdbcTemplate(dataSource);
        new JdbcSyncRepository(dataSource, "clinicea").start();
        database.execute("CREATE USER clerk PASSWORD 'test'");
        database.execute("GRANT SELECT ON CAMEL_MESSAGEPROCESSED TO clerk");
        camel.getRegistry().bind("limited", new DriverManagerDataSource(dataSource.getJdbcUrl(), "clerk", "test"));

        assertThatThrownBy(() -> start("&stateDataSource=#limited"))
                .hasStackTraceContaining("may not write to the table CAMEL_MESSAGEPROCESSED");
    }

    @Test
    void given_a_pool_without_a_url_when_started_then_the_start_ends_with_the_reason() throws Exception {
        try (HikariDataSource none = new HikariDataSource()) {
            camel.getRegistry().bind("none", none);

            assertThatThrownBy(() -> start("&stateDataSource=#none")).hasStackTraceContaining("or no URL");
        }
    }

    @Test
    void given_a_table_of_something_else_when_started_then_the_start_ends_with_the_statement_to_run() {
        new JdbcTemplate(dataSource).execute("CREATE TABLE CAMEL_MESSAGEPROCESSED (id INT, messageId VARCHAR(100))");

        assertThatThrownBy(() -> start("&stateDataSource=#dataSource"))
                .hasStackTraceContaining("The table CAMEL_MESSAGEPROCESSED has other columns than the state needs."
                        + " Set another tableName, or have the table created by: CREATE TABLE CAMEL_MESSAGEPROCESSED");
    }

    @Test
    void given_a_user_who_may_not_create_the_table_the_table_when_started_then_the_statement_to_run_is_in_the_message()
            throws Exception {
        HikariDataSource admin = new HikariDataSource();
        admin.setJdbcUrl(Postgres.newDatabase());
        HikariDataSource limited = new HikariDataSource();
        try {
            JdbcTemplate database = new JdbcTemplate(admin);
            String user = "clerk" + System.nanoTime();
            database.execute("CREATE USER " + user + " PASSWORD 'test'");
            database.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
            limited.setJdbcUrl(admin.getJdbcUrl().replaceAll("user=[^&]*", "user=" + user) + "&password=test");
            camel.getRegistry().bind("limited", limited);

            assertThatThrownBy(() -> start("&stateDataSource=#limited"))
                    .hasStackTraceContaining(
                            "Have it created by a user with the right to: CREATE TABLE CAMEL_MESSAGEPROCESSED");
        } finally {
            limited.close();
            admin.close();
        }
    }

    @Test
    void given_a_repository_without_a_data_source_when_started_then_the_start_ends() {
        JdbcMessageIdRepository byProperties = new JdbcMessageIdRepository();
        byProperties.setProcessorName("clinic-1");
        camel.getRegistry().bind("state", byProperties);

        assertThatThrownBy(() -> start("&idempotentRepository=#state"))
                .hasStackTraceContaining("The idempotentRepository of syncId 'patients' can never work")
                .hasStackTraceContaining(JdbcMessageIdRepository.class.getName())
                .hasStackTraceContaining("as a constructor argument, or set stateDataSource instead");
        assertThat(camel.isStarted()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "stateDataSource=#nowhere, nowhere",
        "stateDataSource=#number, number",
        "idempotentRepository=#nowhere, nowhere",
        "idempotentRepository=#dataSource, dataSource"
    })
    void given_a_bean_that_is_absent_or_of_another_type_when_started_then_option_and_bean_are_named(
            String option, String bean) {
        camel.getRegistry().bind("number", 42);

        assertThatThrownBy(() -> start("&" + option))
                .hasStackTraceContaining(option.replaceFirst("=.*", ""))
                .hasStackTraceContaining("No bean could be found in the registry for")
                .hasStackTraceContaining(bean);
        assertThat(camel.isStarted()).isFalse();
    }

    @Test
    void given_a_producer_with_a_data_source_when_echoes_are_suppressed_then_both_share_the_repository()
            throws Exception {
        CliniceaComponent component = camel.getComponent("clinicea", CliniceaComponent.class);
        camel.start();
        CliniceaEndpoint one = camel.getEndpoint(uri("&stateDataSource=#dataSource"), CliniceaEndpoint.class);
        CliniceaEndpoint other =
                camel.getEndpoint(uri("&stateDataSource=#dataSource&suppressEcho=true"), CliniceaEndpoint.class);

        assertThat(one.repository()).isSameAs(other.repository()).isSameAs(component.repositoryOn(dataSource));
    }
}
