/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import java.util.List;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.support.RoutePolicySupport;

/**
 * Starts a consumer again when its route is resumed. If a route does not finish its exchanges within the shutdown
 * timeout, Camel stops its consumer instead of suspending it. A resume starts suspended consumers only, so that a
 * stopped one would never poll again.
 *
 * <p>Specified by {@code ForcedSuspendTest}.
 */
final class ResumeAfterForcedStop extends RoutePolicySupport {
    private final Runnable startAgain;

    private ResumeAfterForcedStop(Runnable startAgain) {
        this.startAgain = startAgain;
    }

    /**
     * Adds this policy to a route.
     *
     * @param route the route of the consumer
     * @param startAgain starts the consumer unless it is running
     */
    static void addTo(Route route, Runnable startAgain) {
        List<RoutePolicy> policies = route.getRoutePolicyList();
        if (policies != null) {
            policies.removeIf(ResumeAfterForcedStop.class::isInstance);
            policies.add(new ResumeAfterForcedStop(startAgain));
        }
    }

    @Override
    public void onResume(Route route) {
        startAgain.run();
    }
}
