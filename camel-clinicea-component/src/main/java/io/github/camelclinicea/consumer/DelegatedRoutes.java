/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import io.github.camelclinicea.CliniceaEndpoint;
import java.util.Collection;
import java.util.Optional;
import org.apache.camel.Component;
import org.apache.camel.DelegateEndpoint;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.health.HealthCheckAware;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Prepares the routes in which another endpoint creates the consumer, as {@code master:} does. That consumer is created
 * after the route has started, and on one node only.
 *
 * <ul>
 *   <li>Makes the transactions of such a route. When its consumer is created, Camel has forgotten the definition of the
 *       route, which a {@code TransactedPolicy} needs.
 *   <li>Sets its health check, since Camel asks the consumer of the other endpoint, which has none.
 * </ul>
 *
 * <p>Specified by {@code MasterTest}.
 */
public final class DelegatedRoutes extends LifecycleStrategySupport {
    private final Component component;
    private final ConsumerRegistry registry;

    /**
     * @param component the component to whose endpoints the others delegate
     * @param registry the consumers of that component
     */
    public DelegatedRoutes(Component component, ConsumerRegistry registry) {
        this.component = component;
        this.registry = registry;
    }

    /** Returns the endpoint whose consumer another endpoint creates for the route; nothing if the route has none. */
    public static Optional<CliniceaEndpoint> endpointOf(Route route) {
        return firstEndpointOf(route).filter(endpoint -> endpoint != route.getEndpoint());
    }

    /** Returns the endpoint that a route begins with, by itself or through another one. */
    private static Optional<CliniceaEndpoint> firstEndpointOf(Route route) {
        Endpoint endpoint = route.getEndpoint();
        while (endpoint instanceof DelegateEndpoint delegate) {
            endpoint = delegate.getEndpoint();
        }
        return endpoint instanceof CliniceaEndpoint clinicea ? Optional.of(clinicea) : Optional.empty();
    }

    @Override
    public void onRoutesAdd(Collection<Route> routes) {
        for (Route route : routes) {
            endpointOf(route).filter(this::isOwn).ifPresent(endpoint -> prepare(route, endpoint));
        }
    }

    private void prepare(Route route, CliniceaEndpoint endpoint) {
        if (route.getConsumer() instanceof HealthCheckAware consumer && consumer.getHealthCheck() == null) {
            consumer.setHealthCheck(new DelegatedHealthCheck(route, registry));
        }
        if (endpoint.getConfiguration().isTransacted()) {
            endpoint.transactionOf(route);
        }
    }

    @Override
    public void onRoutesRemove(Collection<Route> routes) {
        for (Route route : routes) {
            firstEndpointOf(route).filter(this::isOwn).ifPresent(endpoint -> endpoint.forgetTransactionOf(route));
        }
    }

    private boolean isOwn(CliniceaEndpoint endpoint) {
        return endpoint.getComponent() == component;
    }
}
