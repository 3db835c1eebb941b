/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.state.JdbcSyncRepository;
import io.github.camelclinicea.testing.ListedRow;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests what a transacted route may consist of, and what may happen to it. Each row is inserted into a table without a
 * key, so that one that takes effect twice can be seen.
 */
class TransactedStepsTest {
    private static final String STATE = "&idempotentRepository=#state";
    private static final String[] ALL = {"p0", "p1", "p2", "p3", "p4"};

    private final TransactedSetting setting = TransactedSetting.onH2();

    @AfterEach
    void close() {
        setting.close();
    }

    /** Fails the first attempts of a row. */
    private static Processor failing(String id, int times) {
        AtomicInteger attempts = new AtomicInteger();
        return exchange -> {
            if (id.equals(id(exchange)) && attempts.incrementAndGet() <= times) {
                throw new IllegalStateException("fails");
            }
        };
    }

    private static String id(Exchange exchange) {
        return exchange.getMessage().getHeader("CamelCliniceaRecordId", String.class);
    }

    private CliniceaConsumer start(RouteBuilder routes) throws Exception {
        setting.server.add(ListedRow.patients(0, 5, ListedRow.LONG_AGO));
        setting.bindUsual();
        setting.camel.addRoutes(routes);
        setting.camel.start();
        return setting.consumer();
    }

    private abstract class Routes extends RouteBuilder {
        RouteDefinition rows(String options) {
            return from(setting.uri(STATE + options)).routeId("sync");
        }

        Processor insert() {
            return setting::insert;
        }
    }

