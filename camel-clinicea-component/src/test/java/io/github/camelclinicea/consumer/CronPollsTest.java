/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static io.github.camelclinicea.testing.StubClinicea.PATIENCE;
import static io.github.camelclinicea.testing.StubClinicea.patients;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.testing.StubClinicea;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.cluster.FileLockClusterService;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultPollingConsumerPollStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Polls by a cron of each second. */
class CronPollsTest {
    private static final String EACH_SECOND = "scheduler.cron=*+*+*+*+*+?";

    private final StubClinicea clinicea = new StubClinicea();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final List<String> arrivals = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        camel.stop();
        clinicea.close();
    }

    private void start(String uri, Processor route) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri)
                        .routeId("patients")
                        .process(route)
                        .process(row ->
                                arrivals.add(row.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class)));
            }
        });
        camel.start();
    }

    /** Counts polls, and how many run at once at most. */
    private static final class Polls extends DefaultPollingConsumerPollStrategy {
        private final AtomicInteger running = new AtomicInteger();
        private final AtomicInteger mostAtOnce = new AtomicInteger();
        private final AtomicInteger ended = new AtomicInteger();

        @Override
        public boolean begin(Consumer consumer, Endpoint endpoint) {
            mostAtOnce.accumulateAndGet(running.incrementAndGet(), Math::max);
            return true;
        }

        @Override
        public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
            running.decrementAndGet();
            ended.incrementAndGet();
        }
    }

    @Test
    void given_a_poll_that_takes_longer_than_the_cron_when_it_fires_meanwhile_then_no_second_poll_runs_beside_it()
            throws Exception {
        clinicea.servePatients(patients(0, 1));
        Polls polls = new Polls();
        camel.getRegistry().bind("polls", polls);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);

        start(clinicea.uri("patients", EACH_SECOND + "&pollStrategy=#polls"), row -> {
            begun.countDown();
            goOn.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        });
        assertThat(begun.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        // The cron fires three times, and a second poll would begin.
        await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
        goOn.countDown();

        await().atMost(PATIENCE).until(() -> polls.ended.get() >= 3);
        assertThat(polls.mostAtOnce).hasValue(1);
        assertThat(arrivals).containsExactly("p0");
    }

    @Test
    void given_a_route_that_was_stopped_when_started_again_then_the_cron_fires_again() throws Exception {
        clinicea.servePatients(patients(0, 1));
        start(clinicea.uri("patients", EACH_SECOND), CronPollsTest::pass);
        await().atMost(PATIENCE).until(() -> arrivals.contains("p0"));

        camel.getRouteController().stopRoute("patients");
        clinicea.servePatients(patients(0, 2));
        camel.getRouteController().startRoute("patients");

        await().atMost(PATIENCE).until(() -> arrivals.contains("p1"));
    }

    @Test
    void given_a_cron_behind_master_when_the_node_leads_then_rows_come_by_it(@TempDir Path folder) throws Exception {
        clinicea.servePatients(patients(0, 1));
        FileLockClusterService election = new FileLockClusterService();
        election.setId("node");
        election.setRoot(folder.toString());
        election.setAcquireLockDelay(10, TimeUnit.MILLISECONDS);
        election.setAcquireLockInterval(100, TimeUnit.MILLISECONDS);
        camel.addService(election);

        start("master:clinic:" + clinicea.uri("patients", EACH_SECOND), CronPollsTest::pass);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(arrivals).containsExactly("p0"));
    }

    private static void pass(Exchange row) {}
}
