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

/**
 * Knows the consumers of one component, from their initialization until they are shut down. Camel knows a consumer only
 * if its endpoint is that of the route. This class makes the consumers that {@code master:} creates known: to their
 * route, to Camel's management, and to the meters. Thread-safe.
 *
 * <p>Specified by {@code MasterTest}.
 */
public final class ConsumerRegistry {
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
        tell(consumer, (strategy, route) -> strategy.onServiceAdd(context(consumer), consumer, route));
    }

    /** Removes a consumer that is shut down. */
    void remove(SyncGauges consumer) {
        consumers.remove(consumer);
        tell(consumer, (strategy, route) -> strategy.onServiceRemove(context(consumer), consumer, route));
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
