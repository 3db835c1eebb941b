/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import java.util.Map;
import java.util.Optional;
import org.apache.camel.Route;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;

/**
 * Is the health check of a route in which another endpoint creates the consumer. Reports what the consumer's own check
 * reports if this node leads. On a node that waits for the lead, it is UP.
 *
 * <p>Specified by {@code MasterTest}.
 */
final class DelegatedHealthCheck implements HealthCheck {
    private final Route route;
    private final ConsumerRegistry registry;
    private volatile boolean enabled = true;

    /**
     * @param route the route
     * @param registry has the route's consumer if this node leads
     */
    DelegatedHealthCheck(Route route, ConsumerRegistry registry) {
        this.route = route;
        this.registry = registry;
    }

    @Override
    public Result call(Map<String, Object> options) {
        Optional<HealthCheck> check = registry.consumerOf(route).map(CliniceaConsumer::getHealthCheck);
        HealthCheckResultBuilder builder =
                HealthCheckResultBuilder.on(this).detail("clinicea.leader", check.isPresent());
        if (check.isEmpty()) {
            return builder.up().build();
        }
        Result result = check.get().call(options);
        return builder.state(result.getState())
                .message(result.getMessage().orElse(null))
                .error(result.getError().orElse(null))
                .details(result.getDetails())
                .build();
    }

    @Override
    public boolean isEnabled() {
        return enabled;
    }

    @Override
    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    @Override
    public String getGroup() {
        return "camel";
    }

    @Override
    public String getId() {
        return "consumer:" + route.getRouteId();
    }
}
