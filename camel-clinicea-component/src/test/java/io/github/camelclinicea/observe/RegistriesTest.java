/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests which registries are taken, and when. */
class RegistriesTest {
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private long now = Long.MAX_VALUE - 5;
    private final Registries registries = new Registries(camel, () -> now);

    @AfterEach
    void close() throws Exception {
        camel.close();
    }

    @Test
    void given_a_registry_that_is_added_late_when_looked_again_then_it_gets_the_meters_that_last() {
        RouteMeters meters = new RouteMeters(registries, Tags.of("routeId", "sync"));
        registries.look();
        meters.registerTimer(ClinicMeter.POLLS, Tags.of("end", "clean"));
        camel.getRegistry().bind("late", registry);
        meters.count(ClinicMeter.RETRIES, Tags.empty());
        assertThat(registry.getMeters()).isEmpty();
        now += Duration.ofSeconds(10).toNanos();

        meters.count(ClinicMeter.RETRIES, Tags.empty());

        assertThat(registry.getMeters().stream().map(Meter::getId).map(Meter.Id::getName))
                .containsExactlyInAnyOrder("clinicea.polls", "clinicea.requests.retries");
        assertThat(registry.get("clinicea.requests.retries").counter().count()).isOne();
    }

    @Test
    void given_a_registry_under_the_name_that_camel_uses_when_looked_then_it_is_the_only_one() {
        camel.getRegistry().bind("another", new SimpleMeterRegistry());
        camel.getRegistry().bind("metricsRegistry", registry);

        registries.look();

        assertThat(registries.known()).containsExactly(registry);
    }

    @Test
    void given_a_composite_in_a_composite_when_looked_then_only_the_outer_one_is_taken() {
        CompositeMeterRegistry inner = new CompositeMeterRegistry();
        inner.add(registry);
        CompositeMeterRegistry outer = new CompositeMeterRegistry();
        outer.add(inner);
        camel.getRegistry().bind("part", registry);
        camel.getRegistry().bind("inner", inner);
        camel.getRegistry().bind("outer", outer);

        registries.look();

        assertThat(registries.known()).containsExactly(outer);
    }

    @Test
    void given_meters_that_were_removed_when_something_happens_then_none_is_made_again() {
        camel.getRegistry().bind("one", registry);
        RouteMeters meters = new RouteMeters(registries, Tags.of("routeId", "sync"));
        meters.count(ClinicMeter.RETRIES, Tags.empty());
        assertThat(registry.getMeters()).hasSize(1);

        meters.close();
        meters.count(ClinicMeter.RETRIES, Tags.empty());

        assertThat(registry.getMeters()).isEmpty();
    }
}
