/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static io.github.camelclinicea.consumer.PollingCaller.LONG;
import static io.github.camelclinicea.consumer.PollingCaller.id;
import static io.github.camelclinicea.consumer.PollingCaller.takeAndComplete;
import static io.github.camelclinicea.testing.ListedRow.LONG_AGO;
import static io.github.camelclinicea.testing.StubClinicea.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.CliniceaComponent;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.testing.Answer;
import io.github.camelclinicea.testing.ChangeListServer;
import io.github.camelclinicea.testing.ConsumerHealth;
import io.github.camelclinicea.testing.ListedRow;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.PooledExchangeFactory;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests callers that poll by themselves: pollEnrich, poll and a ConsumerTemplate. The delay is the default of 60 s. */
class CliniceaPollingConsumerTest {
    private final ChangeListServer server = new ChangeListServer();
    private final IdempotentRepository state =
            MemoryIdempotentRepository.memoryIdempotentRepository(new ConcurrentHashMap<>());
    private final List<DefaultCamelContext> contexts = new ArrayList<>();
    private final QuietExceptionHandler failures = new QuietExceptionHandler();
    private final CountDownLatch door = new CountDownLatch(1);
    private DefaultCamelContext camel = newContext();

    @AfterEach
    void stop() {
        door.countDown();
        contexts.forEach(DefaultCamelContext::stop);
        server.close();
    }

    private DefaultCamelContext newContext() {
        DefaultCamelContext context = PollingCaller.context(state, failures);
        contexts.add(context);
        return context;
    }

    private String uri(String options) {
        return "clinicea:patients?apiKey=a-key-of-the-tests&baseUrl=" + server.baseUrl()
                + "&idempotentRepository=#state&exceptionHandler=#quiet&maxRetries=0" + options;
    }

    private ConsumerTemplate template() {
        return PollingCaller.template(camel);
    }

    private static List<String> ids(int count) {
        return ListedRow.ids(ListedRow.patients(0, count, LONG_AGO));
    }

    private CliniceaConsumer consumer() {
        return (CliniceaConsumer)
                camel.getComponent("clinicea", CliniceaComponent.class).consumers().consumers().stream()
                        .findFirst()
                        .orElseThrow();
    }

    private void awaitCleanPoll() {
        await().atMost(PATIENCE).until(() -> consumer().getCleanPolls() > 0);
    }

    // ---- rows come, each once

