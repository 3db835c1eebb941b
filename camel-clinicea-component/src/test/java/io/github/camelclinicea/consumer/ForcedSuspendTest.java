/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static io.github.camelclinicea.testing.StubClinicea.PATIENCE;
import static io.github.camelclinicea.testing.StubClinicea.PATIENTS;
import static io.github.camelclinicea.testing.StubClinicea.patients;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.testing.BetweenPolls;
import io.github.camelclinicea.testing.StubClinicea;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests a suspend that Camel turns into a stop, because a row does not end within the shutdown timeout. */
class ForcedSuspendTest {
    private final StubClinicea clinicea = new StubClinicea();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final List<String> arrivals = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger hanging = new AtomicInteger();

    @AfterEach
    void stop() {
        end.countDown();
        BetweenPolls.stop(camel);
        clinicea.close();
    }

    private void start(String options, Processor hangs) throws Exception {
        clinicea.servePatients(patients(0, 3));
        camel.getShutdownStrategy().setTimeout(1);
        camel.getShutdownStrategy().setTimeUnit(TimeUnit.SECONDS);
        camel.getRegistry().bind("quiet", new QuietExceptionHandler());
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(clinicea.uri("patients", "exceptionHandler=#quiet&" + options))
                        .routeId("sync")
                        .process(exchange -> {
                            if (id(exchange).equals("p1") && hanging.getAndIncrement() == 0) {
                                hangs.process(exchange);
                            }
                        })
                        .process(exchange -> arrivals.add(id(exchange)));
            }
        });
        camel.start();
        await().atMost(PATIENCE).until(() -> hanging.get() == 1);
    }

    private static String id(Exchange exchange) {
        return exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class);
    }

    private CliniceaConsumer consumer() {
        return (CliniceaConsumer) camel.getRoute("sync").getConsumer();
    }

    private void suspendAndResume() throws Exception {
        camel.getRouteController().suspendRoute("sync");
        assertThat(camel.getRoute("sync").getProperties()).as("a forced stop").containsEntry("forcedShutdown", true);
        await().atMost(PATIENCE).until(() -> !isCamelStillSuspending());
        camel.getRouteController().resumeRoute("sync");
        assertThat(camel.getRouteController().getRouteStatus("sync")).isEqualTo(ServiceStatus.Started);
    }

    /** Returns whether Camel's interrupted task still runs. It suspends the consumer a second time. */
    private static boolean isCamelStillSuspending() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(frame -> frame.getClassName().endsWith("DefaultShutdownStrategy$ShutdownTask"));
    }

    private void awaitPolls() {
        int requests = clinicea.requests(PATIENTS).size();
        await().atMost(PATIENCE).until(() -> clinicea.requests(PATIENTS).size() >= requests + 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"delay=100", "scheduler=quartz&scheduler.cron=*+*+*+*+*+?"})
    void given_a_row_that_hangs_until_it_is_interrupted_when_resumed_then_it_polls_and_the_row_comes_again(
            String scheduler) throws Exception {
        start(scheduler, exchange -> end.await());

        suspendAndResume();
        // Quartz does not interrupt a job.
        end.countDown();

        awaitPolls();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(arrivals).contains("p0", "p1", "p2"));
    }

    @Test
    void given_a_row_that_hangs_for_good_when_resumed_then_no_second_poll_runs_beside_it_and_it_goes_on_after_it()
            throws Exception {
        start("delay=50", exchange -> {
            boolean interrupted = true;
            while (interrupted) {
                try {
                    end.await();
                    interrupted = false;
                } catch (InterruptedException e) {
                    // As a driver does that ignores interrupts.
                }
            }
        });
        int before = clinicea.requests(PATIENTS).size();

        suspendAndResume();

        await().atMost(PATIENCE)
                .during(Duration.ofSeconds(1))
                .until(() -> clinicea.requests(PATIENTS).size() == before);
        assertThat(consumer().getRowsInFlight()).isEqualTo(1);
        end.countDown();
        awaitPolls();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(arrivals).contains("p0", "p1", "p2"));
        assertThat(arrivals).as("none beside another").doesNotHaveDuplicates();
    }

    @Test
    void given_a_forced_suspend_when_it_is_suspended_and_resumed_again_then_it_polls() throws Exception {
        start("delay=100", exchange -> end.await());
        suspendAndResume();
        awaitPolls();

        camel.getRouteController().suspendRoute("sync");
        camel.getRouteController().resumeRoute("sync");

        awaitPolls();
        camel.getRouteController().stopRoute("sync");
        camel.getRouteController().startRoute("sync");
        awaitPolls();
        assertThat(camel.getRoute("sync").getRoutePolicyList())
                .as("one, however often the route was started")
                .hasSize(1);
    }
}
