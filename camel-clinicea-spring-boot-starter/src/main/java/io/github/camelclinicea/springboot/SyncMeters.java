/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.springboot;

import io.github.camelclinicea.CliniceaEndpoint;
import io.github.camelclinicea.consumer.CliniceaConsumer;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.Service;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Registers the meters of each route's sync. Routes and registries may be added in any order, so both are kept. A
 * route's meters end with the route. Otherwise a later route of the same name would show the values of its predecessor.
 */
final class SyncMeters extends LifecycleStrategySupport implements MeterBinder {
    static final String ROWS_DELIVERED = "clinicea.rows.delivered";
    static final String ROWS_IN_FLIGHT = "clinicea.rows.in.flight";
    static final String ROWS_FAILED = "clinicea.rows.failed";
    static final String TIMESTAMP_AGE = "clinicea.sync.timestamp.age";

    static final String CLEAN_POLLS = "clinicea.polls.clean";

    private static final List<String> ALL =
            List.of(ROWS_DELIVERED, ROWS_IN_FLIGHT, ROWS_FAILED, TIMESTAMP_AGE, CLEAN_POLLS);

    private final List<MeterRegistry> registries = new ArrayList<>();
    private final Map<CliniceaConsumer, Tags> syncs = new LinkedHashMap<>();

    @Override
    public synchronized void bindTo(MeterRegistry registry) {
        registries.add(registry);
        syncs.forEach((consumer, tags) -> measure(registry, consumer, tags));
    }

    @Override
    public synchronized void onServiceAdd(CamelContext context, Service service, Route route) {
        if (service instanceof CliniceaConsumer consumer && !syncs.containsKey(consumer)) {
            CliniceaEndpoint endpoint = (CliniceaEndpoint) consumer.getEndpoint();
            Tags tags = Tags.of(
                    "routeId",
                    route.getRouteId(),
                    "resource",
                    endpoint.resource().name());
            syncs.put(consumer, tags);
            registries.forEach(registry -> measure(registry, consumer, tags));
        }
    }

    @Override
    public synchronized void onServiceRemove(CamelContext context, Service service, Route route) {
        if (service instanceof CliniceaConsumer consumer && syncs.containsKey(consumer)) {
            Tags tags = syncs.remove(consumer);
            for (MeterRegistry registry : registries) {
                ALL.forEach(name -> registry.find(name).tags(tags).meters().forEach(registry::remove));
            }
        }
    }

    private static void measure(MeterRegistry registry, CliniceaConsumer consumer, Tags tags) {
        FunctionCounter.builder(ROWS_DELIVERED, consumer, CliniceaConsumer::getDeliveredRows)
                .description("Rows that the route has finished without failure")
                .tags(tags)
                .register(registry);
        Gauge.builder(ROWS_IN_FLIGHT, consumer, CliniceaConsumer::getRowsInFlight)
                .description("Rows that the route has received and not finished")
                .tags(tags)
                .register(registry);
        Gauge.builder(ROWS_FAILED, consumer, CliniceaConsumer::getFailedRows)
                .description("Failed rows that hold the checkpoint back")
                .tags(tags)
                .register(registry);
        TimeGauge.builder(TIMESTAMP_AGE, consumer, TimeUnit.SECONDS, SyncMeters::timestampAge)
                .description("Time from the checkpoint to the clock of this machine")
                .tags(tags)
                .register(registry);
        FunctionCounter.builder(CLEAN_POLLS, consumer, CliniceaConsumer::getCleanPolls)
                .description("Polls in which everything was read and delivered")
                .tags(tags)
                .register(registry);
    }

    private static double timestampAge(CliniceaConsumer consumer) {
        String timestamp = consumer.getSyncTimestamp();
        return timestamp == null
                ? Double.NaN
                : Duration.between(Instant.parse(timestamp), Instant.now()).toSeconds();
    }
}
