/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.testing.ListedRow;
import io.github.camelclinicea.testing.Postgres;
import java.util.List;
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
 * Tests steps of Camel inside a transacted route: which stay in the transaction, which leave it unseen, and what is in
 * the database after a failure that the route handles.
 */
class TransactedEipsTest {
    private static final String POISON = "p1";

    private final AtomicInteger attempts = new AtomicInteger();
    private TransactedSetting setting;

    /** A route that has the usual steps at hand. */
    private abstract class Routes extends RouteBuilder {
        RouteDefinition rows() {
            return from(setting.uri("&heldRowBackoff=0&idempotentRepository=#state"))
                    .routeId("sync");
        }

        Processor insert() {
            return setting::insert;
        }

        /** Inserts the row into another table without a key. */
        Processor note() {
            return exchange -> setting.database.update("INSERT INTO notes VALUES (?)", id(exchange));
        }

        /** Fails the first attempts of one row. */
        Processor failing(int times) {
            return exchange -> {
                if (isPoison(exchange) && attempts.incrementAndGet() <= times) {
                    throw new IllegalStateException("fails");
                }
            };
        }
    }

    @AfterEach
    void close() {
        setting.close();
    }

    private static String id(Exchange exchange) {
        return exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class);
    }

    private static boolean isPoison(Exchange exchange) {
        return POISON.equals(id(exchange));
    }

    private CliniceaConsumer startOnH2(RouteBuilder routes) throws Exception {
        setting = TransactedSetting.onH2();
        return start(routes);
    }

    private CliniceaConsumer startOnPostgres(RouteBuilder routes) throws Exception {
        setting = new TransactedSetting(Postgres.newDatabase());
        return start(routes);
    }

    private CliniceaConsumer start(RouteBuilder routes) throws Exception {
        setting.database.execute("CREATE TABLE notes (id VARCHAR(20))");
        setting.server.add(ListedRow.patients(0, 3, ListedRow.LONG_AGO));
        SpringTransactionPolicy nested = new SpringTransactionPolicy(setting.manager());
        nested.setPropagationBehaviorName("PROPAGATION_NESTED");
        setting.bind("state", setting.repository())
                .bind("PROPAGATION_REQUIRED", new SpringTransactionPolicy(setting.manager()))
                .bind("nested", nested);
        setting.camel.addRoutes(routes);
        setting.camel.start();
        return setting.consumer();
    }

    private List<String> notes() {
        return setting.database.queryForList("SELECT id FROM notes ORDER BY id", String.class);
    }

    /** Waits for polls without a failure, and asserts what the route has written. */
    private void assertWritten(CliniceaConsumer consumer, List<String> log, List<String> notes) {
        TransactedSetting.awaitCleanPolls(consumer, 2);
        assertThat(setting.log()).as("log").isEqualTo(log);
        assertThat(notes()).as("notes").isEqualTo(notes);
    }

    private static List<String> all() {
        return List.of("p0", "p1", "p2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rollback", "markRollbackOnly", "markRollbackOnlyLast"})
    void given_a_rollback_in_a_choice_when_polled_again_then_the_insert_was_undone(String kind) throws Exception {
        CliniceaConsumer consumer = startOnH2(new Routes() {
            @Override
            public void configure() {
                var poison = rows().process(insert())
                        .choice()
                        .when(exchange -> isPoison(exchange) && attempts.incrementAndGet() <= 2);
                switch (kind) {
                    case "rollback" -> poison.rollback("not now");
                    case "markRollbackOnly" -> poison.markRollbackOnly();
                    default -> poison.markRollbackOnlyLast();
                }
            }
        });

        assertWritten(consumer, all(), List.of());
        assertThat(attempts).hasValue(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void given_on_exception_that_marks_a_rollback_when_polled_again_then_nothing_of_the_attempt_is_left(boolean last)
            throws Exception {
        CliniceaConsumer consumer = startOnH2(new Routes() {
            @Override
            public void configure() {
                var handled =
                        onException(IllegalStateException.class).handled(true).process(note());
                if (last) {
                    handled.markRollbackOnlyLast();
                } else {
                    handled.markRollbackOnly();
                }
                rows().process(insert()).process(failing(2));
            }
        });

        assertWritten(consumer, all(), List.of());
    }

    @Test
    void given_stop_when_a_row_ends_early_then_it_is_committed() throws Exception {
        CliniceaConsumer consumer = startOnH2(new Routes() {
            @Override
            public void configure() {
                rows().process(insert())
                        .filter(TransactedEipsTest::isPoison)
                        .stop()
                        .end()
                        .process(note());
            }
        });

        assertWritten(consumer, all(), List.of("p0", "p2"));
    }

    @Test
    void given_a_dead_letter_channel_into_sql_when_a_row_fails_then_both_its_steps_and_the_dead_letter_are_committed()
            throws Exception {
        CliniceaConsumer consumer = startOnH2(new Routes() {
            @Override
            public void configure() {
                getContext().getRegistry().bind("database", setting.dataSource);
                errorHandler(deadLetterChannel(
                        "sql:INSERT INTO notes VALUES (:#CamelCliniceaRecordId)?dataSource=#database"));
                rows().process(insert()).process(failing(1_000));
            }
        });

        assertWritten(consumer, all(), List.of("p1"));
    }

    @Test
    void given_a_dead_letter_channel_that_fails_itself_when_polled_again_then_nothing_of_the_attempt_is_left()
            throws Exception {
        CliniceaConsumer consumer = startOnH2(new Routes() {
            @Override
            public void configure() {
                errorHandler(deadLetterChannel("direct:dead").deadLetterHandleNewException(false));
                rows().process(insert()).process(failing(2));
                from("direct:dead")
                        .errorHandler(noErrorHandler())
                        .process(note())
                        .process(exchange -> {
                            if (attempts.get() == 1) {
                                throw new IllegalStateException("the dead letter fails, too");
                            }
                        });
            }
        });

        assertWritten(consumer, all(), List.of("p1"));
    }

    @Test
    void given_a_direct_route_without_an_error_handler_when_it_fails_then_the_insert_is_undone() throws Exception {
        CliniceaConsumer consumer = startOnH2(new Routes() {
            @Override
            public void configure() {
                rows().process(insert()).to("direct:sub");
                from("direct:sub")
                        .errorHandler(noErrorHandler())
                        .process(note())
                        .process(failing(2));
            }
        });

        assertWritten(consumer, all(), all());
    }

    @Test
    void given_a_multicast_when_its_last_branch_fails_then_all_branches_are_undone() throws Exception {
        CliniceaConsumer consumer = startOnH2(new Routes() {
            @Override
            public void configure() {
                rows().multicast().stopOnException().to("direct:one", "direct:two");
                from("direct:one").process(insert());
                from("direct:two").process(note()).process(failing(2));
            }
        });

        assertWritten(consumer, all(), all());
    }

    @Test
    void given_a_delay_that_goes_on_elsewhere_when_the_row_fails_after_it_then_the_insert_is_undone() throws Exception {
        CliniceaConsumer consumer = startOnH2(new Routes() {
            @Override
            public void configure() {
                rows().process(insert()).delay(1).asyncDelayed().process(note()).process(failing(2));
            }
        });

        assertWritten(consumer, all(), all());
    }

    @Test
    void given_a_loop_and_a_recipient_list_when_the_row_fails_in_the_middle_then_all_is_undone() throws Exception {
        CliniceaConsumer consumer = startOnH2(new Routes() {
            @Override
            public void configure() {
                rows().loop(2)
                        .process(note())
                        .end()
                        .recipientList(constant("direct:one,direct:two"))
                        .stopOnException();
                from("direct:one").process(insert());
                from("direct:two").process(failing(2));
            }
        });

        assertWritten(consumer, all(), List.of("p0", "p0", "p1", "p1", "p2", "p2"));
    }

    /** The copy is an exchange of its own, on another thread: its writes do not depend on the row. */
    @Test
    void given_a_wire_tap_when_the_row_fails_then_what_the_tap_wrote_stays() throws Exception {
        CliniceaConsumer consumer = startOnH2(new Routes() {
            @Override
            public void configure() {
                rows().wireTap("direct:tap").process(insert()).process(failing(2));
                from("direct:tap").process(note());
            }
        });

        TransactedSetting.awaitCleanPolls(consumer, 2);
        assertThat(setting.log()).isEqualTo(all());
        TransactedSetting.await(() -> assertThat(notes()).containsExactly("p0", "p1", "p1", "p1", "p2"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void given_parallel_parts_when_the_row_fails_then_what_they_wrote_stays(boolean split) throws Exception {
        CliniceaConsumer consumer = startOnH2(new Routes() {
            @Override
            public void configure() {
                if (split) {
                    rows().process(insert())
                            .split(constant(List.of("a")))
                            .parallelProcessing()
                            .process(note())
                            .end()
                            .process(failing(2));
                } else {
                    rows().process(insert())
                            .multicast()
                            .parallelProcessing()
                            .to("direct:part")
                            .end()
                            .process(failing(2));
                    from("direct:part").process(note());
                }
            }
        });

        assertWritten(consumer, all(), List.of("p0", "p1", "p1", "p1", "p2"));
    }

    @Test
    void given_a_deferred_constraint_when_the_commit_fails_then_no_key_is_left_and_the_row_comes_again()
            throws Exception {
        CliniceaConsumer consumer = startOnPostgres(new Routes() {
            @Override
            public void configure() {
                setting.database.execute("CREATE TABLE clinics (id INT PRIMARY KEY)");
                setting.database.execute(
                        "CREATE TABLE visits (clinic INT REFERENCES clinics (id) DEFERRABLE INITIALLY DEFERRED)");
                rows().process(insert()).filter(TransactedEipsTest::isPoison).process(exchange -> {
                    if (attempts.incrementAndGet() == 3) {
                        setting.database.update("INSERT INTO clinics VALUES (7)");
                    }
                    setting.database.update("INSERT INTO visits VALUES (7)");
                });
            }
        });

        assertWritten(consumer, all(), List.of());
        assertThat(attempts).hasValue(3);
    }

    /** PostgreSQL refuses all further statements of that transaction, also those that write the keys. */
    @Test
    void given_a_statement_that_fails_and_is_handled_when_on_postgresql_then_the_row_is_held() throws Exception {
        CliniceaConsumer consumer = startOnPostgres(new Routes() {
            @Override
            public void configure() {
                onException(Exception.class).handled(true);
                rows().process(insert())
                        .filter(TransactedEipsTest::isPoison)
                        .process(exchange -> setting.database.update("INSERT INTO notes VALUES (repeat('x', 21))"));
            }
        });

        TransactedSetting.await(() -> assertThat(consumer.sync().heldRows()).hasSize(1));
        TransactedSetting.await(() -> assertThat(setting.log()).containsExactly("p0", "p2"));
    }

    @Test
    void given_a_statement_that_fails_in_a_nested_transaction_when_handled_then_the_row_is_committed()
            throws Exception {
        CliniceaConsumer consumer = startOnPostgres(new Routes() {
            @Override
            public void configure() {
                rows().process(insert())
                        .doTry()
                        .to("direct:statement")
                        .doCatch(Exception.class)
                        .process(note())
                        .end();
                from("direct:statement")
                        .errorHandler(noErrorHandler())
                        .transacted("nested")
                        .filter(TransactedEipsTest::isPoison)
                        .process(exchange -> setting.database.update("INSERT INTO notes VALUES (repeat('x', 21))"));
            }
        });

        assertWritten(consumer, all(), List.of("p1"));
    }
}
