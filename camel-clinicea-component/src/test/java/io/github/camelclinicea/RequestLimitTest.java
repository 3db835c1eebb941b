/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.consumer.CliniceaConsumer;
import io.github.camelclinicea.testing.BetweenPolls;
import io.github.camelclinicea.testing.LimitedClinic;
import io.github.camelclinicea.testing.LimitedClinic.Seen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Tests several consumers of one key with a server that limits the rate of the key. {@code -Doverload.pages=40} reads
 * longer lists after an overload than the ordinary run.
 */
@Execution(ExecutionMode.CONCURRENT)
class RequestLimitTest {
    /** A test that measures what a rate reaches runs without the others beside it. */
    private static final String RATES = "rates";

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int PAGES = 40;
    private static final int PAGES_AFTER_OVERLOAD = Integer.getInteger("overload.pages", 10);
    private static final int LIMIT = 20;

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final Map<String, AtomicInteger> deliveries = new ConcurrentHashMap<>();
    private LimitedClinic clinic;

    private void start(int pages) throws Exception {
        clinic = new LimitedClinic(pages);
        camel.start();
    }

    @AfterEach
    void stop() {
        BetweenPolls.stop(camel);
        clinic.close();
    }

    private void follow(String sync, String key, String options) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("clinicea:patients?apiKey=" + key + "&baseUrl=" + clinic.baseUrl() + "&syncId=" + sync
                                + "&pageSize=" + LimitedClinic.PAGE_SIZE
                                + "&pagesInFlight=8&initialDelay=0&delay=100&bridgeErrorHandler=true" + options)
                        .routeId(sync)
                        .filter(header(CliniceaConstants.RECORD_ID).isNotNull())
                        .process(row -> deliveries
                                .computeIfAbsent(
                                        sync + " " + row.getMessage().getHeader(CliniceaConstants.RECORD_ID),
                                        any -> new AtomicInteger())
                                .incrementAndGet());
            }
        });
    }

    private CliniceaConsumer consumer(String sync) {
        return (CliniceaConsumer) camel.getRoute(sync).getConsumer();
    }

    private void awaitAll(int syncs, int pages) {
        await().atMost(PATIENCE).until(() -> deliveries.size() == syncs * pages * LimitedClinic.PAGE_SIZE);
        assertThat(deliveries.values()).as("each row once").allMatch(count -> count.get() == 1);
    }

    private static long refused(List<Seen> requests) {
        return requests.stream().filter(Seen::refused).count();
    }

    @Test
    @ResourceLock(RATES)
    void given_a_limit_that_nobody_told_of_when_several_catch_up_then_most_of_it_is_used_and_little_is_refused()
            throws Exception {
        start(PAGES);
        clinic.limit("key", LIMIT);
        for (String sync : List.of("a", "b", "c", "d")) {
            follow(sync, "key", "");
        }
        awaitAll(4, PAGES);

        // 160 pages at 20 a second take eight seconds. The limit is found in the first two.
        List<Seen> middle = clinic.seenBetween(Duration.ofSeconds(2), Duration.ofSeconds(7));
        double used = (middle.size() - refused(middle)) / 5.0;
        assertThat(used).as("answers a second").isGreaterThan(0.8 * LIMIT);
        assertThat((double) refused(middle) / middle.size()).as("refused").isLessThan(0.2);
        assertThat(consumer("a").getRequestsPerSecond()).as("learned").isPositive();
        assertThat(consumer("b").getPagesInFlight()).isBetween(1, 8);
    }

    @Test
    @ResourceLock(value = RATES, mode = ResourceAccessMode.READ)
    void given_an_overload_when_several_poll_then_it_is_no_storm_and_all_arrives_once_it_is_over() throws Exception {
        start(PAGES_AFTER_OVERLOAD);
        clinic.overload(true);
        for (String sync : List.of("a", "b", "c", "d", "e", "f", "g", "h")) {
            follow(sync, "key", "&maxRetryWait=100");
        }
        await().atMost(PATIENCE)
                .until(() -> !clinic.seen().isEmpty()
                        && System.nanoTime() - clinic.seen().get(0).nanos()
                                > Duration.ofSeconds(8).toNanos());
        List<Seen> calm = clinic.seenBetween(Duration.ofSeconds(3), Duration.ofSeconds(8));
        assertThat(calm.size()).as("requests in five seconds").isBetween(1, 40);

        clinic.overload(false);
        awaitAll(8, PAGES_AFTER_OVERLOAD);
    }

    @Test
    @ResourceLock(value = RATES, mode = ResourceAccessMode.READ)
    void given_a_limit_of_one_key_when_another_is_used_then_that_one_is_not_slowed_down() throws Exception {
        start(PAGES);
        clinic.limit("key", 5);
        follow("limited", "key", "");
        await().atMost(PATIENCE).until(() -> consumer("limited").getRequestsPerSecond() > 0);

        follow("free", "another-key", "");
        await().atMost(PATIENCE)
                .until(() -> deliveries.keySet().stream()
                                .filter(row -> row.startsWith("free"))
                                .count()
                        == PAGES * LimitedClinic.PAGE_SIZE);

        assertThat(consumer("free").getRequestsPerSecond()).isZero();
        assertThat(consumer("free").getPagesInFlight())
                .as("nothing was refused")
                .isGreaterThan(1);
        assertThat(refused(clinic.seen().stream()
                        .filter(request -> request.key().equals("another-key"))
                        .toList()))
                .isZero();
    }

    @Test
    @ResourceLock(value = RATES, mode = ResourceAccessMode.READ)
    void given_requestsPerSecond_when_several_use_the_key_then_the_smallest_holds_for_all_as_long_as_its_endpoint_runs()
            throws Exception {
        start(PAGES);
        follow("a", "key", "&requestsPerSecond=" + LIMIT);
        follow("b", "key", "&requestsPerSecond=1000&apiKeyHeader=api_key");
        follow("c", "key", "");
        follow("free", "another-key", "");
        for (String sync : List.of("a", "b", "c")) {
            assertThat(consumer(sync).getRequestsPerSecond()).as(sync).isEqualTo(LIMIT);
        }
        assertThat(consumer("free").getRequestsPerSecond()).isZero();
        awaitAll(4, PAGES);

        List<Long> times = new ArrayList<>();
        clinic.seen().stream()
                .filter(request -> request.key().equals("key"))
                .forEach(request -> times.add(request.nanos()));
        double seconds = (times.get(times.size() - 1) - times.get(0)) / 1e9;
        assertThat(times.size() / seconds).as("requests a second").isLessThan(1.1 * LIMIT);

        camel.getRouteController().stopRoute("a");
        assertThat(consumer("c").getRequestsPerSecond()).isEqualTo(1000);
        camel.getRouteController().stopRoute("b");
        assertThat(consumer("c").getRequestsPerSecond()).isZero();
    }
}
