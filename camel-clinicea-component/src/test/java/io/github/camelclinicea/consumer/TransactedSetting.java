/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.state.JdbcSyncRepository;
import io.github.camelclinicea.testing.ChangeListServer;
import io.github.camelclinicea.testing.StubClinicea;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Provides a clinic, a database with a table without a key, and a context for transacted routes. */
final class TransactedSetting implements AutoCloseable {
    final ChangeListServer server = new ChangeListServer();
    final DefaultCamelContext camel = new DefaultCamelContext();
    final QuietExceptionHandler quiet = new QuietExceptionHandler();
    final HikariDataSource dataSource = new HikariDataSource();
    final JdbcTemplate database;

    TransactedSetting(String jdbcUrl) {
        dataSource.setJdbcUrl(jdbcUrl);
        database = new JdbcTemplate(dataSource);
        database.execute("CREATE TABLE log (id VARCHAR(20), stamp VARCHAR(30))");
        camel.disableJMX();
        camel.getShutdownStrategy().setTimeout(2);
        camel.getRegistry().bind("quiet", quiet);
    }

    static TransactedSetting onH2() {
        return new TransactedSetting("jdbc:h2:mem:" + System.nanoTime());
    }

    JdbcSyncRepository repository() {
        return new JdbcSyncRepository(dataSource, "clinic");
    }

    DataSourceTransactionManager manager() {
        return new DataSourceTransactionManager(dataSource);
    }

    TransactedSetting bind(String name, Object bean) {
        camel.getRegistry().bind(name, bean);
        return this;
    }

    /** Binds a repository and a transaction manager on the database. */
    TransactedSetting bindUsual() {
        return bind("state", repository()).bind("manager", manager());
    }

    String uri(String options) {
        return "clinicea:patients?transacted=true&initialDelay=0&delay=50&maxRetries=0&exceptionHandler=#quiet&apiKey="
                + StubClinicea.API_KEY + "&baseUrl=" + server.baseUrl() + options;
    }

    void addRoute(String options, Consumer<RouteDefinition> steps) throws Exception {
        addRoute("sync", options, steps);
    }

    void addRoute(String id, String options, Consumer<RouteDefinition> steps) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                steps.accept(from(uri(options)).routeId(id));
            }
        });
    }

    CliniceaConsumer start(Consumer<RouteDefinition> steps) throws Exception {
        addRoute("&idempotentRepository=#state", steps);
        camel.start();
        return consumer();
    }

    CliniceaConsumer consumer() {
        return (CliniceaConsumer) camel.getRoute("sync").getConsumer();
    }

    /** Inserts the row into the table. */
    void insert(Exchange exchange) {
        database.update(
                "INSERT INTO log VALUES (?, ?)",
                exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class),
                exchange.getMessage().getHeader(CliniceaConstants.MODIFIED, String.class));
    }

    List<String> log() {
        return database.queryForList("SELECT id FROM log ORDER BY id, stamp", String.class);
    }

    /** Asserts that the start fails with all of the words, and that the server received no request. */
    void assertRefused(String... words) {
        Throwable failure = catchThrowable(camel::start);
        assertThat(messages(failure)).contains(words);
        assertThat(server.requests()).isEmpty();
    }

    /** Returns the messages of an exception and its causes. */
    static String messages(Throwable failure) {
        StringBuilder messages = new StringBuilder();
        for (Throwable t = failure; t != null; t = t.getCause()) {
            messages.append(t.getMessage()).append('\n');
        }
        return messages.toString();
    }

    static void await(ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(StubClinicea.PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(assertion);
    }

    static void awaitCleanPolls(CliniceaConsumer consumer, int more) {
        long until = consumer.sync().cleanPolls() + more;
        await(() -> assertThat(consumer.sync().cleanPolls()).isGreaterThanOrEqualTo(until));
    }

    @Override
    public void close() {
        camel.stop();
        server.close();
        dataSource.close();
    }
}
