/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.crm;

import java.util.concurrent.Semaphore;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;

/** Lets only one exchange at a time into all routes that share this policy. */
final class OneAtATime extends RoutePolicySupport {
    // Not a lock: an exchange may end on another thread than the one it began on.
    private final Semaphore turn = new Semaphore(1, true);

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        turn.acquireUninterruptibly();
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
        turn.release();
    }
}
