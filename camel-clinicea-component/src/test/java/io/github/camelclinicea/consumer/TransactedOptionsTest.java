/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelclinicea.state.JdbcSyncRepository;
import io.github.camelclinicea.testing.ListedRow;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.engine.DefaultClassResolver;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.apache.camel.spi.TransactedPolicy;
import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Tests which settings of {@code transacted} are refused before anything is polled, and which are taken. */
class TransactedOptionsTest {
    private static final String STATE = "&idempotentRepository=#state";

    private final TransactedSetting setting = TransactedSetting.onH2();

    @AfterEach
    void close() {
        setting.close();
    }

    private void addRoute(String options) throws Exception {
        setting.server.add(ListedRow.patients(0, 3, ListedRow.LONG_AGO));
        setting.addRoute(options, this::insert);
    }

    private void insert(RouteDefinition route) {
        route.process(setting::insert);
    }

    private void assertDelivered() {
        setting.camel.start();
        TransactedSetting.awaitCleanPolls(setting.consumer(), 2);
        assertThat(setting.log()).containsExactly("p0", "p1", "p2");
    }

    @Test
    void given_no_transaction_manager_when_started_then_refused() throws Exception {
        setting.bind("state", setting.repository());
        addRoute(STATE);

        setting.assertRefused("transacted=true needs a transaction manager", "PlatformTransactionManager");
    }

    @Test
    void given_two_transaction_managers_when_started_then_refused_with_their_names() throws Exception {
        setting.bindUsual().bind("another", setting.manager());
        addRoute(STATE);

        setting.assertRefused(
                "transacted=true found more than one PlatformTransactionManager",
                "manager",
                "another",
                "transactedPolicy");
    }

    @Test
    void given_two_policies_when_started_then_refused_with_their_names() throws Exception {
        setting.bindUsual()
                .bind("first", new SpringTransactionPolicy(setting.manager()))
                .bind("second", new SpringTransactionPolicy(setting.manager()));
        addRoute(STATE);

        setting.assertRefused(
                "transacted=true found more than one TransactedPolicy", "first", "second", "transactedPolicy");
    }

    @Test
    void given_two_policies_when_one_has_the_usual_name_then_it_is_taken() throws Exception {
        setting.bind("state", setting.repository())
                .bind("first", policyWithoutTransactions())
                .bind("PROPAGATION_REQUIRED", new SpringTransactionPolicy(setting.manager()));
        addRoute(STATE);

        assertDelivered();
    }

    @Test
    void given_a_policy_by_option_when_the_registry_has_others_then_it_is_taken() throws Exception {
        setting.bind("state", setting.repository())
                .bind("PROPAGATION_REQUIRED", policyWithoutTransactions())
                .bind("mine", new SpringTransactionPolicy(setting.manager()));
        addRoute(STATE + "&transactedPolicy=#mine");

        assertDelivered();
    }

    @Test
    void given_an_unknown_policy_by_option_when_started_then_refused() throws Exception {
        setting.bindUsual();
        addRoute(STATE + "&transactedPolicy=#nowhere");

        setting.assertRefused("transactedPolicy", "nowhere");
    }

    @Test
    void given_a_repository_on_another_database_when_started_then_refused() throws Exception {
        try (HikariDataSource another = new HikariDataSource()) {
            another.setJdbcUrl("jdbc:h2:mem:" + System.nanoTime());
            setting.bind("manager", setting.manager()).bind("state", new JdbcSyncRepository(another, "clinic"));
            addRoute(STATE);

            setting.assertRefused("transacted=true", "idempotentRepository", "DataSource of the transaction manager");
        }
    }

    @Test
    void given_a_repository_on_another_pool_of_the_same_database_when_started_then_refused() throws Exception {
        try (HikariDataSource another = new HikariDataSource()) {
            another.setJdbcUrl(setting.dataSource.getJdbcUrl());
            setting.bind("manager", setting.manager()).bind("state", new JdbcSyncRepository(another, "clinic"));
            addRoute(STATE);

            setting.assertRefused("transacted=true", "idempotentRepository", "DataSource of the transaction manager");
        }
    }

    @Test
    void given_a_memory_repository_when_started_then_refused() throws Exception {
        setting.bind("manager", setting.manager()).bind("state", new MemoryIdempotentRepository());
        addRoute(STATE);

        setting.assertRefused("transacted=true", "idempotentRepository", "JdbcSyncRepository");
    }

    @Test
    void given_no_repository_when_started_then_refused() throws Exception {
        setting.bind("manager", setting.manager());
        addRoute("");

        setting.assertRefused("transacted=true", "idempotentRepository", "JdbcSyncRepository");
    }

