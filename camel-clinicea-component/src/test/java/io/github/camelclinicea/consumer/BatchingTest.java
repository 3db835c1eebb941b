/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaRowException;
import io.github.camelclinicea.testing.ChangeListServer;
import io.github.camelclinicea.testing.ListedRow;
import io.github.camelclinicea.testing.StubClinicea;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The option {@code batching}: what an exchange carries, and what becomes of its rows when it fails. */
class BatchingTest {
    private static final Instant STAMP = ListedRow.LONG_AGO;

    /** An exchange, copied. */
    record Arrival(String status, List<?> ids, Object body, int index, int size, Integer attempt, Exception failure) {}

    private final ChangeListServer server = new ChangeListServer();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final Map<String, Object> state = new ConcurrentHashMap<>();
    private final List<Arrival> emitted = new CopyOnWriteArrayList<>();
    private final List<Arrival> delivered = new CopyOnWriteArrayList<>();
    private final List<Arrival> handled = new CopyOnWriteArrayList<>();
    private Processor work = exchange -> {};
    private boolean handling;
    private boolean async;

    @AfterEach
    void close() throws Exception {
        camel.close();
        server.close();
    }

    private static Arrival arrival(Exchange exchange) {
        return new Arrival(
                exchange.getMessage().getHeader(CliniceaConstants.DATA_STATUS, String.class),
                exchange.getMessage().getHeader(CliniceaConstants.RECORD_IDS, List.class),
                exchange.getMessage().getBody(),
                exchange.getProperty(Exchange.BATCH_INDEX, Integer.class),
                exchange.getProperty(Exchange.BATCH_SIZE, Integer.class),
                exchange.getMessage().getHeader(CliniceaConstants.ATTEMPT, Integer.class),
                exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
    }

    private CliniceaConsumer start(String options) throws Exception {
        camel.disableJMX();
        camel.getShutdownStrategy().setTimeout(2);
        camel.getRegistry().bind("state", MemoryIdempotentRepository.memoryIdempotentRepository(state));
        camel.getRegistry().bind("quiet", new QuietExceptionHandler());
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                if (handling) {
                    onException(Exception.class).handled(true).process(e -> handled.add(arrival(e)));
                }
                RouteDefinition rows =
                        from("clinicea:patients?batching=true&initialDelay=0&delay=50&maxRetries=0&idempotentRepository=#state"
                                        + "&exceptionHandler=#quiet&apiKey=" + StubClinicea.API_KEY + "&baseUrl="
                                        + server.baseUrl() + options)
                                .routeId("sync");
                (async ? rows.threads(2) : rows)
                        .process(e -> emitted.add(arrival(e)))
                        .process(e -> work.process(e))
                        .process(e -> delivered.add(arrival(e)));
            }
        });
        camel.start();
        return (CliniceaConsumer) camel.getRoute("sync").getConsumer();
    }

    private static void await(org.awaitility.core.ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(StubClinicea.PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(assertion);
    }

    private static void awaitPolls(CliniceaConsumer consumer, int more) {
        long until = consumer.sync().cleanPolls() + more;
        await(() -> assertThat(consumer.sync().cleanPolls()).isGreaterThanOrEqualTo(until));
    }

    private static ListedRow row(String id, String status) {
        return ListedRow.patient(id, STAMP).withStatus(status);
    }

    private List<String> idsDelivered() {
        return delivered.stream()
                .flatMap(arrival -> arrival.ids().stream())
                .map(String.class::cast)
                .toList();
    }

    /** Fails exchanges with one of the records. */
    private static Processor failing(String... ids) {
        return exchange -> {
            List<?> batch = exchange.getMessage().getHeader(CliniceaConstants.RECORD_IDS, List.class);
            if (batch.stream().anyMatch(Set.of(ids)::contains)) {
                throw new IllegalStateException("a poison row");
            }
        };
    }

    @Test
    void given_rows_of_three_statuses_when_polled_then_each_status_is_one_exchange_with_lists() throws Exception {
        server.add(
                row("a", "Added"), row("b", "Modified"), row("c", "Added"), row("d", "Deleted"), row("e", "Modified"));

        CliniceaConsumer consumer = start("");
        awaitPolls(consumer, 2);

        assertThat(emitted).extracting(Arrival::status).containsExactly("Added", "Modified", "Deleted");
        assertThat(emitted.get(0).ids()).isEqualTo(List.of("a", "c"));
        assertThat(emitted.get(1).ids()).isEqualTo(List.of("b", "e"));
        assertThat(emitted.get(2).ids()).isEqualTo(List.of("d"));
        List<?> bodies = (List<?>) emitted.get(0).body();
        assertThat(bodies).hasSize(2);
        assertThat(((Map<?, ?>) bodies.get(1)).containsValue("c")).isTrue();
        assertThat(emitted).extracting(Arrival::index).containsExactly(0, 1, 2);
        assertThat(emitted).extracting(Arrival::size).containsOnly(3);
        assertThat(consumer.sync().rowsDelivered()).isEqualTo(5);
    }

    @Test
    void given_several_pages_when_polled_then_no_batch_has_rows_of_two_pages() throws Exception {
        server.pageSize(100).add(ListedRow.patients(0, 250, STAMP));

        CliniceaConsumer consumer = start("&pagesInFlight=4");
        awaitPolls(consumer, 2);

        assertThat(emitted).extracting(arrival -> arrival.ids().size()).containsExactly(100, 100, 50);
        assertThat(idsDelivered()).hasSize(250).doesNotHaveDuplicates();
    }

    @Test
    void given_a_poison_row_when_its_batch_fails_then_the_others_are_delivered_in_the_same_poll() throws Exception {
        work = failing("c");
        server.add(row("a", "Added"), row("b", "Added"), row("c", "Added"), row("d", "Added"));

        CliniceaConsumer consumer = start("&maxHeldRows=10");
        await(() -> assertThat(idsDelivered()).containsExactly("a", "b", "d"));

        assertThat(emitted.subList(0, 5).stream().map(Arrival::ids).toList())
                .isEqualTo(
                        List.of(List.of("a", "b", "c", "d"), List.of("a"), List.of("b"), List.of("c"), List.of("d")));
        assertThat(emitted.get(0).attempt()).isEqualTo(1);
        assertThat(emitted.get(1).attempt()).isEqualTo(2);
        assertThat(consumer.sync().heldRows()).hasSize(1);

        work = exchange -> {};
        await(() -> assertThat(idsDelivered()).containsExactly("a", "b", "d", "c"));
        awaitPolls(consumer, 2);
        assertThat(idsDelivered()).hasSize(4);
    }

    @Test
    void given_a_poison_row_and_no_held_rows_when_polled_again_then_it_spoils_no_batch_and_holds_the_checkpoint()
            throws Exception {
        work = failing("b");
        server.add(row("a", "Added"), row("b", "Added"));

        CliniceaConsumer consumer = start("&maxHeldRows=0");
        await(() -> assertThat(emitted.stream()
                        .filter(arrival -> arrival.ids().equals(List.of("b")))
                        .count())
                .isGreaterThan(2));

        assertThat(idsDelivered()).containsExactly("a");
        assertThat(consumer.sync().cleanPolls()).isZero();
    }

    @Test
    void given_an_asynchronous_route_when_a_batch_fails_on_another_thread_then_its_rows_are_emitted_one_by_one()
            throws Exception {
        server.pageSize(5).add(ListedRow.patients(0, 12, STAMP));
        String poison = server.rows().get(7).id();
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:work?pollTimeout=20&concurrentConsumers=3")
                        .process(failing(poison))
                        .process(e -> delivered.add(arrival(e)));
                from("clinicea:patients?batching=true&initialDelay=0&delay=50&maxRetries=0&idempotentRepository=#state"
                                + "&pageSize=5&exceptionHandler=#quiet&apiKey=" + StubClinicea.API_KEY + "&baseUrl="
                                + server.baseUrl())
                        .routeId("async")
                        .to("seda:work");
            }
        });
        camel.disableJMX();
        camel.getRegistry().bind("state", MemoryIdempotentRepository.memoryIdempotentRepository(state));
        camel.getRegistry().bind("quiet", new QuietExceptionHandler());
        camel.start();

        await(() -> assertThat(idsDelivered()).hasSize(11));

        assertThat(idsDelivered()).doesNotHaveDuplicates().doesNotContain(poison);
    }

    @Test
    void given_a_limit_when_polled_then_it_counts_rows_and_not_batches() throws Exception {
        server.add(ListedRow.patients(0, 7, STAMP));

        CliniceaConsumer consumer = start("&maxMessagesPerPoll=3");
        awaitPolls(consumer, 1);

        assertThat(emitted).extracting(arrival -> arrival.ids().size()).containsExactly(3, 3, 1);
        assertThat(idsDelivered()).hasSize(7).doesNotHaveDuplicates();
    }

    @Test
    void given_an_unreadable_row_when_polled_then_it_is_an_exchange_of_its_own_for_the_error_handler()
            throws Exception {
        handling = true;
        server.add(row("a", "Added"), ListedRow.unreadable("x", STAMP, "{\"ID\":\"x\",\"ID\":tru}"), row("b", "Added"));

        CliniceaConsumer consumer = start("");
        awaitPolls(consumer, 2);

        assertThat(idsDelivered()).containsExactlyInAnyOrder("a", "b");
        assertThat(handled).hasSize(1);
        assertThat(handled.get(0).failure()).isInstanceOf(CliniceaRowException.class);
        assertThat(handled.get(0).body()).isInstanceOf(String.class);
    }

    @Test
    void given_a_row_that_cannot_be_bound_when_polled_then_only_it_fails_and_no_batch_reaches_the_route_twice()
            throws Exception {
        handling = true;
        server.add(ListedRow.patient("a", STAMP, "\"Age\":7"), ListedRow.patient("b", STAMP, "\"Age\":\"seven\""));

        CliniceaConsumer consumer = start("&bodyType=" + Aged.class.getName());
        awaitPolls(consumer, 2);

        assertThat(emitted).hasSize(1);
        assertThat(emitted.get(0).ids()).isEqualTo(List.of("a"));
        assertThat(((List<?>) emitted.get(0).body()).get(0)).isInstanceOf(Aged.class);
        assertThat(handled).hasSize(1);
    }

    /** A class to bind rows to. */
    @com.fasterxml.jackson.annotation.JsonIgnoreProperties(ignoreUnknown = true)
    public record Aged(
            @com.fasterxml.jackson.annotation.JsonProperty("Age")
            int age) {}

    @ParameterizedTest
    @CsvSource({"Map, java.util.Map", "Node, com.fasterxml.jackson.databind.JsonNode", "Json, java.lang.String"})
    void given_a_body_type_when_polled_then_the_list_has_a_body_of_it_for_each_row(String type, Class<?> body)
            throws Exception {
        server.add(row("a", "Added"), row("b", "Added"));

        CliniceaConsumer consumer = start("&bodyType=" + type);
        awaitPolls(consumer, 1);

        assertThat((List<?>) emitted.get(0).body()).hasSize(2).allMatch(body::isInstance);
    }

    @Test
    void given_a_batch_on_another_thread_when_the_route_is_stopped_then_its_rows_come_once() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        work = exchange -> goOn.await();
        async = true;
        server.add(ListedRow.patients(0, 5, STAMP));
        CliniceaConsumer consumer = start("");
        await(() -> assertThat(emitted).hasSize(1));

        Thread stop = new Thread(() -> {
            try {
                camel.getRouteController().stopRoute("sync");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        stop.start();
        await(() -> assertThat(consumer.isStarted()).isFalse());
        goOn.countDown();
        stop.join();
        camel.getRouteController().startRoute("sync");

        awaitPolls((CliniceaConsumer) camel.getRoute("sync").getConsumer(), 2);
        assertThat(idsDelivered()).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void given_a_record_that_changes_when_polled_then_its_versions_arrive_in_order() throws Exception {
        server.add(row("a", "Added"), row("b", "Added"));
        CliniceaConsumer consumer = start("");
        awaitPolls(consumer, 1);

        server.replace(ListedRow.patient("a", Instant.now()));
        await(() -> assertThat(delivered).hasSize(2));
        server.replace(ListedRow.patient("a", Instant.now().plusSeconds(1)).withStatus("Deleted"));
        await(() -> assertThat(delivered).hasSize(3));

        assertThat(delivered).extracting(Arrival::status).containsExactly("Added", "Modified", "Deleted");
    }

    @Test
    void given_statuses_when_polled_then_the_others_are_in_no_batch() throws Exception {
        server.add(row("a", "Added"), row("b", "Deleted"), row("c", "Added"));

        CliniceaConsumer consumer = start("&statuses=Deleted");
        awaitPolls(consumer, 2);

        assertThat(emitted).hasSize(1);
        assertThat(emitted.get(0).ids()).isEqualTo(List.of("b"));
    }

    @Test
    void given_a_producer_when_batching_is_set_then_it_is_refused_by_name() {
        assertThatThrownBy(() -> {
                    camel.addRoutes(new RouteBuilder() {
                        @Override
                        public void configure() {
                            from("direct:a")
                                    .to("clinicea:patients?batching=true&apiKey=" + StubClinicea.API_KEY + "&baseUrl="
                                            + server.baseUrl());
                        }
                    });
                    camel.start();
                })
                .hasStackTraceContaining("batching is an option of consumers");
    }
}