    @Test
    void given_thirty_rows_when_polled_three_times_in_each_of_ten_messages_then_each_row_comes_once() throws Exception {
        server.add(ListedRow.patients(0, 30, LONG_AGO));
        List<String> taken = new CopyOnWriteArrayList<>();
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .poll(uri(""), LONG)
                        .process(exchange -> taken.add(id(exchange)))
                        .poll(uri(""), LONG)
                        .process(exchange -> taken.add(id(exchange)))
                        .poll(uri(""), LONG)
                        .process(exchange -> taken.add(id(exchange)));
            }
        });
        camel.start();

        for (int message = 0; message < 10; message++) {
            camel.createFluentProducerTemplate().to("direct:in").withBody("x").send();
        }

        assertThat(taken).containsExactlyInAnyOrderElementsOf(ids(30));
        awaitCleanPoll();
        assertThat(consumer().getDeliveredRows()).isEqualTo(30);
    }

    @Test
    void given_many_contexts_when_each_is_polled_three_times_then_none_gets_null_while_rows_are_there() {
        server.add(ListedRow.patients(0, 150, LONG_AGO));
        List<String> taken = new ArrayList<>();

        for (int round = 0; round < 50; round++) {
            camel = newContext();
            ConsumerTemplate template = template();
            for (int poll = 0; poll < 3; poll++) {
                taken.add(takeAndComplete(template, uri("")));
            }
            camel.stop();
        }

        assertThat(taken).doesNotContainNull().containsExactlyInAnyOrderElementsOf(ids(150));
    }

    @Test
    void given_rows_of_one_page_when_taken_one_by_one_then_the_list_is_read_once() {
        server.add(ListedRow.patients(0, 5, LONG_AGO));
        ConsumerTemplate template = template();
        List<String> taken = new ArrayList<>();

        Exchange first = template.receive(uri(""), LONG);
        // A call that finds no row in the queue requests one more poll.
        await().atMost(PATIENCE).until(() -> consumer().getRowsInFlight() == 5);
        taken.add(id(first));
        template.doneUoW(first);
        for (int row = 1; row < 4; row++) {
            taken.add(takeAndComplete(template, uri("")));
        }

        assertThat(taken).containsExactlyElementsOf(ids(4));
        // A poll with rows asks for the page behind them, too.
        await().atMost(PATIENCE).until(() -> server.pagesAsked(0).equals(List.of(0, 1)));
        assertThat(takeAndComplete(template, uri(""))).isEqualTo("p4");
        awaitCleanPoll();
        assertThat(server.pagesAsked(0)).containsExactly(0, 1);
        assertThat(consumer().recentPollList()).hasSize(1);
    }

    @Test
    void given_no_row_when_a_row_changes_while_a_caller_waits_then_the_next_poll_after_the_delay_gets_it()
            throws Exception {
        ConsumerTemplate template = template();
        ExecutorService caller = Executors.newSingleThreadExecutor();
        try {
            Future<Exchange> row = caller.submit(() -> template.receive(uri("&delay=50"), LONG));
            await().atMost(PATIENCE).until(() -> server.requestCount() > 0);
            server.add(ListedRow.patient("late", LONG_AGO));

            assertThat(id(row.get(LONG, TimeUnit.MILLISECONDS))).isEqualTo("late");
        } finally {
            caller.shutdownNow();
        }
    }

    @Test
    void given_more_pages_than_may_be_in_flight_when_taken_one_by_one_then_all_come_once_and_the_checkpoint_moves() {
        server.pageSize(10).add(ListedRow.patients(0, 95, LONG_AGO));
        ConsumerTemplate template = template();
        String uri = uri("&pagesInFlight=2&pollingConsumerQueueSize=3&firstPage=0");
        List<String> taken = new ArrayList<>();

        for (int row = 0; row < 95; row++) {
            taken.add(takeAndComplete(template, uri));
        }

        assertThat(taken).containsExactlyInAnyOrderElementsOf(ids(95));
        awaitCleanPoll();
        assertThat(consumer().sync().committedCheckpoint()).isNotNull();
    }

    @Test
    void given_a_limit_of_one_row_a_poll_when_taken_then_each_call_polls_and_gets_the_next_row() {
        server.add(ListedRow.patients(0, 3, LONG_AGO));
        ConsumerTemplate template = template();
        String uri = uri("&maxMessagesPerPoll=1");

        List<String> taken = new ArrayList<>();
        for (int row = 0; row < 3; row++) {
            taken.add(takeAndComplete(template, uri));
        }

        assertThat(taken).containsExactlyInAnyOrderElementsOf(ids(3));
        assertThat(consumer().recentPollList()).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void given_pooled_exchanges_when_taken_then_each_row_comes_once_and_is_delivered() {
        camel.getCamelContextExtension().setExchangeFactory(new PooledExchangeFactory());
        server.add(ListedRow.patients(0, 20, LONG_AGO));
        ConsumerTemplate template = template();
        List<String> taken = new ArrayList<>();

        for (int row = 0; row < 20; row++) {
            taken.add(takeAndComplete(template, uri("")));
        }

        assertThat(taken).containsExactlyInAnyOrderElementsOf(ids(20));
        awaitCleanPoll();
    }

    @Test
    void given_several_callers_when_they_take_rows_at_once_then_no_row_comes_twice() throws Exception {
        server.add(ListedRow.patients(0, 200, LONG_AGO));
        ConsumerTemplate template = template();
        List<String> taken = new CopyOnWriteArrayList<>();
        ExecutorService callers = Executors.newFixedThreadPool(5);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int caller = 0; caller < 5; caller++) {
                all.add(callers.submit(() -> {
                    for (int row = 0; row < 40; row++) {
                        taken.add(takeAndComplete(template, uri("")));
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get(60, TimeUnit.SECONDS);
            }
        } finally {
            callers.shutdownNow();
        }

        assertThat(taken).containsExactlyInAnyOrderElementsOf(ids(200));
        awaitCleanPoll();
    }

    // ---- timeouts

    @Test
    void
            given_a_poll_that_takes_longer_than_the_timeout_when_called_then_null_comes_first_and_the_next_call_gets_the_row()
                    throws Exception {
        server.add(ListedRow.patient("slow", LONG_AGO)).script((request, listed) -> {
            awaitDoor();
            return listed.get();
        });
        ConsumerTemplate template = template();

        assertThat(template.receive(uri(""), 50)).isNull();
        assertThat(template.receiveNoWait(uri(""))).isNull();
        door.countDown();

        assertThat(takeAndComplete(template, uri(""))).isEqualTo("slow");
        assertThat(failures.exceptions()).isEmpty();
    }

    private void awaitDoor() {
        try {
            door.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void given_no_wait_when_called_then_it_returns_at_once_and_a_later_call_gets_the_row() {
        server.add(ListedRow.patient("soon", LONG_AGO));
        ConsumerTemplate template = template();

        Exchange first = template.receiveNoWait(uri(""));

        await().atMost(PATIENCE).until(() -> id(first) != null || "soon".equals(id(template.receiveNoWait(uri("")))));
    }

    @Test
    void given_an_empty_list_when_called_with_a_timeout_then_null_comes_and_one_request_was_sent() {
        ConsumerTemplate template = template();
        String uri = uri("&firstPage=0");

        assertThat(template.receive(uri, 300)).isNull();

        awaitCleanPoll();
        // The row of a second poll: one request for its page, and one for the page behind.
        server.add(ListedRow.patient("p1", LONG_AGO));
        assertThat(takeAndComplete(template, uri)).isEqualTo("p1");
        await().atMost(PATIENCE).until(() -> consumer().getCleanPolls() == 2);
        assertThat(server.requestCount()).isEqualTo(3);
    }

    @Test
    void given_a_caller_that_waits_without_end_when_the_context_stops_then_it_returns() throws Exception {
        ConsumerTemplate template = template();
        ExecutorService caller = Executors.newSingleThreadExecutor();
        try {
            Future<Exchange> row = caller.submit(() -> template.receive(uri("")));
            await().atMost(PATIENCE).until(() -> server.requestCount() > 0);

            camel.stop();

            assertThat(row.get(30, TimeUnit.SECONDS)).isNull();
        } finally {
            caller.shutdownNow();
        }
    }

    // ---- completion

    @Test
    void given_a_route_that_fails_after_poll_enrich_when_called_again_then_it_gets_the_same_row_until_it_succeeds()
            throws Exception {
        server.add(ListedRow.patient("p1", LONG_AGO));
        List<String> taken = new CopyOnWriteArrayList<>();
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").pollEnrich(uri(""), LONG).process(exchange -> {
                    taken.add(id(exchange));
                    if (taken.size() < 3) {
                        throw new IllegalStateException("not yet");
                    }
                });
            }
        });
        camel.start();

        for (int message = 0; message < 3; message++) {
            camel.createFluentProducerTemplate().to("direct:in").withBody("x").send();
        }

        assertThat(taken).containsExactly("p1", "p1", "p1");
        awaitCleanPoll();
        assertThat(consumer().getDeliveredRows()).isEqualTo(1);
        assertThat(consumer().getFailedAttempts()).isEqualTo(2);
    }

    @Test
    void given_a_row_that_its_caller_never_completes_when_called_again_then_the_others_come_and_it_does_not() {
        server.add(ListedRow.patient("kept", LONG_AGO));
        ConsumerTemplate template = template();
        Exchange kept = template.receive(uri(""), LONG);
        server.add(ListedRow.patient("other", LONG_AGO.plusSeconds(1)));

        assertThat(takeAndComplete(template, uri(""))).isEqualTo("other");
        assertThat(template.receive(uri(""), 1_500)).isNull();

        assertThat(consumer().sync().committedCheckpoint()).isNull();
        template.doneUoW(kept);
        template.receive(uri(""), 1);
        awaitCleanPoll();
        assertThat(consumer().getDeliveredRows()).isEqualTo(2);
    }

    @Test
    void given_rows_that_nobody_took_when_the_context_stops_then_the_next_one_gets_them() {
        server.add(ListedRow.patients(0, 5, LONG_AGO));
        List<String> taken = new ArrayList<>();
        taken.add(takeAndComplete(template(), uri("")));
        // Taken, and not completed.
        template().receive(uri(""), LONG);

        camel.stop();
        camel = newContext();
        ConsumerTemplate template = template();
        for (int row = 0; row < 4; row++) {
            taken.add(takeAndComplete(template, uri("")));
        }

        assertThat(taken).containsExactlyInAnyOrderElementsOf(ids(5));
    }

    @Test
    void given_a_template_that_is_closed_before_its_row_is_completed_when_another_asks_then_it_gets_another_row()
            throws Exception {
        server.add(ListedRow.patients(0, 2, LONG_AGO));
        ConsumerTemplate first = template();
        Exchange row = first.receive(uri(""), LONG);
        first.close();

        String other = takeAndComplete(template(), uri(""));

        first.doneUoW(row);
        assertThat(List.of(id(row), other)).containsExactlyInAnyOrder("p0", "p1");
    }

    // ---- options

    @Test
    void given_batching_when_taken_then_a_call_gets_the_rows_of_a_page_and_a_failed_batch_comes_row_by_row() {
        server.add(ListedRow.patients(0, 3, LONG_AGO));
        ConsumerTemplate template = template();
        String uri = uri("&batching=true");
        Exchange batch = template.receive(uri, LONG);
        assertThat((List<?>) batch.getMessage().getBody()).hasSize(3);
        batch.setException(new IllegalStateException("not yet"));
        template.doneUoW(batch);
        List<Object> ids = new ArrayList<>();

        for (int row = 0; row < 3; row++) {
            Exchange single = template.receive(uri, LONG);
            assertThat((List<?>) single.getMessage().getBody()).hasSize(1);
            ids.add(single.getMessage()
                    .getHeader(CliniceaConstants.RECORD_IDS, List.class)
                    .get(0));
            template.doneUoW(single);
        }

        assertThat(ids).containsExactlyInAnyOrder("p0", "p1", "p2");
        awaitCleanPoll();
    }

    @Test
    void given_a_full_queue_that_may_not_block_when_taken_then_no_row_is_lost() {
        server.add(ListedRow.patients(0, 6, LONG_AGO));
        ConsumerTemplate template = template();
        String uri = uri("&pollingConsumerQueueSize=1&pollingConsumerBlockWhenFull=false");
        List<String> taken = new ArrayList<>();

        for (int row = 0; row < 6; row++) {
            taken.add(takeAndComplete(template, uri));
        }

        assertThat(taken).containsExactlyInAnyOrderElementsOf(ids(6));
    }

    @Test
    void given_an_empty_message_when_idle_then_a_call_gets_it_in_time() {
        ConsumerTemplate template = template();

        Exchange empty = template.receive(uri("&sendEmptyMessageWhenIdle=true"), LONG);

        assertThat(empty.getMessage().getBody()).isNull();
    }

    @Test
    void given_a_sync_that_a_route_polls_when_a_caller_asks_for_it_then_the_error_says_so() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri("&initialDelay=60000")).routeId("sync").to("log:none?level=OFF");
            }
        });
        ConsumerTemplate template = template();

        Throwable failure = catchThrowable(() -> template.receive(uri(""), LONG));

        assertThat(failure).hasStackTraceContaining("syncId 'patients' is in use");
        assertThat(camel.getComponent("clinicea", CliniceaComponent.class)
                        .consumers()
                        .consumers())
                .hasSize(1);
        camel.getRouteController().stopRoute("sync");
        server.add(ListedRow.patient("now", LONG_AGO));
        assertThat(takeAndComplete(template, uri(""))).isEqualTo("now");
    }

    // ---- failures, health and meters

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void given_a_key_that_is_refused_when_called_many_times_then_it_was_sent_once(int status) {
        server.answerAlways(0, Answer.refusal(status));
        ConsumerTemplate template = template();

        for (int call = 0; call < 10; call++) {
            int failed = failures.exceptions().size();
            assertThat(template.receive(uri("&firstPage=0"), 1)).isNull();
            await().atMost(PATIENCE).until(() -> failures.exceptions().size() > failed);
        }

        assertThat(server.requestCount()).isEqualTo(1);
        assertThat(failures.exceptions().get(9)).hasMessageContaining("next try at");
    }

    @Test
    void given_a_server_that_fails_when_called_then_null_comes_the_health_is_down_and_the_next_call_gets_the_row() {
        ConsumerHealth.enable(camel);
        server.add(ListedRow.patient("p1", LONG_AGO)).answerOnce(0, Answer.refusal(500));
        ConsumerTemplate template = template();

        assertThat(template.receive(uri("&firstPage=0"), 1_000)).isNull();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN));

        assertThat(takeAndComplete(template, uri("&firstPage=0"))).isEqualTo("p1");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(health().getState()).isEqualTo(HealthCheck.State.UP));
        camel.stop();
        assertThat(HealthCheckHelper.invokeReadiness(camel)).isEmpty();
    }

    @Test
    void given_a_row_that_is_never_completed_when_the_health_is_asked_then_it_is_up_and_says_since_when() {
        ConsumerHealth.enable(camel);
        server.add(ListedRow.patient("p1", LONG_AGO));
        ConsumerTemplate template = template();
        String uri = uri("&firstPage=0&healthCheckStaleAfter=1");

        Exchange row = template.receive(uri, LONG);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(health().getDetails()).containsKey("clinicea.notCompletedSince"));
        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
        template.doneUoW(row);
        assertThat(health().getDetails()).doesNotContainKey("clinicea.notCompletedSince");
    }

    @Test
    void given_an_empty_message_that_is_never_completed_when_the_health_is_asked_then_nothing_is_missing() {
        ConsumerHealth.enable(camel);
        ConsumerTemplate template = template();
        String uri = uri("&firstPage=0&healthCheckStaleAfter=1&sendEmptyMessageWhenIdle=true");

        assertThat(template.receive(uri, LONG)).isNotNull();
        assertThat(template.receive(uri, LONG)).isNotNull();

        assertThat(health().getDetails()).doesNotContainKey("clinicea.notCompletedSince");
    }

    private HealthCheck.Result health() {
        return ConsumerHealth.of(camel, "poll:patients");
    }

    @Test
    void given_a_meter_registry_when_called_then_polls_and_rows_are_counted() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        camel.getRegistry().bind("meters", meters);
        server.add(ListedRow.patients(0, 2, LONG_AGO));
        ConsumerTemplate template = template();
        assertThat(template.receiveNoWait(uri(""))).isNull();
        takeAndComplete(template, uri(""));
        takeAndComplete(template, uri(""));

        awaitCleanPoll();
        // A call while no row is queued requests one more poll.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(meters.get("clinicea.polls")
                                .tags("routeId", "poll:patients", "syncId", "patients", "end", "clean")
                                .timer()
                                .count())
                        .isPositive()
                        .isEqualTo(consumer().getCleanPolls()));
        assertThat(meters.get("clinicea.rows.delivered")
                        .tag("routeId", "poll:patients")
                        .functionCounters())
                .anyMatch(counter -> counter.count() == 2);
    }
}