    @Test
    void given_a_file_repository_when_started_then_refused(@TempDir Path folder) throws Exception {
        setting.bind("manager", setting.manager())
                .bind(
                        "state",
                        new FileIdempotentRepository(folder.resolve("state").toFile(), null));
        addRoute(STATE);

        setting.assertRefused("transacted=true", "idempotentRepository", "JdbcSyncRepository");
    }

    @Test
    void given_camels_own_jdbc_repository_when_on_the_same_data_source_then_it_is_taken() throws Exception {
        setting.bind("manager", setting.manager())
                .bind("state", new JdbcMessageIdRepository(setting.dataSource, "clinic"));
        addRoute(STATE);

        assertDelivered();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROPAGATION_SUPPORTS", "PROPAGATION_NOT_SUPPORTED", "PROPAGATION_NEVER"})
    void given_a_policy_that_begins_no_transaction_when_started_then_refused(String propagation) throws Exception {
        SpringTransactionPolicy policy = new SpringTransactionPolicy(setting.manager());
        policy.setPropagationBehaviorName(propagation);
        setting.bind("state", setting.repository()).bind("policy", policy);
        addRoute(STATE);

        setting.assertRefused("transacted=true", "still there after a rollback");
    }

    @Test
    void given_a_policy_that_makes_nothing_when_started_then_refused() throws Exception {
        setting.bind("state", setting.repository()).bind("policy", policyWithoutTransactions());
        addRoute(STATE);

        setting.assertRefused("transacted=true", "still there after a rollback");
        assertThat(setting.database.queryForObject("SELECT COUNT(*) FROM CAMEL_MESSAGEPROCESSED", Integer.class))
                .as("the key of the proof is removed")
                .isZero();
    }

    private static TransactedPolicy policyWithoutTransactions() {
        return new TransactedPolicy() {
            @Override
            public void beforeWrap(Route route, NamedNode definition) {
                // Changes nothing.
            }

            @Override
            public Processor wrap(Route route, Processor processor) {
                return processor;
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"batching", "transacted"})
    void given_an_option_of_consumers_on_a_producer_when_started_then_refused(String option) throws Exception {
        setting.camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("clinicea:patients?apiKey=k&" + option + "=true");
            }
        });

