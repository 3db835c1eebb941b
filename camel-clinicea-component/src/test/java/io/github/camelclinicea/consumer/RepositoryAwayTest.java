/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static io.github.camelclinicea.testing.StubClinicea.patient;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.event.CliniceaPollEvent;
import io.github.camelclinicea.testing.BetweenPolls;
import io.github.camelclinicea.testing.StubClinicea;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Tests a database that cannot be reached when a route starts, for example when a node of a cluster becomes the leader.
 */
class RepositoryAwayTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Is a repository that cannot be reached until the test allows it. */
    private static final class Distant extends MemoryIdempotentRepository {
        private volatile boolean there;

        private Distant(Map<String, Object> keys) {
            super(keys);
        }

        private void reach() {
            if (!there) {
                throw new IllegalStateException("nobody there");
            }
        }

        @Override
        protected void doStart() throws Exception {
            reach();
            super.doStart();
        }

        @Override
        public boolean contains(String key) {
            reach();
            return super.contains(key);
        }

        @Override
        public boolean add(String key) {
            reach();
            return super.add(key);
        }
    }

    private final Map<String, Object> keys = new ConcurrentHashMap<>();
    private final Distant repository = new Distant(keys);
    private final StubClinicea clinicea = new StubClinicea();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final List<Exception> failures = new CopyOnWriteArrayList<>();
    private final List<String> arrivals = new CopyOnWriteArrayList<>();
    private final List<CliniceaPollEvent> sweeps = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        BetweenPolls.stop(camel);
        clinicea.close();
    }

    private void addRoute() throws Exception {
        clinicea.servePatients("[" + patient("p1", "Added", "2026-01-01T00:00:00") + "]");
        camel.getRegistry().bind("state", repository);
        camel.getManagementStrategy().addEventNotifier(new SimpleEventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event instanceof CliniceaPollEvent sweep) {
                    sweeps.add(sweep);
                }
            }
        });
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(IllegalStateException.class)
                        .handled(true)
                        .process(e -> failures.add(e.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)));
                from(clinicea.uri("patients", "idempotentRepository=#state&bridgeErrorHandler=true&delay=200"))
                        .routeId("sync")
                        .process(e -> arrivals.add(e.getMessage()
                                .getBody(Map.class)
                                .get("PatientID")
                                .toString()));
            }
        });
    }

    @Test
    void given_a_repository_that_is_away_when_started_then_polls_fail_until_it_is_there_and_nothing_is_lost()
            throws Exception {
        addRoute();

        camel.start();

        await().atMost(PATIENCE).until(() -> failures.size() >= 2);
        assertThat(camel.getRouteController().getRouteStatus("sync")).isEqualTo(ServiceStatus.Started);
        assertThat(failures).allMatch(failure -> failure.getMessage().equals("nobody there"));
        assertThat(arrivals).isEmpty();
        repository.there = true;
        await().atMost(PATIENCE).until(() -> keys.keySet().stream().anyMatch(key -> key.contains("@")));
        assertThat(arrivals).containsExactly("p1");
    }

    @Test
    void given_a_repository_that_is_away_when_a_reset_is_asked_for_then_it_is_made_once_it_is_there() throws Exception {
        addRoute();
        repository.there = true;
        camel.start();
        await().atMost(PATIENCE).until(() -> arrivals.size() == 1);

        repository.there = false;
        ((CliniceaConsumer) camel.getRoute("sync").getConsumer()).resetSync();
        await().atMost(PATIENCE).until(() -> failures.size() >= 2);
        repository.there = true;

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(arrivals).containsExactly("p1", "p1"));
    }

    @Test
    void given_a_repository_that_is_away_when_a_sweep_cannot_begin_then_that_is_told_like_any_other_failure()
            throws Exception {
        addRoute();

        camel.start();

        await().atMost(PATIENCE).until(() -> failures.size() >= 2);
        assertThat(sweeps).isNotEmpty().allSatisfy(RepositoryAwayTest::assertNothingDone);
    }

    @Test
    void given_a_good_sweep_before_when_the_next_one_cannot_begin_then_it_is_not_told_of_that_one() throws Exception {
        addRoute();
        repository.there = true;
        camel.start();
        await().atMost(PATIENCE).until(() -> arrivals.size() == 1 && !sweeps.isEmpty());

        repository.there = false;
        ((CliniceaConsumer) camel.getRoute("sync").getConsumer()).resetSync();
        await().atMost(PATIENCE).until(() -> failures.size() >= 3);

        assertNothingDone(sweeps.get(sweeps.size() - 1));
    }

    private static void assertNothingDone(CliniceaPollEvent sweep) {
        assertThat(sweep.getOutcome()).isEqualTo(CliniceaPollEvent.Outcome.FAILED);
        assertThat(sweep.getRowsDelivered()).isZero();
        assertThat(sweep.getRowsFailed()).isZero();
        assertThat(sweep.getPagesRead()).isZero();
    }
}
