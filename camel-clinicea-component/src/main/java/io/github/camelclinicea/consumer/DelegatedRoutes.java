/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import io.github.camelclinicea.CliniceaEndpoint;
import java.util.Collection;
import java.util.Optional;
import org.apache.camel.DelegateEndpoint;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Makes the transactions of routes in which another endpoint creates the consumer, as {@code master:} does. That
 * consumer is created after the route has started. By then, Camel has forgotten the definition of the route, which a
 * {@code TransactedPolicy} needs.
 *
 * <p>Specified by {@code MasterTest}.
 */
public final class DelegatedRoutes extends LifecycleStrategySupport {
    @Override
    public void onRoutesAdd(Collection<Route> routes) {
        for (Route route : routes) {
            endpointOf(route)
                    .filter(endpoint -> endpoint.getConfiguration().isTransacted())
                    .ifPresent(endpoint -> endpoint.transactionOf(route));
        }
    }

    /** Returns the endpoint whose consumer another endpoint creates for the route; nothing if the route has none. */
    public static Optional<CliniceaEndpoint> endpointOf(Route route) {
        Endpoint endpoint = route.getEndpoint();
        while (endpoint instanceof DelegateEndpoint delegate) {
            endpoint = delegate.getEndpoint();
        }
        return endpoint != route.getEndpoint() && endpoint instanceof CliniceaEndpoint clinicea
                ? Optional.of(clinicea)
                : Optional.empty();
    }
}
