/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.observe;

import io.github.camelclinicea.producer.OperationStatistics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.WritableHealthCheckRepository;

/**
 * Holds the statistics of the producers of one component. Producers of the same resource with the same credential share
 * them, so a route that creates a producer for each message adds nothing. While they have a producer, Camel's registry
 * has a health check for them. Of those without a producer, the ones used last are kept, so that a restart of a route
 * does not reset its counters. Thread-safe.
 *
 * <p>Specified by {@code CliniceaProducerHealthCheckTest}.
 */
public final class ProducerHealth {
    /** The most statistics without a producer that are kept. */
    private static final int MAX_UNUSED = 100;

    private record Key(String credential, String resource) {}

    private static final class Shared {
        private final OperationStatistics statistics;
        private final CliniceaProducerHealthCheck check;
        private int producers;

        Shared(OperationStatistics statistics) {
            this.statistics = statistics;
            this.check = new CliniceaProducerHealthCheck(statistics);
        }
    }

    private final CamelContext context;
    private final BooleanSupplier healthCheckEnabled;
    private final Map<Key, Shared> all = new LinkedHashMap<>();

    /**
     * Creates an object without a producer.
     *
     * @param context the context whose registry gets the health checks
     * @param healthCheckEnabled whether the health checks report a state
     */
    public ProducerHealth(CamelContext context, BooleanSupplier healthCheckEnabled) {
        this.context = context;
        this.healthCheckEnabled = healthCheckEnabled;
    }

    /**
     * Returns the statistics for one more producer, which leaves them when it stops.
     *
     * @param credential the name of its credential
     * @param resource its resource
     */
    public synchronized OperationStatistics join(String credential, String resource) {
        Key key = new Key(credential, resource);
        Shared shared = all.remove(key);
        if (shared == null) {
            shared = new Shared(new OperationStatistics(credential, resource, Clock.systemUTC()));
        }
        all.put(key, shared);
        if (shared.producers++ == 0) {
            shared.check.setEnabled(healthCheckEnabled.getAsBoolean());
            WritableHealthCheckRepository repository = repository();
            if (repository != null) {
                repository.addHealthCheck(shared.check);
            }
        }
        return shared.statistics;
    }

    /** Takes a producer off the statistics that {@link #join} returned. */
    public synchronized void leave(OperationStatistics statistics) {
        Shared shared = all.get(new Key(statistics.credential(), statistics.resource()));
        if (shared == null || --shared.producers > 0) {
            return;
        }
        WritableHealthCheckRepository repository = repository();
        if (repository != null) {
            repository.removeHealthCheck(shared.check);
        }
        statistics.forgetOutage();
        dropEldestUnused();
    }

    private void dropEldestUnused() {
        long unused =
                all.values().stream().filter(shared -> shared.producers == 0).count();
        Iterator<Shared> eldestFirst = all.values().iterator();
        while (unused > MAX_UNUSED) {
            if (eldestFirst.next().producers == 0) {
                eldestFirst.remove();
                unused--;
            }
        }
    }

    private WritableHealthCheckRepository repository() {
        return HealthCheckHelper.getHealthCheckRepository(context, "producers", WritableHealthCheckRepository.class);
    }

    /** Returns the statistics of all producers, and of those stopped last. */
    public synchronized List<OperationStatistics> statistics() {
        List<OperationStatistics> statistics = new ArrayList<>();
        all.values().forEach(shared -> statistics.add(shared.statistics));
        return statistics;
    }
}