    private void assertEachOnce(CliniceaConsumer consumer) {
        TransactedSetting.awaitCleanPolls(consumer, 2);
        assertThat(setting.log()).containsExactly(ALL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&bridgeErrorHandler=true"})
    void given_a_dead_letter_channel_when_a_row_fails_then_it_is_committed_once(String options) throws Exception {
        List<String> dead = new CopyOnWriteArrayList<>();
        CliniceaConsumer consumer = start(new Routes() {
            @Override
            public void configure() {
                errorHandler(deadLetterChannel("direct:dead"));
                rows(options).process(insert()).process(failing("p2", 1_000));
                from("direct:dead").process(exchange -> dead.add(id(exchange)));
            }
        });

        assertEachOnce(consumer);
        assertThat(dead).containsExactly("p2");
        assertThat(consumer.sync().rowsDelivered()).isEqualTo(5);
    }

    @Test
    void given_no_error_handler_when_a_row_fails_then_its_insert_is_undone_and_it_comes_again() throws Exception {
        CliniceaConsumer consumer = start(new Routes() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                rows("").process(insert()).process(failing("p2", 2));
            }
        });

        assertEachOnce(consumer);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void given_redeliveries_when_a_step_is_repeated_then_the_steps_before_it_are_not(boolean noErrorHandler)
            throws Exception {
        CliniceaConsumer consumer = start(new Routes() {
            @Override
            public void configure() {
                if (noErrorHandler) {
                    errorHandler(noErrorHandler());
                    onException(IllegalStateException.class)
                            .maximumRedeliveries(2)
                            .redeliveryDelay(0);
                } else {
                    errorHandler(defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(0));
                }
                rows("").process(insert()).process(failing("p2", 4));
            }
        });

        assertEachOnce(consumer);
    }

    @Test
    void given_redeliveries_by_on_exception_when_a_row_fails_for_good_once_then_it_takes_effect_once()
            throws Exception {
        CliniceaConsumer consumer = start(new Routes() {
            @Override
            public void configure() {
                onException(IllegalStateException.class).maximumRedeliveries(1).redeliveryDelay(0);
                rows("").process(insert()).process(failing("p2", 3));
            }
        });

        assertEachOnce(consumer);
    }

    @Test
    void given_a_failure_that_the_route_catches_when_polled_then_the_row_is_committed_once() throws Exception {
        CliniceaConsumer consumer = start(new Routes() {
            @Override
            public void configure() {
                rows("").doTry()
                        .process(failing("p2", 1_000))
                        .doCatch(IllegalStateException.class)
                        .process(exchange -> {})
                        .doFinally()
                        .process(insert())
                        .end();
            }
        });

        assertEachOnce(consumer);
    }

    @Test
    void given_a_split_when_one_of_its_parts_fails_then_all_parts_are_undone() throws Exception {
        AtomicInteger parts = new AtomicInteger();
        CliniceaConsumer consumer = start(new Routes() {
            @Override
            public void configure() {
                rows("").split(constant(List.of("a", "b")))
                        .stopOnException()
                        .process(exchange -> {
                            setting.insert(exchange);
                            if (parts.incrementAndGet() == 4) {
                                throw new IllegalStateException("fails");
                            }
                        })
                        .end();
            }
        });

        TransactedSetting.awaitCleanPolls(consumer, 2);
        assertThat(setting.log()).containsExactly("p0", "p0", "p1", "p1", "p2", "p2", "p3", "p3", "p4", "p4");
    }

    @Test
    void given_a_sub_route_when_it_fails_after_the_insert_then_the_insert_is_undone() throws Exception {
        CliniceaConsumer consumer = start(new Routes() {
            @Override
            public void configure() {
                rows("").setHeader("where", constant("sub")).toD("direct:${header.where}");
                from("direct:sub").process(insert()).process(failing("p2", 2));
            }
        });

        assertEachOnce(consumer);
    }

    @Test
    void given_a_sub_route_with_transacted_when_it_fails_after_the_insert_then_the_insert_is_undone() throws Exception {
        CliniceaConsumer consumer = start(new Routes() {
            @Override
            public void configure() {
                rows("").to("direct:sub").process(failing("p3", 1));
                from("direct:sub").transacted().process(insert()).process(failing("p2", 2));
            }
        });

        assertEachOnce(consumer);
    }

    @Test
    void given_transacted_in_the_route_itself_when_a_row_fails_after_the_insert_then_the_insert_is_undone()
            throws Exception {
        CliniceaConsumer consumer = start(new Routes() {
            @Override
            public void configure() {
                rows("").transacted().process(insert()).process(failing("p2", 2));
            }
        });

        assertEachOnce(consumer);
    }

    /** The sub-route's rollback marks the only transaction there is, and then takes its own mark off the exchange. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void given_a_sub_route_that_rolls_back_only_itself_when_the_row_goes_on_then_no_key_is_left(boolean onePolicy)
            throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        if (onePolicy) {
            setting.bind("policy", new SpringTransactionPolicy(setting.manager()));
        }
        CliniceaConsumer consumer = start(new Routes() {
            @Override
            public void configure() {
                rows("").to("direct:sub");
                from("direct:sub")
                        .transacted()
                        .process(insert())
                        .process(exchange -> exchange.setRollbackOnlyLast(
                                "p2".equals(id(exchange)) && attempts.incrementAndGet() <= 2));
            }
        });

        assertEachOnce(consumer);
        assertThat(attempts).hasValue(3);
    }

    @Test
    void given_a_sub_route_with_a_transaction_of_its_own_when_the_row_fails_then_only_that_part_stays()
            throws Exception {
        SpringTransactionPolicy own = new SpringTransactionPolicy(setting.manager());
        own.setPropagationBehaviorName("PROPAGATION_REQUIRES_NEW");
        setting.bind("PROPAGATION_REQUIRED", new SpringTransactionPolicy(setting.manager()))
                .bind("own", own);
        setting.database.execute("CREATE TABLE attempts (id VARCHAR(20))");
        CliniceaConsumer consumer = start(new Routes() {
            @Override
            public void configure() {
                rows("").process(insert()).to("direct:sub").process(failing("p2", 2));
                from("direct:sub")
                        .transacted("own")
                        .process(exchange -> setting.database.update("INSERT INTO attempts VALUES (?)", id(exchange)));
            }
        });

        assertEachOnce(consumer);
        assertThat(setting.database.queryForList("SELECT id FROM attempts ORDER BY id", String.class))
                .containsExactly("p0", "p1", "p2", "p2", "p2", "p3", "p4");
    }

    @Test
    void given_two_routes_with_one_transaction_manager_when_both_poll_then_each_delivers_each_row_once()
            throws Exception {
        CliniceaConsumer consumer = start(new Routes() {
            @Override
            public void configure() {
                rows("").process(insert()).process(failing("p2", 2));
                from(setting.uri(STATE + "&syncId=second"))
                        .routeId("second")
                        .process(insert())
                        .process(failing("p3", 2));
            }
        });
        CliniceaConsumer second =
                (CliniceaConsumer) setting.camel.getRoute("second").getConsumer();

        TransactedSetting.awaitCleanPolls(consumer, 2);
        TransactedSetting.awaitCleanPolls(second, 2);
        assertThat(setting.log()).containsExactly("p0", "p0", "p1", "p1", "p2", "p2", "p3", "p3", "p4", "p4");
    }

    private CliniceaConsumer startAndDeliver() throws Exception {
        CliniceaConsumer consumer = start(new Routes() {
            @Override
            public void configure() {
                rows("").process(insert()).process(failing("p2", 1)).process(failing("p5", 1));
            }
        });
        assertEachOnce(consumer);
        return consumer;
    }

    private void assertGoesOn() {
        setting.server.add(ListedRow.patient("p5", Instant.now()));
        TransactedSetting.await(() -> assertThat(setting.log()).contains("p5"));
        TransactedSetting.awaitCleanPolls(setting.consumer(), 2);
        assertThat(setting.log()).containsExactly("p0", "p1", "p2", "p3", "p4", "p5");
    }

    @Test
    void given_a_route_that_is_suspended_and_resumed_when_polled_then_each_row_takes_effect_once() throws Exception {
        startAndDeliver();

        setting.camel.getRouteController().suspendRoute("sync");
        setting.camel.getRouteController().resumeRoute("sync");

        assertGoesOn();
    }

    @Test
    void given_a_context_that_is_suspended_and_resumed_when_polled_then_each_row_takes_effect_once() throws Exception {
        startAndDeliver();

        setting.camel.suspend();
        setting.camel.resume();

        assertGoesOn();
    }

    @Test
    void given_a_route_that_is_removed_and_added_again_when_polled_then_each_row_takes_effect_once() throws Exception {
        startAndDeliver();

        setting.camel.getRouteController().stopRoute("sync");
        setting.camel.removeRoute("sync");
        setting.addRoute(STATE, route -> route.process(setting::insert).process(failing("p5", 1)));

        assertGoesOn();
    }

    /** An error that is thrown where Camel expects a callback would leave the poll waiting for ever. */
    @Test
    void given_a_repository_that_throws_an_error_when_polled_again_then_each_row_takes_effect_once() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        setting.server.add(ListedRow.patients(0, 5, ListedRow.LONG_AGO));
        setting.bind("manager", setting.manager()).bind("state", new JdbcSyncRepository(setting.dataSource, "clinic") {
            @Override
            public void addAll(Collection<String> keys) {
                super.addAll(keys);
                failTwice();
            }

            @Override
            public void addNew(Collection<String> keys) {
                super.addNew(keys);
                failTwice();
            }

            private void failTwice() {
                if (calls.incrementAndGet() <= 2) {
                    throw new StackOverflowError("fails");
                }
            }
        });

        assertEachOnce(setting.start(route -> route.process(setting::insert)));
        assertThat(calls).hasValueGreaterThan(2);
    }
}
