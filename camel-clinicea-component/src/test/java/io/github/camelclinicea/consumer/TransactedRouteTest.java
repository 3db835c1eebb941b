/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.state.JdbcSyncRepository;
import io.github.camelclinicea.testing.ChangeListServer;
import io.github.camelclinicea.testing.ListedRow;
import io.github.camelclinicea.testing.Postgres;
import io.github.camelclinicea.testing.StubClinicea;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.PooledExchangeFactory;
import org.apache.camel.impl.engine.PooledProcessorExchangeFactory;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.AsyncProcessorSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.DefaultTransactionStatus;

/**
 * The option {@code transacted}: the route only ever inserts into a table without a key, so that each version that
 * takes effect twice, or never, can be seen there.
 */
class TransactedRouteTest {
    private static final Instant STAMP = ListedRow.LONG_AGO;

    /** The same questions for each database. */
    abstract static class Contract {
        private final ChangeListServer server = new ChangeListServer();
        private final DefaultCamelContext camel = new DefaultCamelContext();
        private final HikariDataSource dataSource = new HikariDataSource();
        private final QuietExceptionHandler quiet = new QuietExceptionHandler();
        private JdbcTemplate database;

        abstract String url() throws Exception;

        @BeforeEach
        void open() throws Exception {
            dataSource.setJdbcUrl(url());
            database = new JdbcTemplate(dataSource);
            database.execute("CREATE TABLE log (id VARCHAR(20), stamp VARCHAR(30))");
        }

        @AfterEach
        void close() throws Exception {
            camel.close();
            server.close();
            dataSource.close();
        }

        /** Inserts the row, or the rows of a batch, into the log. */
        private void insert(Exchange exchange) {
            List<?> ids = exchange.getMessage().getHeader(CliniceaConstants.RECORD_IDS, List.class);
            if (ids == null) {
                database.update(
                        "INSERT INTO log VALUES (?, ?)",
                        exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class),
                        exchange.getMessage().getHeader(CliniceaConstants.MODIFIED, String.class));
            } else {
                List<?> stamps = exchange.getMessage().getHeader(CliniceaConstants.MODIFIEDS, List.class);
                database.batchUpdate(
                        "INSERT INTO log VALUES (?, ?)",
                        IntStream.range(0, ids.size())
                                .mapToObj(i -> new Object[] {ids.get(i), stamps.get(i)})
                                .toList());
            }
        }

        private List<String> log() {
            return database.queryForList("SELECT id FROM log ORDER BY id, stamp", String.class);
        }

        private CliniceaConsumer start(String options, Processor afterInsert) throws Exception {
            return start(
                    options,
                    new JdbcSyncRepository(dataSource, "clinic"),
                    manager(),
                    route -> route.process(this::insert).process(afterInsert));
        }

        private DataSourceTransactionManager manager() {
            return new DataSourceTransactionManager(dataSource);
        }

