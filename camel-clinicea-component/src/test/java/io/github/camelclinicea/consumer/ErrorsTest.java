/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.github.camelclinicea.testing.StubClinicea.PATIENCE;
import static io.github.camelclinicea.testing.StubClinicea.PATIENTS;
import static io.github.camelclinicea.testing.StubClinicea.answer;
import static io.github.camelclinicea.testing.StubClinicea.patients;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.event.CliniceaPollEvent;
import io.github.camelclinicea.testing.BetweenPolls;
import io.github.camelclinicea.testing.ConsumerHealth;
import io.github.camelclinicea.testing.StubClinicea;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.support.DefaultPollingConsumerPollStrategy;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that an {@code Error} fails its row or its poll like any other failure, and the consumer continues to poll. */
@Execution(ExecutionMode.CONCURRENT)
class ErrorsTest {
    private static final String DEFAULT = "delay=100";
    private static final String QUARTZ = "scheduler=quartz&scheduler.cron=*+*+*+*+*+?";

    /** An error's message, which may be a patient's name. */
    private static final String CONTENT = "Testa Content";

    /** Is a class that cannot be initialised, and cannot be used afterwards. */
    public static final class Broken {
        static {
            fail();
        }

        private static void fail() {
            throw new IllegalStateException(CONTENT);
        }
    }

    private final StubClinicea clinicea = new StubClinicea();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final Map<String, Object> keys = new ConcurrentHashMap<>();
    private final QuietExceptionHandler handler = new QuietExceptionHandler();
    private final List<String> arrivals = new CopyOnWriteArrayList<>();
    private final AtomicInteger thrown = new AtomicInteger();
    private volatile Consumer<String> onContains = key -> {};
    private volatile Consumer<String> onAdd = key -> {};

    @BeforeEach
    void bind() {
        clinicea.servePatients(patients(0, 3));
        camel.getRegistry().bind("handler", handler);
        camel.getRegistry().bind("state", new MemoryIdempotentRepository(keys) {
            @Override
            public boolean contains(String key) {
                onContains.accept(key);
                return super.contains(key);
            }

            @Override
            public boolean add(String key) {
                onAdd.accept(key);
                return super.add(key);
            }
        });
        ConsumerHealth.enable(camel);
    }

    @AfterEach
    void stop() {
        BetweenPolls.stop(camel);
        clinicea.close();
    }

