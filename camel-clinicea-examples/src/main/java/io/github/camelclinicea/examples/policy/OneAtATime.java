/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.policy;

import java.util.concurrent.Semaphore;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Lets only one exchange at a time into all routes that share this policy.
 *
 * <p>Specified by {@code OneAtATimeTest}.
 */
public final class OneAtATime extends RoutePolicySupport {
    // Not a lock: an exchange may end on another thread than the one it began on.
    private final Semaphore turn = new Semaphore(1, true);

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        turn.acquireUninterruptibly();
        // Not in onExchangeDone, which Camel does not call while it stops: the next exchange would wait for ever.
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                turn.release();
            }
        });
    }
}
