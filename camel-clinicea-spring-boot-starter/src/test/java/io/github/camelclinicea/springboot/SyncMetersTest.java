/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import io.micrometer.core.instrument.search.RequiredSearch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks the meters while routes and registries are added and removed. */
class SyncMetersTest {
    @RegisterExtension
    final CliniceaSandboxExtension clinicea =
            CliniceaSandboxExtension.with(CliniceaSandbox.builder().patients(3));

    private final SyncMeters meters = new SyncMeters();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final AtomicBoolean failing = new AtomicBoolean();
    private final CountDownLatch held = new CountDownLatch(1);

    @BeforeEach
    void start() {
        context.addLifecycleStrategy(meters);
        context.start();
    }

    @AfterEach
    void stop() {
        held.countDown();
        context.stop();
    }

    private void addPatients(String syncFrom) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("clinicea:patients?apiKey=" + clinicea.apiKey() + "&baseUrl=" + clinicea.baseUrl() + "&syncFrom="
                                + syncFrom + "&initialDelay=0&delay=50")
                        .routeId("patients")
                        .process(exchange -> {
                            if (failing.get()) {
                                throw new IllegalStateException("invented");
                            }
                        });
            }
        });
    }

    private double gauge(String name) {
        return ofPatients(name).gauge().value();
    }

    private double counter(String name) {
        return ofPatients(name).functionCounter().count();
    }

    private RequiredSearch ofPatients(String name) {
        return registry.get(name).tag("routeId", "patients").tag("resource", "patients");
    }

    @Test
    void given_rows_that_fail_when_polled_then_their_number_is_shown_until_they_succeed() throws Exception {
        failing.set(true);
        meters.bindTo(registry);
        addPatients("2000-01-01T00:00:00Z");

        await().atMost(Duration.ofSeconds(30)).until(() -> gauge(SyncMeters.ROWS_FAILED) == 3);
        assertThat(counter(SyncMeters.ROWS_DELIVERED)).isZero();
        failing.set(false);

        await().atMost(Duration.ofSeconds(30)).until(() -> gauge(SyncMeters.ROWS_FAILED) == 0);
        assertThat(counter(SyncMeters.ROWS_DELIVERED)).isEqualTo(3);
    }

    @Test
    void given_polls_without_failure_when_counted_then_they_go_on_growing() throws Exception {
        meters.bindTo(registry);
        addPatients("2000-01-01T00:00:00Z");

        await().atMost(Duration.ofSeconds(30)).until(() -> counter(SyncMeters.CLEAN_POLLS) > 2);
    }

    @Test
    void given_a_row_that_the_route_holds_when_polled_then_it_is_in_flight() throws Exception {
        meters.bindTo(registry);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("clinicea:patients?apiKey=" + clinicea.apiKey() + "&baseUrl=" + clinicea.baseUrl()
                                + "&initialDelay=0&delay=50")
                        .routeId("patients")
                        .process(exchange -> held.await());
            }
        });

        await().atMost(Duration.ofSeconds(30)).until(() -> gauge(SyncMeters.ROWS_IN_FLIGHT) == 1);
        held.countDown();

        await().atMost(Duration.ofSeconds(30)).until(() -> gauge(SyncMeters.ROWS_IN_FLIGHT) == 0);
    }

    @Test
    void given_a_route_that_was_there_before_the_registry_when_bound_then_it_is_measured() throws Exception {
        addPatients("2000-01-01T00:00:00Z");

        meters.bindTo(registry);

        // A little more than the overlap of five minutes, after the first poll has moved the checkpoint.
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(gauge(SyncMeters.TIMESTAMP_AGE)).isBetween(300.0, 3_000.0));
    }

    @Test
    void given_a_route_when_removed_and_added_again_then_the_gauges_are_the_new_ones() throws Exception {
        meters.bindTo(registry);
        failing.set(true);
        addPatients("2000-01-01T00:00:00Z");
        await().atMost(Duration.ofSeconds(30)).until(() -> gauge(SyncMeters.ROWS_FAILED) == 3);

        context.getRouteController().stopRoute("patients");
        context.removeRoute("patients");

        assertThat(registry.getMeters()).isEmpty();

        failing.set(false);
        addPatients("2000-01-01T00:00:00Z");

        assertThat(registry.getMeters()).hasSize(5);
        await().atMost(Duration.ofSeconds(30)).until(() -> gauge(SyncMeters.TIMESTAMP_AGE) < 3_000);
        assertThat(gauge(SyncMeters.ROWS_FAILED)).isZero();
    }

    @Test
    void given_a_route_when_stopped_and_started_again_then_it_is_measured_on() throws Exception {
        meters.bindTo(registry);
        addPatients("2000-01-01T00:00:00Z");
        await().atMost(Duration.ofSeconds(30)).until(() -> counter(SyncMeters.ROWS_DELIVERED) == 3);
        context.getRouteController().stopRoute("patients");
        failing.set(true);
        context.getRouteController().startRoute("patients");

        // All three again, because state in memory ends with the stop.
        await().atMost(Duration.ofSeconds(30)).until(() -> gauge(SyncMeters.ROWS_FAILED) == 3);
    }
}