    private void start(String options, Processor route) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(clinicea.uri("patients", "idempotentRepository=#state&maxRetries=0&" + options))
                        .routeId("sync")
                        .to("direct:next");
                from("direct:next").routeId("next").process(route).process(exchange -> arrivals.add(id(exchange)));
            }
        });
        camel.start();
    }

    private static String id(Exchange exchange) {
        return exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class);
    }

    private void once(Error error) {
        if (thrown.getAndIncrement() == 0) {
            throw error;
        }
    }

    private CliniceaConsumer consumer() {
        return (CliniceaConsumer) camel.getRoute("sync").getConsumer();
    }

    private boolean checkpointMoved() {
        return keys.keySet().stream().anyMatch(key -> key.startsWith("patients@"));
    }

    private void awaitThreePollsMore() {
        long polls = consumer().getCleanPolls();
        await().atMost(PATIENCE).until(() -> consumer().getCleanPolls() >= polls + 3);
    }

    private HealthCheck.Result health() {
        return ConsumerHealth.of(camel, "sync");
    }

    private void assertNothingInFlight() {
        assertThat(consumer().getRowsInFlight()).isZero();
        assertThat(camel.getInflightRepository().size()).isZero();
        assertThat(camel.getInflightRepository().size("sync")).isZero();
        assertThat(camel.getInflightRepository().size("next")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {DEFAULT, QUARTZ})
    void given_an_error_in_the_route_when_it_is_thrown_once_then_its_row_failed_and_comes_again_and_the_others_came(
            String scheduler) throws Exception {
        StackOverflowError error = new StackOverflowError(CONTENT);
        start(scheduler + "&exceptionHandler=#handler", exchange -> {
            if (id(exchange).equals("p1")) {
                once(error);
            }
        });

        await().atMost(PATIENCE).until(this::checkpointMoved);
        assertThat(arrivals).containsExactly("p0", "p2", "p1");
        assertThat(handler.exceptions())
                .singleElement()
                .satisfies(e -> assertThat(e.getCause()).isSameAs(error));
        awaitThreePollsMore();
        assertThat(arrivals).hasSize(3);
        assertNothingInFlight();
    }

    @ParameterizedTest
    @ValueSource(strings = {DEFAULT, QUARTZ})
    void given_an_error_in_the_route_when_it_is_thrown_always_then_health_says_that_a_row_failed(String scheduler)
            throws Exception {
        start(scheduler + "&exceptionHandler=#handler", exchange -> {
            if (id(exchange).equals("p1")) {
                thrown.incrementAndGet();
                throw new NoClassDefFoundError(CONTENT);
            }
        });

        await().atMost(PATIENCE).until(() -> thrown.get() >= 3 && consumer().getFailedRows() == 1);
        assertThat(health().getDetails()).containsEntry("clinicea.failedRows", 1);
        assertThat(arrivals).containsExactly("p0", "p2");
        assertThat(checkpointMoved()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {DEFAULT, QUARTZ})
    void given_an_error_while_polling_when_it_is_thrown_then_the_poll_failed_and_the_next_one_is_well(String scheduler)
            throws Exception {
        AtomicBoolean failing = new AtomicBoolean();
        onContains = key -> {
            if (key.contains("#") && failing.get()) {
                thrown.incrementAndGet();
                throw new OutOfMemoryError(CONTENT);
            }
        };
        failing.set(true);
        start(scheduler + "&exceptionHandler=#handler", exchange -> {});

        await().atMost(PATIENCE).until(() -> handler.exceptions().size() >= 2);
        HealthCheck.Result health = health();
        assertThat(health.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(health.getError()).containsInstanceOf(CliniceaException.class);
        assertThat(health.getError().orElseThrow())
                .hasMessageContaining("patients")
                .hasMessageContaining("java.lang.OutOfMemoryError")
                .hasMessageNotContaining(CONTENT)
                .hasNoCause();
        assertThat(handler.exceptions()).hasOnlyElementsOfType(CliniceaException.class);
        failing.set(false);

        await().atMost(PATIENCE).until(this::checkpointMoved);
        assertThat(arrivals).containsExactly("p0", "p1", "p2");
        await().atMost(PATIENCE).until(() -> health().getState() == HealthCheck.State.UP);
        assertNothingInFlight();
    }

    @ParameterizedTest
    @ValueSource(strings = {DEFAULT, QUARTZ})
    void given_an_error_when_a_delivery_is_remembered_then_the_row_comes_again_and_polls_go_on(String scheduler)
            throws Exception {
        onAdd = key -> {
            if (key.contains("#")) {
                once(new NoClassDefFoundError(CONTENT));
            }
        };
        start(scheduler + "&exceptionHandler=#handler", exchange -> {});

        await().atMost(PATIENCE).until(this::checkpointMoved);
        assertThat(arrivals).containsExactly("p0", "p1", "p2", "p0");
        assertThat(handler.messages()).singleElement().asString().contains("could not store that a row was delivered");
        awaitThreePollsMore();
        assertNothingInFlight();
    }

    @ParameterizedTest
    @ValueSource(strings = {DEFAULT, QUARTZ})
    void given_an_exceptionHandler_that_throws_an_error_when_polls_and_rows_fail_then_polls_go_on(String scheduler)
            throws Exception {
        camel.getRegistry().bind("failing", new ExceptionHandler() {
            @Override
            public void handleException(Throwable exception) {
                thrown.incrementAndGet();
                throw new StackOverflowError(CONTENT);
            }

            @Override
            public void handleException(String message, Throwable exception) {
                handleException(exception);
            }

            @Override
            public void handleException(String message, Exchange exchange, Throwable exception) {
                handleException(exception);
            }
        });
        clinicea.server().stubFor(get(urlPathEqualTo(PATIENTS)).willReturn(answer(503)));
        AtomicInteger tries = new AtomicInteger();
        start(scheduler + "&exceptionHandler=#failing", exchange -> {
            if (id(exchange).equals("p1") && tries.getAndIncrement() < 2) {
                throw new IllegalStateException("not yet");
            }
        });
        await().atMost(PATIENCE).until(() -> thrown.get() >= 2);
        assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN);

        clinicea.servePatients(patients(0, 3));

        await().atMost(PATIENCE).until(this::checkpointMoved);
        assertThat(arrivals).containsExactly("p0", "p2", "p1");
        assertNothingInFlight();
    }

    @ParameterizedTest
    @ValueSource(strings = {DEFAULT, QUARTZ})
    void given_a_pollStrategy_that_throws_errors_when_polled_then_polls_go_on(String scheduler) throws Exception {
        camel.getRegistry().bind("strategy", new DefaultPollingConsumerPollStrategy() {
            @Override
            public boolean begin(org.apache.camel.Consumer consumer, org.apache.camel.Endpoint endpoint) {
                once(new OutOfMemoryError(CONTENT));
                return true;
            }
        });
        start(scheduler + "&pollStrategy=#strategy", exchange -> {});

        await().atMost(PATIENCE).until(this::checkpointMoved);
        assertThat(arrivals).containsExactly("p0", "p1", "p2");
    }

    @ParameterizedTest
    @ValueSource(strings = {DEFAULT, QUARTZ})
    void given_event_notifiers_that_throw_errors_when_rows_and_polls_end_then_polls_go_on(String scheduler)
            throws Exception {
        camel.getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event instanceof CliniceaPollEvent || event instanceof CamelEvent.ExchangeEvent) {
                    thrown.incrementAndGet();
                    throw new NoClassDefFoundError(CONTENT);
                }
            }
        });
        start(scheduler + "&exceptionHandler=#handler", exchange -> {});

        int polls = clinicea.requests(PATIENTS).size();
        await().atMost(PATIENCE).until(() -> clinicea.requests(PATIENTS).size() >= polls + 5);
        assertThat(thrown).hasPositiveValue();
        assertThat(consumer().getRowsInFlight()).isZero();
        assertThat(camel.getInflightRepository().size("sync")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {DEFAULT, QUARTZ})
    void given_a_bodyType_that_cannot_be_initialized_when_polled_then_its_rows_fail_and_polls_go_on(String scheduler)
            throws Exception {
        start(scheduler + "&exceptionHandler=#handler&bodyType=" + Broken.class.getName(), exchange -> {});

        await().atMost(PATIENCE).until(() -> handler.exceptions().size() >= 6);
        assertThat(handler.exceptions())
                .allSatisfy(e -> assertThat(e)
                        .hasMessageContaining("Error")
                        .hasMessageNotContaining(CONTENT)
                        .hasNoCause());
        assertThat(consumer().getFailedRows()).isEqualTo(3);
        assertThat(consumer().getRowsInFlight()).isZero();
        assertThat(arrivals).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {DEFAULT, QUARTZ})
    void given_an_error_from_an_empty_message_when_idle_then_polls_go_on(String scheduler) throws Exception {
        clinicea.servePatients();
        start(scheduler + "&exceptionHandler=#handler&sendEmptyMessageWhenIdle=true", exchange -> {
            thrown.incrementAndGet();
            throw new StackOverflowError(CONTENT);
        });

        await().atMost(PATIENCE).until(() -> thrown.get() >= 3);
        assertThat(handler.exceptions())
                .isNotEmpty()
                .allSatisfy(e -> assertThat(e)
                        .hasMessageContaining("java.lang.StackOverflowError")
                        .hasMessageNotContaining(CONTENT));
        await().atMost(PATIENCE).until(() -> camel.getInflightRepository().size("sync") == 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void given_a_route_of_steps_when_one_throws_an_error_then_no_step_after_it_is_run_and_nothing_is_left_in_flight(
            boolean errorHandler) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                if (!errorHandler) {
                    errorHandler(noErrorHandler());
                }
                from(clinicea.uri("patients", DEFAULT + "&idempotentRepository=#state&exceptionHandler=#handler"))
                        .routeId("sync")
                        .process(exchange -> {})
                        .process(exchange -> {
                            if (id(exchange).equals("p1")) {
                                once(new OutOfMemoryError(CONTENT));
                            }
                        })
                        .process(exchange -> arrivals.add(id(exchange)));
            }
        });
        camel.start();

        await().atMost(PATIENCE).until(this::checkpointMoved);
        assertThat(arrivals).containsExactly("p0", "p2", "p1");
        assertThat(handler.exceptions()).hasSize(1);
        assertThat(camel.getInflightRepository().size()).isZero();
        assertThat(camel.getInflightRepository().size("sync")).isZero();
    }

    @Test
    void given_an_error_after_a_row_was_handed_over_when_it_is_thrown_then_the_row_is_ended_where_it_went()
            throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(clinicea.uri("patients", DEFAULT + "&idempotentRepository=#state&exceptionHandler=#handler"))
                        .routeId("sync")
                        .to("seda:work")
                        .process(exchange -> {
                            thrown.incrementAndGet();
                            throw new StackOverflowError(CONTENT);
                        });
                from("seda:work?pollTimeout=20").process(exchange -> arrivals.add(id(exchange)));
            }
        });
        camel.start();

        await().atMost(PATIENCE).until(this::checkpointMoved);
        awaitThreePollsMore();
        assertThat(arrivals).containsExactly("p0", "p1", "p2");
        assertThat(thrown).hasValue(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void given_an_error_on_another_thread_when_it_is_thrown_once_then_its_row_comes_again(boolean seda)
            throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                String uri =
                        clinicea.uri("patients", DEFAULT + "&idempotentRepository=#state&exceptionHandler=#handler");
                if (seda) {
                    from(uri).routeId("sync").to("seda:work");
                    from("seda:work?pollTimeout=20").process(this::work);
                } else {
                    from(uri).routeId("sync").threads(2).process(this::work);
                }
            }

            private void work(Exchange exchange) {
                if (id(exchange).equals("p1")) {
                    once(new NoClassDefFoundError(CONTENT));
                }
                arrivals.add(id(exchange));
            }
        });
        camel.start();

        await().atMost(PATIENCE).until(this::checkpointMoved);
        assertThat(arrivals).containsExactlyInAnyOrder("p0", "p2", "p1");
        assertThat(consumer().getRowsInFlight()).isZero();
    }
}
