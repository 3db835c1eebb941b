/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.testing.ListedRow;
import io.github.camelclinicea.testing.Postgres;
import io.github.camelclinicea.testing.StubClinicea;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests two nodes that poll at once with transacted routes, as with a leader that does not know that it is none. */
class TransactedNodesTest {
    abstract static class Contract {
        private final CountDownLatch stuck = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private final AtomicBoolean sticks = new AtomicBoolean();
        private final DefaultCamelContext second = new DefaultCamelContext();
        private TransactedSetting setting;

        abstract String url() throws Exception;

        @BeforeEach
        void bind() throws Exception {
            setting = new TransactedSetting(url());
            setting.bindUsual();
            second.disableJMX();
            second.getShutdownStrategy().setTimeout(2);
            second.getRegistry().bind("state", setting.repository());
            second.getRegistry().bind("manager", setting.manager());
            second.getRegistry().bind("quiet", setting.quiet);
        }

        @AfterEach
        void close() {
            goOn.countDown();
            second.stop();
            setting.close();
        }

        private CliniceaConsumer start(DefaultCamelContext node, String options) throws Exception {
            node.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(setting.uri("&idempotentRepository=#state" + options))
                            .routeId("sync")
                            .process(exchange -> insert(exchange, node == setting.camel));
                }
            });
            node.start();
            return (CliniceaConsumer) node.getRoute("sync").getConsumer();
        }

        private void insert(Exchange exchange, boolean first) throws InterruptedException {
            for (Object id : exchange.getMessage().getHeader("CamelCliniceaRecordIds", List.class)) {
                setting.database.update("INSERT INTO log VALUES (?, ?)", id, stamps(exchange));
            }
            if (first && sticks.compareAndSet(true, false)) {
                stuck.countDown();
                assertThat(goOn.await(StubClinicea.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
            }
        }

        private static String stamps(Exchange exchange) {
            return exchange.getMessage()
                    .getHeader("CamelCliniceaModifieds", List.class)
                    .get(0)
                    .toString();
        }

        private int lines() {
            return setting.log().size();
        }

        @Test
        void given_a_node_that_is_stuck_in_a_batch_when_another_delivers_it_then_it_takes_effect_once()
                throws Exception {
            sticks.set(true);
            setting.server.add(ListedRow.patients(0, 5, ListedRow.LONG_AGO));
            CliniceaConsumer first = start(setting.camel, "&batching=true");
            stuck.await();
            CliniceaConsumer other = start(second, "&batching=true");
            TransactedSetting.awaitCleanPolls(other, 2);

            goOn.countDown();

            TransactedSetting.awaitCleanPolls(first, 2);
            assertThat(setting.log()).containsExactly("p0", "p1", "p2", "p3", "p4");
            assertThat(setting.quiet.exceptions())
                    .anySatisfy(failure -> assertThat(failure).hasMessageContaining("Another node has delivered rows"));
            assertThat(first.sync().heldRows()).isEmpty();
        }

        @Test
        void
                given_a_node_stuck_with_an_old_version_when_another_delivers_the_new_one_then_the_old_one_is_not_written_after_it()
                        throws Exception {
            sticks.set(true);
            setting.server.add(ListedRow.patients(0, 1, ListedRow.LONG_AGO));
            CliniceaConsumer first = start(setting.camel, "&batching=true");
            stuck.await();
            CliniceaConsumer other = start(second, "&batching=true");
            TransactedSetting.awaitCleanPolls(other, 1);
            setting.server.replace(ListedRow.patient("p0", Instant.now()));
            TransactedSetting.await(() -> assertThat(setting.log()).hasSize(2));
            TransactedSetting.awaitCleanPolls(other, 1);

            goOn.countDown();

            TransactedSetting.awaitCleanPolls(first, 2);
            assertThat(lines()).isEqualTo(2);
        }

        @ParameterizedTest
        @ValueSource(strings = {"&batching=true", "&batching=true&maxMessagesPerPoll=1"})
        void given_two_nodes_that_poll_for_long_when_rows_change_then_each_version_takes_effect_once(String options)
                throws Exception {
            setting.server.add(ListedRow.patients(0, 3, ListedRow.LONG_AGO));
            CliniceaConsumer first = start(setting.camel, options);
            CliniceaConsumer other = start(second, options);
            TransactedSetting.await(() -> assertThat(setting.log()).hasSize(3));
            Instant now = Instant.now();
            for (int change = 1; change <= 10; change++) {
                setting.server.replace(ListedRow.patient("p" + change % 3, now.plusSeconds(change)));
                int expected = 3 + change;
                TransactedSetting.await(() -> assertThat(setting.log()).hasSizeGreaterThanOrEqualTo(expected));
            }
            TransactedSetting.awaitCleanPolls(first, 3);
            TransactedSetting.awaitCleanPolls(other, 3);

            assertThat(lines()).isEqualTo(13);
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
