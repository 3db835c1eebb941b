/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.spi.LifecycleStrategy;

/**
 * Knows the consumers of one component, from their initialization until they are shut down. Camel knows only those of which
 * the endpoint is the route's own. Those that {@code master:} creates are made known here: to their route, to Camel's
 * management, and to the meters. Thread-safe.
 *
 * <p>Specified by {@code MasterTest}.
 */
public final class ConsumerRegistry {
    private final Set<CliniceaConsumer> consumers = ConcurrentHashMap.newKeySet();

    /** Sets the route of a consumer if Camel has not, and the consumer has one. */
    static void setRouteOf(CliniceaConsumer consumer) {
        if (consumer.getRoute() == null) {
            context(consumer).getRoutes().stream()
                    .filter(route -> route.getProcessor() == consumer.getProcessor())
                    .findFirst()
                    .ifPresent(route -> {
                        consumer.setRoute(route);
                        consumer.setRouteId(route.getRouteId());
                    });
        }
    }

    /** Adds a consumer that is initialized, and makes it known to Camel's management, unless Camel does so itself. */
    void add(CliniceaConsumer consumer) {
        consumers.add(consumer);
        tell(consumer, (strategy, route) -> strategy.onServiceAdd(context(consumer), consumer, route));
    }

    /** Removes a consumer that is shut down. */
    void remove(CliniceaConsumer consumer) {
        consumers.remove(consumer);
        tell(consumer, (strategy, route) -> strategy.onServiceRemove(context(consumer), consumer, route));
    }

    private static void tell(CliniceaConsumer consumer, BiConsumer<LifecycleStrategy, Route> event) {
        Route route = consumer.getRoute();
        boolean isDelegated = route != null && route.getEndpoint() != consumer.getEndpoint();
        if (isDelegated) {
            context(consumer).getLifecycleStrategies().forEach(strategy -> event.accept(strategy, route));
        }
    }

    private static CamelContext context(CliniceaConsumer consumer) {
        return consumer.getEndpoint().getCamelContext();
    }

    /** Returns the consumers, in no certain order. */
    public Collection<CliniceaConsumer> consumers() {
        return Set.copyOf(consumers);
    }

    /** Returns the consumer of a route; empty if another endpoint creates it and has not done so. */
    public Optional<CliniceaConsumer> consumerOf(Route route) {
        return consumers.stream()
                .filter(consumer -> consumer.getRoute() == route)
                .findFirst();
    }
}
