/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.state.JdbcSyncRepository;
import io.github.camelclinicea.testing.Answer;
import io.github.camelclinicea.testing.BetweenPolls;
import io.github.camelclinicea.testing.ChangeListServer;
import io.github.camelclinicea.testing.ListedRow;
import io.github.camelclinicea.testing.Postgres;
import io.github.camelclinicea.testing.StubClinicea;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.apache.camel.spi.IdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests a sync that changes from Camel's JDBC repository to {@link JdbcSyncRepository} and back, on one table. */
class RepositoryChangeTest {
    private final ChangeListServer server = new ChangeListServer();
    private final HikariDataSource dataSource = new HikariDataSource();
    private final List<String> delivered = new CopyOnWriteArrayList<>();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final List<String> expected = new ArrayList<>();
    private DefaultCamelContext camel;

    @AfterEach
    void close() {
        BetweenPolls.stop(camel);
        server.close();
        dataSource.close();
    }

    private void process(Exchange exchange) {
        String id = exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class);
        if (failing.contains(id)) {
            throw new IllegalStateException("not yet");
        }
        delivered.add(id + " " + exchange.getMessage().getHeader(CliniceaConstants.MODIFIED));
    }

    /** Ends the process, and starts another one with a repository on the same table. */
    private CliniceaConsumer restart(IdempotentRepository repository) throws Exception {
        if (camel != null) {
            camel.stop();
        }
        camel = new DefaultCamelContext();
        camel.disableJMX();
        camel.getShutdownStrategy().setTimeout(2);
        camel.getRegistry().bind("state", repository);
        camel.getRegistry().bind("quiet", new QuietExceptionHandler());
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("clinicea:patients?initialDelay=0&delay=50&maxRetries=0&heldRowBackoff=0&exceptionHandler=#quiet"
                                + "&idempotentRepository=#state&apiKey=" + StubClinicea.API_KEY + "&baseUrl="
                                + server.baseUrl())
                        .routeId("sync")
                        .process(RepositoryChangeTest.this::process);
            }
        });
        camel.start();
        return (CliniceaConsumer) camel.getRoute("sync").getConsumer();
    }

    private IdempotentRepository camels() {
        return new JdbcMessageIdRepository(dataSource, "clinic");
    }

    private IdempotentRepository bulk() {
        return new JdbcSyncRepository(dataSource, "clinic");
    }

    private void add(List<ListedRow> rows) {
        server.add(rows);
        rows.forEach(row -> expected.add(row.id() + " " + row.modified()));
    }

    private void change(String id) {
        ListedRow row = ListedRow.patient(id, server.now(), "\"Age\":3");
        server.replace(row);
        expected.add(row.id() + " " + row.modified());
    }

    /** Waits until every version but those of some records was delivered, each once. */
    private void awaitAllBut(String... missing) {
        List<String> now = expected.stream()
                .filter(version -> !List.of(missing).contains(version.split(" ")[0]))
                .toList();
        TransactedSetting.await(() -> assertThat(delivered).containsExactlyInAnyOrderElementsOf(now));
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void given_an_interrupted_reading_and_held_rows_when_changed_over_and_back_then_each_version_comes_once(
            String database) throws Exception {
        dataSource.setJdbcUrl("H2".equals(database) ? "jdbc:h2:mem:" + System.nanoTime() : Postgres.newDatabase());
        add(ListedRow.patients(0, 250, ListedRow.LONG_AGO));
        server.answerAlways(2, Answer.refusal(500));
        failing.add("p5");
        failing.add("p210");
        restart(camels());
        TransactedSetting.await(() -> assertThat(delivered).hasSize(199));

        CliniceaConsumer second = restart(bulk());
        TransactedSetting.await(() -> assertThat(second.sync().heldRows()).isNotEmpty());
        assertThat(delivered).as("the reading is still interrupted").hasSize(199);
        server.healPages();
        awaitAllBut("p5", "p210");

        restart(camels());
        change("p3");
        failing.remove("p5");
        awaitAllBut("p210");

        CliniceaConsumer fourth = restart(bulk());
        change("p4");
        failing.clear();
        awaitAllBut();
        TransactedSetting.awaitCleanPolls(fourth, 3);

        CliniceaConsumer last = restart(camels());
        change("p6");
        awaitAllBut();
        TransactedSetting.awaitCleanPolls(last, 2);
        awaitAllBut();
    }
}