        private CliniceaConsumer start(
                String options,
                JdbcSyncRepository repository,
                DataSourceTransactionManager manager,
                java.util.function.Consumer<RouteDefinition> steps)
                throws Exception {
            camel.disableJMX();
            camel.getShutdownStrategy().setTimeout(2);
            camel.getRegistry().bind("state", repository);
            camel.getRegistry().bind("manager", manager);
            camel.getRegistry().bind("quiet", quiet);
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    steps.accept(from("clinicea:patients?transacted=true&initialDelay=0&delay=50&maxRetries=0"
                                    + "&idempotentRepository=#state&exceptionHandler=#quiet&apiKey="
                                    + StubClinicea.API_KEY + "&baseUrl=" + server.baseUrl() + options)
                            .routeId("sync"));
                }
            });
            camel.start();
            return (CliniceaConsumer) camel.getRoute("sync").getConsumer();
        }

        private static void await(ThrowingRunnable assertion) {
            Awaitility.await()
                    .atMost(StubClinicea.PATIENCE)
                    .pollInterval(Duration.ofMillis(10))
                    .untilAsserted(assertion);
        }

        private static void awaitCleanPolls(CliniceaConsumer consumer, int more) {
            long until = consumer.sync().cleanPolls() + more;
            await(() -> assertThat(consumer.sync().cleanPolls()).isGreaterThanOrEqualTo(until));
        }

        /** Throws on the first calls. */
        private static Processor failing(int times) {
            AtomicInteger calls = new AtomicInteger();
            return exchange -> {
                if (calls.incrementAndGet() <= times) {
                    throw new IllegalStateException("fails");
                }
            };
        }

        @Test
        void given_rows_when_polled_then_each_takes_effect_once() throws Exception {
            server.pageSize(100).add(ListedRow.patients(0, 120, STAMP));

            CliniceaConsumer consumer = start("", exchange -> {});
            awaitCleanPolls(consumer, 3);

            assertThat(log()).hasSize(120).doesNotHaveDuplicates();
        }

        @Test
        void given_batches_when_polled_then_each_row_takes_effect_once() throws Exception {
            server.pageSize(100).add(ListedRow.patients(0, 250, STAMP));

            CliniceaConsumer consumer = start("&batching=true", exchange -> {});
            awaitCleanPolls(consumer, 3);

            assertThat(log()).hasSize(250).doesNotHaveDuplicates();
        }

        @Test
        void given_a_step_that_fails_after_the_insert_when_polled_again_then_the_insert_was_undone() throws Exception {
            server.add(ListedRow.patients(0, 5, STAMP));

            CliniceaConsumer consumer = start("", failing(3));
            awaitCleanPolls(consumer, 1);

            assertThat(log()).containsExactly("p0", "p1", "p2", "p3", "p4");
        }

        @Test
        void given_a_batch_that_fails_when_its_rows_come_one_by_one_then_each_takes_effect_once() throws Exception {
            server.add(ListedRow.patients(0, 5, STAMP));

            CliniceaConsumer consumer = start("&batching=true", failing(2));
            awaitCleanPolls(consumer, 1);

            assertThat(log()).containsExactly("p0", "p1", "p2", "p3", "p4");
        }

        @Test
        void given_a_repository_that_fails_inside_the_transaction_when_polled_again_then_the_insert_was_undone()
                throws Exception {
            server.add(ListedRow.patients(0, 5, STAMP));
            AtomicInteger calls = new AtomicInteger();
            JdbcSyncRepository unsteady = new JdbcSyncRepository(dataSource, "clinic") {
                @Override
                public void addAll(Collection<String> keys) {
                    super.addAll(keys);
                    failAtFirst();
                }

                @Override
                public void addNew(Collection<String> keys) {
                    super.addNew(keys);
                    failAtFirst();
                }

                private void failAtFirst() {
                    if (calls.incrementAndGet() <= 4) {
                        throw new CannotAcquireLockException("fails");
                    }
                }
            };

            CliniceaConsumer consumer = start("", unsteady, manager(), route -> route.process(this::insert));
            awaitCleanPolls(consumer, 1);

            assertThat(log()).containsExactly("p0", "p1", "p2", "p3", "p4");
            assertThat(calls).hasValueGreaterThan(4);
        }

        @Test
        void given_commits_that_fail_when_polled_again_then_each_row_takes_effect_once() throws Exception {
            server.add(ListedRow.patients(0, 5, STAMP));
            AtomicInteger commits = new AtomicInteger();
            DataSourceTransactionManager unsteady = new DataSourceTransactionManager(dataSource) {
                private static final long serialVersionUID = 1L;

                @Override
                protected void doCommit(DefaultTransactionStatus status) {
                    int commit = commits.incrementAndGet();
                    if (commit % 3 == 0) {
                        super.doCommit(status);
                    } else {
                        super.doRollback(status);
                    }
                    if (commit % 3 != 0 || commit % 2 == 0) {
                        throw new TransactionSystemException("the outcome is unknown");
                    }
                }
            };

            CliniceaConsumer consumer = start(
                    "&heldRowBackoff=0",
                    new JdbcSyncRepository(dataSource, "clinic"),
                    unsteady,
                    route -> route.process(this::insert));
            awaitCleanPolls(consumer, 1);

            assertThat(log()).containsExactly("p0", "p1", "p2", "p3", "p4");
        }

        @Test
        void given_a_batch_whose_commit_was_done_and_reported_as_failed_when_polled_then_no_row_takes_effect_twice()
                throws Exception {
            server.add(ListedRow.patients(0, 5, STAMP));
            AtomicInteger commits = new AtomicInteger();
            DataSourceTransactionManager unsteady = new DataSourceTransactionManager(dataSource) {
                private static final long serialVersionUID = 1L;

                @Override
                protected void doCommit(DefaultTransactionStatus status) {
                    super.doCommit(status);
                    if (commits.incrementAndGet() == 1) {
                        throw new TransactionSystemException("the outcome is unknown");
                    }
                }
            };

            CliniceaConsumer consumer = start(
                    "&batching=true",
                    new JdbcSyncRepository(dataSource, "clinic"),
                    unsteady,
                    route -> route.process(this::insert));
            awaitCleanPolls(consumer, 2);

            assertThat(log()).containsExactly("p0", "p1", "p2", "p3", "p4");
            assertThat(commits).hasValue(1);
        }

        @Test
        void given_exchanges_marked_for_rollback_when_polled_again_then_the_insert_was_undone() throws Exception {
            server.add(ListedRow.patients(0, 4, STAMP));
            AtomicInteger calls = new AtomicInteger();

            CliniceaConsumer consumer = start("", exchange -> {
                int call = calls.incrementAndGet();
                exchange.setRollbackOnly(call == 1);
                exchange.setRollbackOnlyLast(call == 2);
            });
            awaitCleanPolls(consumer, 1);

            assertThat(log()).containsExactly("p0", "p1", "p2", "p3");
            assertThat(calls).hasValue(6);
        }

        @Test
        void given_a_failure_that_the_route_handles_when_polled_then_the_row_is_delivered_and_committed()
                throws Exception {
            server.add(ListedRow.patients(0, 3, STAMP));

            CliniceaConsumer consumer = start(
                    "",
                    new JdbcSyncRepository(dataSource, "clinic"),
                    manager(),
                    route -> route.onException(IllegalStateException.class)
                            .handled(true)
                            .process(this::insert)
                            .end()
                            .process(failing(1_000)));
            awaitCleanPolls(consumer, 2);

            assertThat(log()).containsExactly("p0", "p1", "p2");
            assertThat(consumer.sync().rowsDelivered()).isEqualTo(3);
        }

        @Test
        void given_an_unreadable_row_that_the_route_handles_when_polled_then_it_is_committed_once() throws Exception {
            server.add(ListedRow.unreadable("x", STAMP, "{\"PatientID\":\"x\",\"PatientID\":\"y\"}"));

            CliniceaConsumer consumer = start(
                    "",
                    new JdbcSyncRepository(dataSource, "clinic"),
                    manager(),
                    route -> route.onException(Exception.class)
                            .handled(true)
                            .process(this::insert)
                            .end()
                            .process(exchange -> {}));
            awaitCleanPolls(consumer, 2);

            assertThat(log()).hasSize(1);
        }

        @Test
        void given_an_error_thrown_in_the_route_when_polled_again_then_the_insert_was_undone() throws Exception {
            server.add(ListedRow.patients(0, 3, STAMP));
            AtomicInteger calls = new AtomicInteger();

            CliniceaConsumer consumer = start("", exchange -> {
                if (calls.incrementAndGet() <= 2) {
                    throw new StackOverflowError("fails");
                }
            });
            awaitCleanPolls(consumer, 1);

            assertThat(log()).containsExactly("p0", "p1", "p2");
        }

        @Test
        void given_an_on_completion_when_polled_then_it_runs_after_the_commit() throws Exception {
            server.add(ListedRow.patients(0, 3, STAMP));
            List<Integer> seen = new CopyOnWriteArrayList<>();
            HikariDataSource outside = new HikariDataSource();
            outside.setJdbcUrl(dataSource.getJdbcUrl());
            try {
                CliniceaConsumer consumer = start(
                        "",
                        new JdbcSyncRepository(dataSource, "clinic"),
                        manager(),
                        route -> route.onCompletion()
                                .process(exchange -> seen.add(new JdbcTemplate(outside)
                                        .queryForObject("SELECT COUNT(*) FROM log", Integer.class)))
                                .end()
                                .process(this::insert));
                awaitCleanPolls(consumer, 1);
            } finally {
                outside.close();
            }

            assertThat(seen).containsExactly(1, 2, 3);
        }

        @Test
        void given_a_route_that_hands_the_row_to_seda_when_polled_then_the_poll_fails_and_says_why() throws Exception {
            server.add(ListedRow.patients(0, 2, STAMP));
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("seda:elsewhere?pollTimeout=20").process(exchange -> {});
                }
            });

            CliniceaConsumer consumer = start(
                    "",
                    new JdbcSyncRepository(dataSource, "clinic"),
                    manager(),
                    route -> route.process(this::insert).to("seda:elsewhere"));
            await(() -> assertThat(quiet.exceptions())
                    .anySatisfy(failure -> assertThat(failure)
                            .hasMessageContaining("transacted=true")
                            .hasMessageContaining("as seda: does")));

            assertThat(log()).isEmpty();
            assertThat(consumer.sync().cleanPolls()).isZero();
        }

        @Test
        void given_an_asynchronous_step_when_polled_then_the_row_stays_in_its_transaction() throws Exception {
            server.add(ListedRow.patients(0, 3, STAMP));

            CliniceaConsumer consumer = start(
                    "",
                    new JdbcSyncRepository(dataSource, "clinic"),
                    manager(),
                    route -> route.process(new AsyncProcessorSupport() {
                                @Override
                                public boolean process(Exchange exchange, AsyncCallback callback) {
                                    new Thread(() -> callback.done(false)).start();
                                    return false;
                                }
                            })
                            .process(this::insert)
                            .process(failing(1)));
            awaitCleanPolls(consumer, 1);

            assertThat(log()).containsExactly("p0", "p1", "p2");
        }

        @Test
        void given_threads_in_the_route_when_polled_then_the_row_stays_in_its_transaction() throws Exception {
            server.add(ListedRow.patients(0, 3, STAMP));

            CliniceaConsumer consumer = start(
                    "",
                    new JdbcSyncRepository(dataSource, "clinic"),
                    manager(),
                    route -> route.threads(2).process(this::insert).process(failing(1)));
            awaitCleanPolls(consumer, 1);

            assertThat(log()).containsExactly("p0", "p1", "p2");
        }

        @Test
        void given_pooled_exchanges_when_polled_then_each_row_takes_effect_once() throws Exception {
            camel.getCamelContextExtension().setExchangeFactory(new PooledExchangeFactory());
            camel.getCamelContextExtension().setProcessorExchangeFactory(new PooledProcessorExchangeFactory());
            server.add(ListedRow.patients(0, 20, STAMP));

            CliniceaConsumer consumer = start("", failing(3));
            awaitCleanPolls(consumer, 1);

            assertThat(log()).hasSize(20).doesNotHaveDuplicates();
        }

        @Test
        void given_a_record_that_changes_when_its_newer_version_fails_then_the_older_one_does_not_come_again()
                throws Exception {
            server.add(ListedRow.patient("p0", STAMP));
            AtomicInteger failures = new AtomicInteger();
            CliniceaConsumer consumer = start("", exchange -> {
                boolean newer = !ListedRow.text(STAMP)
                        .equals(exchange.getMessage().getHeader(CliniceaConstants.MODIFIED, String.class));
                if (newer && failures.incrementAndGet() <= 3) {
                    throw new IllegalStateException("fails");
                }
            });
            awaitCleanPolls(consumer, 1);

            server.replace(ListedRow.patient("p0", Instant.now()));
            await(() -> assertThat(log()).hasSize(2));
            awaitCleanPolls(consumer, 2);

            assertThat(log()).hasSize(2);
        }

        @Test
        void given_a_restart_when_polled_then_nothing_takes_effect_twice() throws Exception {
            server.add(ListedRow.patients(0, 10, STAMP));
            CliniceaConsumer consumer = start("", failing(4));
            awaitCleanPolls(consumer, 1);

            camel.getRouteController().stopRoute("sync");
            camel.getRouteController().startRoute("sync");
            awaitCleanPolls((CliniceaConsumer) camel.getRoute("sync").getConsumer(), 2);

            assertThat(log()).hasSize(10).doesNotHaveDuplicates();
        }
    }

    @Nested
    class OnH2 extends Contract {
        @Override
        String url() {
            return "jdbc:h2:mem:" + System.nanoTime();
        }
    }

    @Nested
    class OnPostgres extends Contract {
        @Override
        String url() throws Exception {
            return Postgres.newDatabase();
        }
    }
}
