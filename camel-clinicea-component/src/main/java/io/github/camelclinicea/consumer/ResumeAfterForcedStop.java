/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import java.util.List;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.support.RoutePolicySupport;

/**
 * Starts the consumer of a route that is resumed, where the suspend had stopped it. Camel does so with a route that is not
 * done with its exchanges within the shutdown timeout. When it resumes the route, it resumes suspended consumers only, so
 * that a stopped one would never poll again.
 */
final class ResumeAfterForcedStop extends RoutePolicySupport {
    private final Runnable startAgain;

    private ResumeAfterForcedStop(Runnable startAgain) {
        this.startAgain = startAgain;
    }

    /**
     * Has a route start its consumer again when it is resumed.
     *
     * @param startAgain starts the consumer unless it is started
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
