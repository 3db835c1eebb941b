/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;

/** Reads the health of consumers in Camel's registry, as a platform does. */
public final class ConsumerHealth {
    private ConsumerHealth() {}

    /** Has the health checks of consumers registered, as a platform does when it is configured so. */
    public static void enable(CamelContext camel) {
        HealthCheckRegistry registry = HealthCheckRegistry.get(camel);
        registry.register(registry.resolveById("consumers"));
    }

    /** Returns the result of the one check that the consumer of a route has. */
    public static HealthCheck.Result of(CamelContext camel, String routeId) {
        List<HealthCheck.Result> results = HealthCheckHelper.invokeReadiness(camel).stream()
                .filter(result -> result.getCheck().getId().equals("consumer:" + routeId))
                .toList();
        assertThat(results).hasSize(1);
        return results.get(0);
    }
}
