/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.CliniceaComponent;
import io.github.camelclinicea.CliniceaOutcomeUnknownException;
import io.github.camelclinicea.testing.WaitingRoom;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Synchronization;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the threads on which operations wait for their responses. */
class CallThreadsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration A_WHILE = Duration.ofMillis(500);

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final List<Exchange> done = new CopyOnWriteArrayList<>();
    private final List<Thread> before = new CopyOnWriteArrayList<>();
    private final List<Thread> after = new CopyOnWriteArrayList<>();
    private WaitingRoom server;

    @BeforeEach
    void start() throws IOException {
        server = new WaitingRoom();
    }

    @AfterEach
    void stop() {
        server.open();
        camel.stop();
        server.close();
    }

    private String uri(String options) {
        return "clinicea:appointments?operation=create&apiKey=k&baseUrl=" + server.baseUrl() + options;
    }

    /** One thread takes from the queue; what is no appointment passes the call by. */
    private void startRoute(String options, boolean transacted) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:in?pollTimeout=20&concurrentConsumers=1")
                        .routeId("book")
                        .process(e -> e.getExchangeExtension().setTransacted(transacted))
                        .process(e -> e.getExchangeExtension().addOnCompletion(completion()))
                        .process(e -> before.add(Thread.currentThread()))
                        .filter(body().isInstanceOf(Map.class))
                        .to(uri(options))
                        .process(e -> after.add(Thread.currentThread()));
            }
        });
        camel.start();
    }

    private Synchronization completion() {
        return new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange exchange) {
                done.add(exchange);
            }
        };
    }

    private void send(int count) {
        IntStream.range(0, count)
                .forEach(i -> camel.createFluentProducerTemplate()
                        .to("seda:in")
                        .withBody(Map.of("patientID", "p" + i, "appointmentDateTime", "2027-03-01T09:30:00"))
                        .asyncSend());
    }

    /** A thread outlives its call by a minute, so that one which was ever used is still here. */
    private List<Thread> callThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("(" + camel.getName() + ")")
                        && thread.getName().contains("CliniceaCall"))
                .toList();
    }

    private void maxConcurrentCalls(int most) {
        CliniceaComponent component = new CliniceaComponent(camel);
        component.setMaxConcurrentCalls(most);
        camel.addComponent("clinicea", component);
    }

    @Test
    void given_one_thread_of_a_route_when_ten_writes_are_slow_then_all_are_under_way_and_the_thread_is_free()
            throws Exception {
        startRoute("", false);

        send(10);

        await().atMost(PATIENCE).until(() -> server.arrived().size() == 10);
        camel.createFluentProducerTemplate()
                .to("seda:in")
                .withBody("no appointment")
                .asyncSend();
        await().atMost(PATIENCE).until(() -> done.size() == 1);
        assertThat(before).hasSize(11).containsOnly(before.get(0));
        server.open();
        await().atMost(PATIENCE).until(() -> done.size() == 11);
        assertThat(done)
                .allSatisfy(exchange -> assertThat(exchange.getException()).isNull());
        assertThat(server.arrived()).hasSize(10).doesNotHaveDuplicates();
        assertThat(after)
                .doesNotContain(before.get(0))
                .allMatch(thread -> thread.getName().contains("CliniceaCall"));
    }

    @Test
    void given_all_threads_busy_when_more_is_written_then_the_route_waits_and_nothing_is_lost() throws Exception {
        maxConcurrentCalls(2);
        startRoute("", false);

        send(6);

        // Two run on the component's threads and one on the route's thread. The others are back on the threads they
        // came from.
        await().atMost(PATIENCE).until(() -> server.arrived().size() == 3);
        await().during(A_WHILE).until(() -> server.arrived().size() == 3 && before.size() == 3);
        server.open();
        await().atMost(PATIENCE).until(() -> done.size() == 6);
        assertThat(server.arrived()).hasSize(6).doesNotHaveDuplicates();
    }

    @Test
    void given_fifty_endpoints_when_all_call_then_the_component_has_no_more_threads_than_it_may() throws Exception {
        maxConcurrentCalls(4);
        camel.start();
        List<CompletableFuture<Exchange>> calls = new CopyOnWriteArrayList<>();

        for (int i = 0; i < 50; i++) {
            AsyncProducer producer = camel.getEndpoint(uri("&maxRetries=" + i)).createAsyncProducer();
            camel.addService(producer);
            Exchange exchange = new DefaultExchange(camel);
            exchange.getMessage().setBody(Map.of("patientID", "p" + i, "appointmentDateTime", "2027-03-01T09:30:00"));
            calls.add(CompletableFuture.supplyAsync(
                    () -> producer.processAsync(exchange).join(), task -> new Thread(task).start()));
        }

        await().atMost(PATIENCE).until(() -> server.arrived().size() >= 20);
        assertThat(callThreads()).hasSize(4);
        server.open();
        calls.forEach(CompletableFuture::join);
        assertThat(server.arrived()).hasSize(50).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void given_an_exchange_that_must_not_leave_its_thread_when_written_then_it_does_not(boolean transacted)
            throws Exception {
        server.open();
        startRoute(transacted ? "" : "&synchronous=true", transacted);

        send(3);

        await().atMost(PATIENCE).until(() -> done.size() == 3);
        assertThat(server.arrived()).hasSize(3);
        assertThat(after).hasSize(3).containsOnly(before.get(0));
        assertThat(callThreads()).isEmpty();
    }

    @Test
    void given_a_caller_that_waits_when_written_then_the_call_is_on_its_thread() throws Exception {
        server.open();
        camel.start();
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(Map.of("patientID", "p1", "appointmentDateTime", "2027-03-01T09:30:00"));
        AsyncProducer producer = camel.getEndpoint(uri("")).createAsyncProducer();
        camel.addService(producer);

        producer.process(exchange);

        assertThat(exchange.getMessage().getHeaders()).isNotEmpty();
        assertThat(callThreads()).isEmpty();
    }

    @Test
    void given_a_call_that_fails_on_another_thread_when_routed_then_the_failure_is_on_the_exchange() throws Exception {
        startRoute("", false);

        camel.createFluentProducerTemplate()
                .to("seda:in")
                .withBody(Map.of("patientID", "p1"))
                .asyncSend();

        await().atMost(PATIENCE).until(() -> done.size() == 1);
        assertThat(done.get(0).getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("appointmentDateTime");
        assertThat(server.arrived()).isEmpty();
    }

    @Test
    void given_calls_under_way_when_the_context_is_stopped_then_they_end_as_they_would_have() throws Exception {
        startRoute("", false);
        send(5);
        await().atMost(PATIENCE).until(() -> server.arrived().size() == 5);

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(camel::stop, task -> new Thread(task).start());

        await().atMost(PATIENCE).until(camel::isStopping);
        await().during(A_WHILE).until(() -> !stopped.isDone() && done.isEmpty());
        server.open();
        await().atMost(PATIENCE).until(stopped::isDone);
        assertThat(done)
                .hasSize(5)
                .allSatisfy(exchange -> assertThat(exchange.getException()).isNull());
    }

    @Test
    void given_calls_that_never_end_when_the_context_is_stopped_then_they_are_cut_off_and_their_outcome_is_unknown()
            throws Exception {
        camel.getShutdownStrategy().setTimeout(1);
        startRoute("", false);
        send(5);
        await().atMost(PATIENCE).until(() -> server.arrived().size() == 5);

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(camel::stop, task -> new Thread(task).start());

        await().atMost(PATIENCE).until(stopped::isDone);
        await().atMost(PATIENCE).until(() -> done.size() == 5);
        assertThat(server.arrived()).hasSize(5);
        assertThat(done)
                .allSatisfy(exchange ->
                        assertThat(exchange.getException()).isInstanceOf(CliniceaOutcomeUnknownException.class));
    }

    @Test
    void given_no_thread_at_all_when_started_then_the_error_names_the_option() {
        assertThatThrownBy(() -> maxConcurrentCalls(0)).hasMessageContaining("maxConcurrentCalls must be 1 or more");
    }
}
