/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import io.github.camelclinicea.CliniceaEndpoint;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.spi.LifecycleStrategy;
import org.apache.camel.spi.ManagementObjectStrategy;
import org.apache.camel.spi.ManagementStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows the consumers of one component, from their initialization until they are shut down. Camel knows a consumer only
 * if its endpoint is that of the route. This class makes the consumers that {@code master:} creates known: to their
 * route, to Camel's management, and to the meters. It makes those whose callers poll by themselves known to Camel's
 * management. Thread-safe.
 *
 * <p>Specified by {@code MasterTest}.
 */
public final class ConsumerRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerRegistry.class);

    private final Set<SyncGauges> consumers = ConcurrentHashMap.newKeySet();

    /** Sets the route of a consumer if Camel has not, and the consumer has one. */
    static void setRouteOf(SyncGauges consumer) {
        if (consumer.getRoute() == null) {
            context(consumer).getRoutes().stream()
                    .filter(route -> route.getProcessor() == consumer.getProcessor())
                    .findFirst()
                    .ifPresent(consumer::setRoute);
        }
    }

    /** Adds a consumer that is initialized, and makes it known to Camel's management, unless Camel does so itself. */
    void add(SyncGauges consumer) {
        consumers.add(consumer);
        manage(consumer, ManagementStrategy::manageObject);
        tell(consumer, (strategy, route) -> strategy.onServiceAdd(context(consumer), consumer, route));
    }

    /** Removes a consumer that is shut down. */
    void remove(SyncGauges consumer) {
        consumers.remove(consumer);
        manage(consumer, ManagementStrategy::unmanageObject);
        tell(consumer, (strategy, route) -> strategy.onServiceRemove(context(consumer), consumer, route));
    }

    /** Adds a consumer without a route to JMX, or removes it. Camel's strategy leaves it out once the context runs. */
    private static void manage(SyncGauges consumer, ManagementChange change) {
        ManagementStrategy management = context(consumer).getManagementStrategy();
        ManagementObjectStrategy objects = management.getManagementObjectStrategy();
        if (!consumer.requests().serveCallers() || objects == null) {
            return;
        }
        try {
            Object managed = objects.getManagedObjectForConsumer(context(consumer), consumer);
            if (managed != null) {
                change.apply(management, managed);
            }
        } catch (Exception e) {
            LOG.warn("The consumer {} could not be shown in JMX, or removed from it", consumer.getRouteId(), e);
        }
    }

    @FunctionalInterface
    private interface ManagementChange {
        void apply(ManagementStrategy management, Object managed) throws Exception;
    }

    private static void tell(SyncGauges consumer, BiConsumer<LifecycleStrategy, Route> event) {
        Route route = consumer.getRoute();
        boolean isDelegated = route != null && route.getEndpoint() != consumer.getEndpoint();
        if (isDelegated) {
            context(consumer).getLifecycleStrategies().forEach(strategy -> event.accept(strategy, route));
        }
    }

    private static CamelContext context(SyncGauges consumer) {
        return consumer.getEndpoint().getCamelContext();
    }

    /** Returns the consumers, in no certain order. */
    public Collection<SyncGauges> consumers() {
        return Set.copyOf(consumers);
    }

    /**
     * Passes a hint that something changed to the started consumers of a sync.
     *
     * @return whether there is one
     */
    public boolean hint(String syncId) {
        List<SyncGauges> started = consumers.stream()
                .filter(consumer -> syncId.equals(((CliniceaEndpoint) consumer.getEndpoint()).syncId())
                        && consumer.requests().mayPoll())
                .toList();
        started.forEach(consumer -> consumer.hints().hint());
        return !started.isEmpty();
    }

    /** Returns the consumer of a route; empty if another endpoint creates it and has not done so. */
    public Optional<SyncGauges> consumerOf(Route route) {
        return consumers.stream()
                .filter(consumer -> consumer.getRoute() == route)
                .findFirst();
    }
}
