/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.observe;

import io.github.camelclinicea.CliniceaEndpoint;
import io.github.camelclinicea.consumer.CliniceaConsumer;
import io.github.camelclinicea.consumer.ConsumerObserver;
import io.github.camelclinicea.consumer.DelegatedRoutes;
import io.github.camelclinicea.producer.ProducerObserver;
import io.micrometer.core.instrument.Tags;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Route;

/**
 * Registers the meters of each route, and removes them when the route is removed. Otherwise a later route of the same
 * name would show the values of its predecessor.
 *
 * <p>Specified by {@code MetersTest}.
 */
final class MicrometerObserver extends ComponentObserver {
    /** The value of the tag for producers outside of routes. */
    private static final String NO_ROUTE = "none";

    /** What is measured of one route. */
    private static final class Measured {
        final RouteMeters meters;
        final Map<String, OperationMeters> operations = new HashMap<>();
        SyncMeters sync;

        Measured(RouteMeters meters) {
            this.meters = meters;
        }
    }

    private final Component component;
    private final CamelContext context;
    private final Registries registries;
    private final Map<String, Measured> routes = new HashMap<>();

    MicrometerObserver(Component component) {
        this.component = component;
        this.context = component.getCamelContext();
        this.registries = new Registries(context, System::nanoTime);
    }

    @Override
    public ConsumerObserver consumer(CliniceaConsumer consumer) {
        registries.look();
        return consumer.getRouteId() == null ? ConsumerObserver.NONE : measure(consumer);
    }

    private synchronized SyncMeters measure(CliniceaConsumer consumer) {
        SyncMeters sync = sync(consumer.getRouteId(), (CliniceaEndpoint) consumer.getEndpoint());
        sync.consumer(consumer);
        return sync;
    }

    private synchronized SyncMeters sync(String routeId, CliniceaEndpoint endpoint) {
        Measured route = route(routeId);
        if (route.sync == null) {
            route.sync = new SyncMeters(route.meters, endpoint.resource().name(), endpoint.syncId());
        }
        return route.sync;
    }

    @Override
    public ProducerObserver producer(String routeId, String resource) {
        registries.look();
        return measure(routeId, resource);
    }

    private synchronized ProducerObserver measure(String routeId, String resource) {
        if (routeId != null && !routes.containsKey(routeId) && context.getRoute(routeId) == null) {
            // An operation that ends after its route was removed.
            return ProducerObserver.NONE;
        }
        Measured route = route(routeId == null ? NO_ROUTE : routeId);
        return route.operations.computeIfAbsent(resource, same -> new OperationMeters(route.meters, resource));
    }

    private Measured route(String routeId) {
        return routes.computeIfAbsent(
                routeId,
                same -> new Measured(
                        new RouteMeters(registries, Tags.of("camelContext", context.getName(), "routeId", routeId))));
    }

    /** Measures routes in which another endpoint creates the consumer, as {@code master:} does once it has the lead. */
    @Override
    public void onRoutesAdd(Collection<Route> added) {
        registries.look();
        for (Route route : added) {
            DelegatedRoutes.endpointOf(route)
                    .filter(endpoint -> endpoint.getComponent() == component)
                    .ifPresent(endpoint -> sync(route.getRouteId(), endpoint));
        }
    }

    @Override
    public synchronized void onRoutesRemove(Collection<Route> removed) {
        for (Route route : removed) {
            Measured measured = routes.remove(route.getRouteId());
            if (measured != null) {
                measured.meters.close();
            }
        }
    }

    @Override
    public synchronized void close() {
        routes.values().forEach(measured -> measured.meters.close());
        routes.clear();
    }
}
