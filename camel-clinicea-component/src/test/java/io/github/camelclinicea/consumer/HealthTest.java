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

import com.github.tomakehurst.wiremock.http.Fault;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.testing.BetweenPolls;
import io.github.camelclinicea.testing.ConsumerHealth;
import io.github.camelclinicea.testing.StubClinicea;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tests the state of a polling route in Camel's health registry, from its start on. */
@Execution(ExecutionMode.CONCURRENT)
class HealthTest {
    private final StubClinicea clinicea = new StubClinicea();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final CountDownLatch end = new CountDownLatch(1);

    @BeforeEach
    void register() {
        camel.getRegistry().bind("quiet", new QuietExceptionHandler());
        ConsumerHealth.enable(camel);
    }

    @AfterEach
    void stop() {
        end.countDown();
        BetweenPolls.stop(camel);
        clinicea.close();
    }

    private void start(String options, Processor route) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(clinicea.uri(
                                "patients",
                                "exceptionHandler=#quiet" + (options.contains("cron") ? "" : "&delay=50") + options))
                        .routeId("sync")
                        .process(route);
            }
        });
        camel.start();
    }

    private HealthCheck.Result health() {
        return ConsumerHealth.of(camel, "sync");
    }

    private HealthCheck.State state() {
        return health().getState();
    }

    @Test
    void given_a_route_that_has_not_polled_yet_when_asked_then_it_is_down_and_says_so() throws Exception {
        start("&startScheduler=false", exchange -> {});

        assertThat(state()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(health().getMessage().orElseThrow()).contains("not yet polled");
    }

    @Test
    void given_a_row_that_fails_when_asked_then_it_says_how_many_hold_the_checkpoint_and_since_when() throws Exception {
        clinicea.servePatients(patients(0, 3));
        Instant begin = Instant.now();
        Map<String, Object> keys = new ConcurrentHashMap<>();
        camel.getRegistry().bind("state", MemoryIdempotentRepository.memoryIdempotentRepository(keys));
        start("&idempotentRepository=#state", exchange -> {
            if ("p1".equals(exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID))) {
                throw new IllegalStateException("the route is broken");
            }
        });

        CliniceaConsumer consumer = (CliniceaConsumer) camel.getRoute("sync").getConsumer();
        await().atMost(PATIENCE).until(() -> consumer.getFailedRows() == 1);

        assertThat(health().getDetails())
                .containsEntry("clinicea.failedRows", 1)
                .containsEntry("clinicea.heldBackSince", consumer.getHeldBackSince());
        // The next poll requests changes since a later moment; after a restart it would be the old one.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Instant.parse(
                                String.valueOf(health().getDetails().get("clinicea.syncTimestamp"))))
                        .isAfter(begin.minus(Duration.ofMinutes(6))));
        assertThat(keys.keySet()).noneMatch(key -> key.contains("@"));
    }

    @Test
    void given_a_page_that_waits_for_its_turn_when_it_does_so_for_longer_than_a_poll_may_hang_then_it_is_up()
            throws Exception {
        clinicea.servePatients(patients(0, 1));
        start("&requestsPerSecond=0.01&healthCheckStaleAfter=3000", exchange -> {});
        CliniceaConsumer consumer = (CliniceaConsumer) camel.getRoute("sync").getConsumer();
        await().atMost(PATIENCE).until(() -> consumer.getDeliveredRows() == 1);

        await().atMost(PATIENCE).during(Duration.ofSeconds(6)).until(() -> state() == HealthCheck.State.UP);

        assertThat(clinicea.requests(PATIENTS))
                .as("the end of the list is not asked for yet")
                .hasSize(1);
    }

    @Test
    void given_a_server_that_fails_when_asked_then_it_is_down_with_the_code_and_recovers() throws Exception {
        clinicea.server().stubFor(get(urlPathEqualTo(PATIENTS)).willReturn(answer(503)));
        start("&maxRetries=0", exchange -> {});

        await().atMost(PATIENCE).until(() -> health().getDetails().containsKey(HealthCheck.HTTP_RESPONSE_CODE));
        HealthCheck.Result health = health();
        assertThat(health.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(health.getDetails()).containsEntry(HealthCheck.HTTP_RESPONSE_CODE, 503);
        assertThat(health.getError()).containsInstanceOf(CliniceaException.class);
        assertThat(health.getError().orElseThrow().getStackTrace())
                .as("Spring Boot prints it into its JSON")
                .isEmpty();
        clinicea.servePatients(patients(0, 1));

        await().atMost(PATIENCE).until(() -> state() == HealthCheck.State.UP);
        assertThat(health().getDetails()).doesNotContainKey(HealthCheck.HTTP_RESPONSE_CODE);
    }

    @Test
    void given_a_server_that_fails_and_then_does_not_answer_when_asked_then_the_old_code_is_not_given_for_it()
            throws Exception {
        clinicea.server().stubFor(get(urlPathEqualTo(PATIENTS)).willReturn(answer(503)));
        start("&maxRetries=0", exchange -> {});
        await().atMost(PATIENCE).until(() -> health().getDetails().containsKey(HealthCheck.HTTP_RESPONSE_CODE));

        clinicea.server()
                .stubFor(get(urlPathEqualTo(PATIENTS)).willReturn(answer(200).withFault(Fault.EMPTY_RESPONSE)));

        await().atMost(PATIENCE).until(() -> !health().getDetails().containsKey(HealthCheck.HTTP_RESPONSE_CODE));
        assertThat(state()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(health().getError().orElseThrow()).hasMessageContaining("No response");
    }

    @Test
    void given_a_server_that_does_not_answer_when_a_poll_hangs_for_it_then_it_is_down_and_recovers() throws Exception {
        clinicea.servePatients(patients(0, 1));
        start("&healthCheckStaleAfter=300&requestTimeout=4000&maxRetries=0", exchange -> {});
        await().atMost(PATIENCE).until(() -> state() == HealthCheck.State.UP);

        clinicea.server()
                .stubFor(get(urlPathEqualTo(PATIENTS)).willReturn(answer(204).withFixedDelay(60_000)));
        await().atMost(PATIENCE).until(() -> state() == HealthCheck.State.DOWN);
        assertThat(health().getMessage().orElseThrow()).contains("sync").contains("hangs");

        clinicea.servePatients(patients(0, 1));
        await().atMost(PATIENCE).until(() -> state() == HealthCheck.State.UP);
    }

    @Test
    void given_a_route_that_does_not_end_with_a_row_when_asked_then_it_is_down_and_recovers() throws Exception {
        clinicea.servePatients(patients(0, 1));
        start("&healthCheckStaleAfter=300", exchange -> end.await());

        await().atMost(PATIENCE)
                .until(() -> state() == HealthCheck.State.DOWN
                        && Integer.valueOf(1).equals(health().getDetails().get("clinicea.rowsInFlight")));
        assertThat(health().getMessage().orElseThrow()).contains("hangs").contains("rows in flight: 1");
        end.countDown();

        await().atMost(PATIENCE).until(() -> state() == HealthCheck.State.UP);
    }

    @Test
    void given_a_scheduler_thread_that_is_blocked_elsewhere_when_no_poll_begins_then_it_is_down_and_recovers()
            throws Exception {
        clinicea.servePatients(patients(0, 1));
        ScheduledExecutorService shared = Executors.newSingleThreadScheduledExecutor();
        try {
            camel.getRegistry().bind("shared", shared);
            start("&healthCheckStaleAfter=300&scheduledExecutorService=#shared", exchange -> {});
            await().atMost(PATIENCE).until(() -> state() == HealthCheck.State.UP);

            shared.execute(() -> {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });

            await().atMost(PATIENCE).until(() -> state() == HealthCheck.State.DOWN);
            assertThat(health().getMessage().orElseThrow()).contains("sync").contains("no poll");
            end.countDown();
            await().atMost(PATIENCE).until(() -> state() == HealthCheck.State.UP);
        } finally {
            end.countDown();
            shared.shutdownNow();
        }
    }

    @Test
    void given_polls_that_back_off_when_they_do_so_for_longer_than_three_delays_then_it_is_up() throws Exception {
        clinicea.servePatients();
        start("&healthCheckStaleAfter=400&backoffMultiplier=1000&backoffIdleThreshold=1", exchange -> {});
        CliniceaConsumer consumer = (CliniceaConsumer) camel.getRoute("sync").getConsumer();
        await().atMost(PATIENCE).until(() -> consumer.getCleanPolls() == 1 && state() == HealthCheck.State.UP);

        await().atMost(PATIENCE).during(Duration.ofSeconds(2)).until(() -> state() == HealthCheck.State.UP);

        assertThat(consumer.getCleanPolls()).isEqualTo(1);
    }

    @Test
    void given_a_nightly_cron_when_no_poll_begins_by_day_then_it_is_up_and_with_a_quick_one_polls_are_missed()
            throws Exception {
        clinicea.servePatients(patients(0, 1));
        start("&healthCheckStaleAfter=1&scheduler=quartz&scheduler.cron=0+0+0+1+1+?", exchange -> {});
        CliniceaConsumer consumer = (CliniceaConsumer) camel.getRoute("sync").getConsumer();
        consumer.run();

        await().atMost(PATIENCE).during(Duration.ofSeconds(1)).until(() -> state() == HealthCheck.State.UP);
        assertThat(PollSchedule.of(consumer).due(Instant.parse("2026-06-01T12:00:00Z")))
                .hasValueSatisfying(due -> assertThat(due).isGreaterThan(Duration.ofDays(700)));
    }

    @Test
    void given_a_nightly_cron_that_has_not_fired_yet_when_checked_then_it_is_up() throws Exception {
        clinicea.servePatients(patients(0, 1));
        start("&scheduler.cron=0+0+0+1+1+?", exchange -> {});

        assertThat(state()).isEqualTo(HealthCheck.State.UP);
        assertThat(clinicea.requests(PATIENTS)).isEmpty();
    }

    @Test
    void given_a_schedule_that_has_run_out_when_no_poll_begins_then_it_is_up() throws Exception {
        clinicea.servePatients(patients(0, 1));
        start("&healthCheckStaleAfter=200&repeatCount=2", exchange -> {});
        CliniceaConsumer consumer = (CliniceaConsumer) camel.getRoute("sync").getConsumer();
        await().atMost(PATIENCE).until(() -> consumer.getCleanPolls() == 2);
        await().atMost(PATIENCE).until(() -> !consumer.isSchedulerStarted());

        await().atMost(PATIENCE).during(Duration.ofSeconds(1)).until(() -> state() == HealthCheck.State.UP);
    }

    @Test
    void given_a_row_that_is_held_when_it_is_for_too_long_then_it_is_down_and_recovers() throws Exception {
        clinicea.servePatients(patients(0, 3));
        AtomicBoolean failing = new AtomicBoolean(true);
        start("&healthCheckHeldAfter=500&heldRowBackoff=0", exchange -> {
            if (failing.get() && "p1".equals(exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID))) {
                throw new IllegalStateException("the route is broken");
            }
        });

        await().atMost(PATIENCE)
                .until(() -> state() == HealthCheck.State.DOWN
                        && health().getMessage().orElse("").contains("healthCheckHeldAfter"));
        failing.set(false);

        await().atMost(PATIENCE).until(() -> state() == HealthCheck.State.UP);
    }
}
