/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.consumer.CliniceaConsumer;
import io.github.camelclinicea.consumer.QuietExceptionHandler;
import io.github.camelclinicea.testing.Answer;
import io.github.camelclinicea.testing.ChangeListServer;
import io.github.camelclinicea.testing.ListedRow;
import io.github.camelclinicea.testing.StubClinicea;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.search.Search;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.cluster.FileLockClusterService;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the meters while routes, registries and servers come and go. */
class MetersTest {
    private final ChangeListServer server = new ChangeListServer();
    private final StubClinicea stub = new StubClinicea();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private volatile String failing = "none";

    @AfterEach
    void close() throws Exception {
        camel.close();
        server.close();
        stub.close();
    }

    private void bind(Object bean) {
        camel.getRegistry().bind("aRegistry" + System.identityHashCode(bean), bean);
    }

    private String uri(String options) {
        return "clinicea:patients?initialDelay=0&delay=50&maxRetries=0&apiKey=" + StubClinicea.API_KEY + "&baseUrl="
                + server.baseUrl() + options;
    }

    private void add(String routeId, String from) throws Exception {
        add(camel, routeId, from);
    }

    private void add(DefaultCamelContext context, String routeId, String from) throws Exception {
        context.getRegistry().bind("quiet", new QuietExceptionHandler());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from(from + "&exceptionHandler=#quiet").routeId(routeId).process(exchange -> {
                    String id = exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class);
                    if (failing.equals("all") || failing.equals(id)) {
                        throw new IllegalStateException("the route is broken");
                    }
                });
            }
        });
    }

    private void startPatients() throws Exception {
        bind(registry);
        add("sync", uri(""));
        camel.start();
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(StubClinicea.PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(assertion);
    }

    /** Returns the sum of a meter over all its series that have these tags. */
    private double value(ClinicMeter meter, String... tags) {
        return value(registry, meter, tags);
    }

    private static double value(MeterRegistry registry, ClinicMeter meter, String... tags) {
        return Search.in(registry).name(meter.meterName()).tags(tags).meters().stream()
                .mapToDouble(MetersTest::value)
                .sum();
    }

    private static double value(Meter meter) {
        return meter.<Double>match(
                Gauge::value,
                Counter::count,
                timer -> (double) timer.count(),
                summary -> Double.NaN,
                task -> Double.NaN,
                gauge -> gauge.value(TimeUnit.SECONDS),
                FunctionCounter::count,
                timer -> Double.NaN,
                other -> Double.NaN);
    }

    private Set<String> names() {
        return registry.getMeters().stream()
                .map(meter -> meter.getId().getName())
                .collect(Collectors.toSet());
    }

    // ---- a sync

    @Test
    void given_a_sync_when_it_polls_then_its_polls_requests_and_checkpoint_are_measured() throws Exception {
        server.add(ListedRow.patients(0, 3, ListedRow.LONG_AGO));

        startPatients();

        eventually(() -> assertThat(value(ClinicMeter.POLLS, "end", "clean", "syncId", "patients"))
                .isGreaterThan(2));
        assertThat(value(ClinicMeter.REQUESTS, "outcome", "2xx", "routeId", "sync", "resource", "patients"))
                .isGreaterThan(2);
        assertThat(value(ClinicMeter.ROWS_DELIVERED, "status", "modified")).isEqualTo(3);
        assertThat(value(ClinicMeter.ROWS_DELIVERED)).isEqualTo(3);
        assertThat(value(ClinicMeter.ROWS_EMITTED)).isEqualTo(3);
        assertThat(value(ClinicMeter.POLL_LAG)).isBetween(0.0, 5.0);
        assertThat(value(ClinicMeter.CHECKPOINT_AGE))
                .as("the overlap of five minutes")
                .isBetween(299.0, 360.0);
        assertThat(value(ClinicMeter.SYNC_ACTIVE)).isOne();
        assertThat(value(ClinicMeter.PAGES_IN_FLIGHT)).isPositive();
        assertThat(value(ClinicMeter.RATE)).isZero();
        assertThat(value(ClinicMeter.REQUESTS, "outcome", "5xx")).isZero();
        assertThat(value(ClinicMeter.POLLS, "end", "failed")).isZero();
        assertThat(registry.getMeters())
                .allSatisfy(meter -> assertThat(meter.getId().getTags().stream().map(Tag::getKey))
                        .containsAll(Set.of("camelContext", "routeId", "resource")));
    }

    @Test
    void given_no_poll_that_succeeds_when_looked_at_then_the_lag_grows_and_the_checkpoint_has_no_age()
            throws Exception {
        server.script((request, listed) -> Answer.refusal(503));

        startPatients();

        eventually(() -> assertThat(value(ClinicMeter.POLLS, "end", "failed")).isGreaterThan(2));
        double lag = value(ClinicMeter.POLL_LAG);
        assertThat(lag).isBetween(0.01, 30.0);
        eventually(() -> assertThat(value(ClinicMeter.POLL_LAG)).isGreaterThan(lag + 0.2));
        assertThat(value(ClinicMeter.REQUESTS, "outcome", "5xx")).isGreaterThan(2);
        assertThat(names()).doesNotContain(ClinicMeter.CHECKPOINT_AGE.meterName());
    }

    @Test
    void given_refusals_when_polled_then_retries_and_refused_credentials_and_too_many_requests_are_counted()
            throws Exception {
        bind(registry);
        server.answerOnce(0, Answer.tooMany("0"), Answer.refusal(401), Answer.refusal(403));
        add("sync", uri("").replace("maxRetries=0", "maxRetries=1"));
        camel.start();

        eventually(() -> assertThat(value(ClinicMeter.UNAUTHORIZED)).isEqualTo(1));
        // Otherwise refused credentials are not tried again for a while.
        ((CliniceaConsumer) camel.getRoute("sync").getConsumer()).pollNow();
        eventually(() -> assertThat(value(ClinicMeter.UNAUTHORIZED)).isEqualTo(2));
        assertThat(value(ClinicMeter.THROTTLED)).isOne();
        assertThat(value(ClinicMeter.RETRIES)).isOne();
        assertThat(value(ClinicMeter.REQUESTS, "outcome", "4xx")).isEqualTo(3);
    }

    @Test
    void given_no_response_when_polled_then_it_is_a_timeout_or_a_failed_connection() throws Exception {
        bind(registry);
        add("unreachable", stub.uri("patients", "delay=50&maxRetries=0"));
        stub.server().stop();
        server.script((request, listed) -> {
            await().pollDelay(Duration.ofMillis(400)).until(() -> true);
            return listed.get();
        });
        add("slow", uri("&requestTimeout=100"));
        camel.start();

        eventually(() -> assertThat(value(ClinicMeter.REQUESTS, "routeId", "slow", "outcome", "timeout"))
                .isPositive());
        eventually(() -> assertThat(value(ClinicMeter.REQUESTS, "routeId", "unreachable", "outcome", "connection"))
                .isPositive());
    }

    @Test
    void given_a_row_that_fails_when_polled_then_it_is_shown_as_held_until_it_succeeds() throws Exception {
        server.add(ListedRow.patients(0, 3, ListedRow.LONG_AGO));
        failing = "p1";

        startPatients();

        eventually(() -> assertThat(value(ClinicMeter.ROWS_HELD)).isOne());
        eventually(() -> assertThat(value(ClinicMeter.ROWS_HELD_AGE)).isGreaterThan(0.1));
        assertThat(value(ClinicMeter.POLLS, "end", "clean")).isZero();
        eventually(() -> assertThat(value(ClinicMeter.ROWS_FAILED)).isGreaterThan(1));
        assertThat(value(ClinicMeter.ROWS_DELIVERED)).isEqualTo(2);
        failing = "none";

        eventually(() -> assertThat(value(ClinicMeter.ROWS_HELD)).isZero());
        assertThat(value(ClinicMeter.ROWS_HELD_AGE)).isZero();
    }

    // ---- routes that come and go

    @Test
    void given_a_route_when_stopped_and_started_again_then_it_is_measured_on() throws Exception {
        startPatients();
        server.add(ListedRow.patients(0, 3, ListedRow.LONG_AGO));
        eventually(() -> assertThat(value(ClinicMeter.ROWS_DELIVERED)).isEqualTo(3));

        camel.getRouteController().stopRoute("sync");

        assertThat(value(ClinicMeter.ROWS_DELIVERED)).isEqualTo(3);
        double polls = value(ClinicMeter.POLLS, "end", "clean");
        assertThat(value(ClinicMeter.SYNC_ACTIVE)).isZero();
        assertThat(value(ClinicMeter.POLL_LAG)).as("nobody waits for it").isNaN();
        camel.getRouteController().startRoute("sync");
        eventually(() -> assertThat(value(ClinicMeter.POLLS, "end", "clean")).isGreaterThan(polls + 1));
        assertThat(value(ClinicMeter.SYNC_ACTIVE)).isOne();
        assertThat(value(ClinicMeter.ROWS_DELIVERED))
                .as("all once more, since state in memory ends with the stop")
                .isEqualTo(6);
    }

    @Test
    void given_a_route_when_removed_then_its_meters_are_gone_and_those_of_others_stay() throws Exception {
        bind(registry);
        add("one", uri("&syncId=one"));
        add("two", uri("&syncId=two"));
        camel.start();
        eventually(() -> assertThat(value(ClinicMeter.POLLS, "routeId", "one", "end", "clean"))
                .isPositive());

        camel.getRouteController().stopRoute("one");
        camel.removeRoute("one");

        assertThat(registry.getMeters())
                .isNotEmpty()
                .allSatisfy(meter -> assertThat(meter.getId().getTag("routeId")).isEqualTo("two"));
    }

    @Test
    void given_many_routes_one_after_the_other_when_each_is_removed_then_nothing_stays() throws Exception {
        bind(registry);
        camel.start();
        Set<Integer> meters = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            add("sync", uri("").replace("initialDelay=0", "initialDelay=60000"));
            camel.getRouteController().stopRoute("sync");
            camel.getRouteController().startRoute("sync");
            meters.add(registry.getMeters().size());
            camel.getRouteController().stopRoute("sync");
            camel.removeRoute("sync");
        }

        assertThat(meters).as("the number of meters in each round").hasSize(1).doesNotContain(0);
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void given_a_context_when_stopped_then_its_meters_are_gone() throws Exception {
        startPatients();
        eventually(() -> assertThat(value(ClinicMeter.POLLS)).isPositive());

        camel.stop();

        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void given_two_contexts_with_the_same_route_when_one_stops_then_the_other_is_measured_on() throws Exception {
        startPatients();
        try (DefaultCamelContext other = new DefaultCamelContext()) {
            other.getRegistry().bind("aRegistry", registry);
            add(other, "sync", uri(""));
            other.start();
            eventually(() -> assertThat(value(ClinicMeter.POLLS, "camelContext", other.getName(), "end", "clean"))
                    .isPositive());
        }

        double polls = value(ClinicMeter.POLLS);
        assertThat(value(ClinicMeter.SYNC_ACTIVE)).isOne();
        eventually(() -> assertThat(value(ClinicMeter.POLLS)).isGreaterThan(polls));
    }

    @Test
    void given_two_routes_with_one_sync_id_when_each_has_its_own_state_then_each_has_its_own_meters() throws Exception {
        bind(registry);
        add("one", uri("&syncId=same"));
        add("two", uri("&syncId=same&pagesInFlight=3"));
        camel.start();

        for (String route : new String[] {"one", "two"}) {
            eventually(() -> assertThat(value(ClinicMeter.POLLS, "routeId", route, "syncId", "same", "end", "clean"))
                    .isPositive());
        }
    }

    @Test
    void given_a_node_that_waits_for_the_lead_when_looked_at_then_it_is_shown_as_waiting(@TempDir Path folder)
            throws Exception {
        try (DefaultCamelContext leader = new DefaultCamelContext()) {
            leader.addService(election(folder, "leader"));
            leader.getRegistry().bind("aRegistry", registry);
            add(leader, "sync", "master:clinic:" + uri(""));
            leader.start();
            eventually(() -> assertThat(server.requestCount()).isPositive());
            eventually(() -> assertThat(value(ClinicMeter.SYNC_ACTIVE)).isOne());
            bind(registry);
            camel.addService(election(folder, "waiting"));
            add("sync", "master:clinic:" + uri(""));
            camel.start();
            eventually(() -> assertThat(Search.in(registry)
                            .name(ClinicMeter.SYNC_ACTIVE.meterName())
                            .tag("camelContext", camel.getName())
                            .gauges())
                    .hasSize(1));
            assertThat(value(ClinicMeter.SYNC_ACTIVE, "camelContext", camel.getName()))
                    .isZero();
            assertThat(value(ClinicMeter.SYNC_ACTIVE, "camelContext", leader.getName()))
                    .isOne();
        }

        eventually(() -> assertThat(value(ClinicMeter.SYNC_ACTIVE, "camelContext", camel.getName()))
                .isOne());
        eventually(() -> assertThat(value(ClinicMeter.POLLS, "camelContext", camel.getName(), "end", "clean"))
                .isPositive());
    }

    private static FileLockClusterService election(Path folder, String node) {
        FileLockClusterService service = new FileLockClusterService();
        service.setId(node);
        service.setRoot(folder.toString());
        service.setAcquireLockDelay(1, TimeUnit.MILLISECONDS);
        service.setAcquireLockInterval(50, TimeUnit.MILLISECONDS);
        return service;
    }

    // ---- registries

    @Test
    void given_a_composite_and_its_parts_when_polled_then_nothing_counts_twice() throws Exception {
        CompositeMeterRegistry composite = new CompositeMeterRegistry();
        composite.add(registry);
        bind(composite);
        bind(registry);
        // A stop would cut off a request that the server has counted.
        add("sync", uri("&repeatCount=4"));

        camel.start();

        eventually(() -> assertThat(value(ClinicMeter.POLLS, "end", "clean")).isEqualTo(4));
        assertThat(value(ClinicMeter.REQUESTS, "outcome", "2xx")).isEqualTo(server.requestCount());
    }

    @Test
    void given_two_registries_when_polled_then_both_have_the_meters_until_the_end() throws Exception {
        MeterRegistry other = new SimpleMeterRegistry();
        bind(other);

        startPatients();

        for (MeterRegistry each : Set.of(registry, other)) {
            eventually(() ->
                    assertThat(value(each, ClinicMeter.POLLS, "end", "clean")).isPositive());
        }
        camel.stop();
        assertThat(other.getMeters()).isEmpty();
    }

    @Test
    void given_a_filter_that_denies_everything_when_polled_then_there_are_polls_and_no_meters() throws Exception {
        registry.config().meterFilter(MeterFilter.deny());

        startPatients();

        eventually(() -> assertThat(server.requestCount()).isGreaterThan(3));
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void given_a_filter_that_renames_when_the_route_is_removed_then_the_meters_are_gone_all_the_same()
            throws Exception {
        registry.config().commonTags("node", "a").meterFilter(new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                return id.withName("mapped." + id.getName());
            }
        });
        startPatients();
        eventually(() -> assertThat(names()).contains("mapped.clinicea.polls"));

        camel.stop();

        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void given_a_registry_that_throws_when_polled_then_the_polls_go_on() throws Exception {
        registry.config().onMeterAdded(meter -> {
            throw new IllegalStateException("the registry is broken");
        });
        server.add(ListedRow.patients(0, 3, ListedRow.LONG_AGO));

        startPatients();

        eventually(() -> assertThat(server.requestCount()).isGreaterThan(5));
        assertThat(camel.getRouteController().getRouteStatus("sync").isStarted())
                .isTrue();
    }

    // ---- producers

    @Test
    void given_operations_when_each_ends_in_its_way_then_they_are_measured_by_outcome() throws Exception {
        bind(registry);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:create").routeId("leads").to(producer("appointments", "&operation=create"));
            }
        });
        camel.start();

        send("direct:create", 200, "{\"ID\":\"a1\"}");
        send("direct:create", 400, "");
        send("direct:create", 503, "");
        send("direct:create", 500, "");

        for (String outcome : new String[] {"done", "refused", "failed", "outcome_unknown"}) {
            assertThat(value(
                            ClinicMeter.OPERATIONS,
                            "routeId",
                            "leads",
                            "resource",
                            "appointments",
                            "operation",
                            "createAppointment",
                            "outcome",
                            outcome))
                    .as(outcome)
                    .isOne();
        }
        assertThat(value(ClinicMeter.REQUESTS, "routeId", "leads", "outcome", "5xx"))
                .isEqualTo(2);
    }

    @Test
    void given_a_template_outside_of_routes_when_it_reads_then_its_route_is_none() throws Exception {
        bind(registry);
        camel.start();

        send(producer("patients", "&operation=get"), 200, "{\"PatientID\":\"p1\"}");
        send(producer("patients", "&operation=list"), 204, "");

        assertThat(value(ClinicMeter.OPERATIONS, "routeId", "none", "operation", "list", "outcome", "done"))
                .isOne();
        assertThat(value(ClinicMeter.REQUESTS, "routeId", "none", "resource", "patients"))
                .as("of the list also page 1, since page 0 is empty")
                .isEqualTo(3);
    }

    private String producer(String resource, String options) {
        return "clinicea:" + resource + "?maxRetries=0&apiKey=" + StubClinicea.API_KEY + "&baseUrl=" + stub.baseUrl()
                + options;
    }

    private void send(String uri, int status, String body) {
        stub.server()
                .stubFor(com.github.tomakehurst.wiremock.client.WireMock.any(
                                com.github.tomakehurst.wiremock.client.WireMock.anyUrl())
                        .willReturn(StubClinicea.answer(status, Instant.now())
                                .withHeader("Content-Type", "application/json")
                                .withBody(body)));
        camel.createFluentProducerTemplate()
                .to(uri)
                .withHeader(CliniceaConstants.RECORD_ID, "p1")
                .withBody(Map.of("patientID", "p1", "appointmentDateTime", "2027-03-01T09:30:00"))
                .send();
    }
}