        setting.assertRefused(option, "producer", "remove it");
    }

    @Test
    void given_a_consumer_without_a_route_when_polled_then_refused_each_time() throws Exception {
        setting.bindUsual();
        setting.camel.start();
        try (ConsumerTemplate template = setting.camel.createConsumerTemplate()) {
            for (int time = 0; time < 2; time++) {
                Throwable failure = catchThrowable(() -> template.receive(setting.uri(STATE), 1_000));
                assertThat(TransactedSetting.messages(failure)).contains("transacted=true needs a route", "pollEnrich");
            }
        }
        assertThat(setting.server.requests()).isEmpty();
    }

    @Test
    void given_poll_enrich_when_its_route_is_called_then_refused() throws Exception {
        setting.bindUsual();
        setting.camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").pollEnrich(setting.uri(STATE), 1_000);
            }
        });
        setting.camel.start();

        Throwable failure =
                catchThrowable(() -> setting.camel.createProducerTemplate().requestBody("direct:in", (Object) null));

        assertThat(TransactedSetting.messages(failure)).contains("transacted=true needs a route", "pollEnrich");
        assertThat(setting.server.requests()).isEmpty();
    }

    /** A class path without the class is the same to the component: it asks the context for the class by its name. */
    @Test
    void given_no_camel_spring_when_started_then_refused_with_its_name() throws Exception {
        setting.camel.setClassResolver(new DefaultClassResolver(setting.camel) {
            @Override
            public Class<?> resolveClass(String name) {
                return name.startsWith("org.apache.camel.spring.") ? null : super.resolveClass(name);
            }
        });
        setting.bindUsual();
        addRoute(STATE);

        setting.assertRefused("transacted=true needs camel-spring", "transactedPolicy");
    }

    @Test
    void given_a_refused_start_when_put_right_and_added_again_then_it_polls() throws Exception {
        setting.bind("state", setting.repository());
        setting.camel.start();
        Throwable failure = catchThrowable(() -> addRoute(STATE));
        assertThat(TransactedSetting.messages(failure)).contains("transacted=true needs a transaction manager");

        setting.camel.getRouteController().stopRoute("sync");
        setting.camel.removeRoute("sync");
        setting.bind("manager", setting.manager());
        setting.addRoute(STATE, this::insert);

        TransactedSetting.awaitCleanPolls(setting.consumer(), 1);
        assertThat(setting.log()).containsExactly("p0", "p1", "p2");
    }

    /** Is a database that cannot be reached until the test allows it. */
    private static final class Distant extends DelegatingDataSource {
        private volatile boolean there;

        Distant(HikariDataSource target) {
            super(target);
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (!there) {
                throw new SQLException("nobody there");
            }
            return super.getConnection();
        }
    }

    private Distant bindDistant() {
        Distant distant = new Distant(setting.dataSource);
        setting.bind("state", new JdbcSyncRepository(distant, "clinic"))
                .bind("manager", new DataSourceTransactionManager(distant));
        setting.server.add(ListedRow.patients(0, 3, ListedRow.LONG_AGO));
        return distant;
    }

    @Test
    void given_a_pool_of_one_connection_without_auto_commit_when_polled_then_state_and_rows_share_it()
            throws Exception {
        try (HikariDataSource single = new HikariDataSource()) {
            single.setJdbcUrl(setting.dataSource.getJdbcUrl());
            single.setMaximumPoolSize(1);
            single.setAutoCommit(false);
            single.setConnectionTimeout(1_000);
            JdbcTemplate writes = new JdbcTemplate(single);
            setting.bind("state", new JdbcSyncRepository(single, "clinic"))
                    .bind("manager", new DataSourceTransactionManager(single));
            setting.server.add(ListedRow.patients(0, 3, ListedRow.LONG_AGO));
            setting.addRoute(
                    STATE,
                    route -> route.process(exchange -> writes.update(
                            "INSERT INTO log VALUES (?, '')",
                            exchange.getMessage().getHeader("CamelCliniceaRecordId"))));
            assertDelivered();
            setting.camel.stop();
        }
    }

    @Test
    void given_a_database_that_is_away_when_it_comes_then_the_rows_are_delivered_once() throws Exception {
        Distant distant = bindDistant();
        // The route writes through the same DataSource, as it should.
        JdbcTemplate writes = new JdbcTemplate(distant);
        setting.addRoute(
                STATE,
                route -> route.process(exchange -> writes.update(
                        "INSERT INTO log VALUES (?, '')", exchange.getMessage().getHeader("CamelCliniceaRecordId"))));
        setting.camel.start();
        TransactedSetting.await(() -> assertThat(setting.quiet.exceptions()).hasSizeGreaterThanOrEqualTo(2));
        assertThat(setting.server.requests()).isEmpty();

        distant.there = true;

        TransactedSetting.awaitCleanPolls(setting.consumer(), 2);
        assertThat(setting.log()).containsExactly("p0", "p1", "p2");
    }

    @Test
    void given_a_database_that_is_away_when_it_comes_and_the_proof_fails_then_nothing_is_polled() throws Exception {
        Distant distant = bindDistant();
        // Another pool than the repository's.
        setting.bind("manager", setting.manager());
        setting.addRoute(STATE, this::insert);
        setting.camel.start();
        TransactedSetting.await(() -> assertThat(setting.quiet.exceptions()).hasSizeGreaterThanOrEqualTo(2));

        distant.there = true;

        TransactedSetting.await(() -> assertThat(setting.quiet.exceptions())
                .anySatisfy(failure -> assertThat(failure).hasMessageContaining("still there after a rollback")));
        assertThat(setting.server.requests()).isEmpty();
    }

    /** The proof runs inside the policy, which has the route's onException. The route must not see its exchange. */
    @Test
    void given_a_proof_that_cannot_add_its_key_when_the_route_handles_exceptions_then_it_sees_no_exchange()
            throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        JdbcSyncRepository unsteady = new JdbcSyncRepository(setting.dataSource, "clinic") {
            private int calls;

            @Override
            public boolean add(String key) {
                if (++calls <= 2) {
                    throw new IllegalStateException("fails");
                }
                return super.add(key);
            }
        };
        setting.bind("state", unsteady).bind("manager", setting.manager());
        setting.server.add(ListedRow.patients(0, 3, ListedRow.LONG_AGO));
        setting.camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(1).redeliveryDelay(0));
                onException(Exception.class)
                        .handled(true)
                        .process(exchange ->
                                seen.add(String.valueOf(exchange.getMessage().getBody())));
                from(setting.uri(STATE)).routeId("sync").process(setting::insert);
            }
        });
        setting.camel.start();

        TransactedSetting.awaitCleanPolls(setting.consumer(), 1);
        assertThat(seen).isEmpty();
        assertThat(setting.log()).containsExactly("p0", "p1", "p2");
    }

    @Test
    void given_a_proof_that_cannot_add_its_key_when_it_can_later_then_it_polls() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        setting.bind("state", new JdbcSyncRepository(setting.dataSource, "clinic") {
                    @Override
                    public boolean add(String key) {
                        if (calls.incrementAndGet() <= 2) {
                            throw new IllegalStateException("fails");
                        }
                        return super.add(key);
                    }
                })
                .bind("manager", setting.manager());
        addRoute(STATE);

        assertDelivered();
        assertThat(setting.quiet.exceptions())
                .allSatisfy(failure ->
                        assertThat(failure).hasStackTraceContaining("could not add a key inside the transaction"));
    }
}
