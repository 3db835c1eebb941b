/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.spi.InflightRepository;
import org.apache.camel.spi.ReactiveExecutor;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.support.UnitOfWorkHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends an exchange where Camel does not, since an {@code Error} was thrown out of its route, past all of Camel's handlers.
 * Otherwise Camel would go on with it in the middle of the next exchange, and count it as in flight for ever, so that a stop
 * of the route would wait for it in vain.
 */
final class AbandonedExchange {
    private static final Logger LOG = LoggerFactory.getLogger(AbandonedExchange.class);

    /** More steps than a route has around another. */
    private static final int MOST_ERRORS = 100;

    private AbandonedExchange() {}

    /**
     * Ends an exchange with a failure. Throws nothing.
     *
     * @param exchange an exchange of which no other thread knows
     * @param thrown what was thrown
     */
    static void end(Exchange exchange, Throwable thrown) {
        try {
            exchange.setException(thrown);
            finishWhatIsQueued(exchange.getContext().getCamelContextExtension().getReactiveExecutor());
            UnitOfWork work = exchange.getUnitOfWork();
            if (work != null) {
                leaveRoutes(exchange, work);
                UnitOfWorkHelper.doneUow(work, exchange);
            }
        } catch (RuntimeException | Error again) {
            LOG.warn("An exchange could not be ended: {}", ErrorName.of(again));
        }
    }

    /**
     * What lies around the place where it was thrown is in a queue of this thread, and Camel would go on with it when it
     * next puts something there. Each error takes one task with it.
     */
    private static void finishWhatIsQueued(ReactiveExecutor executor) {
        boolean again = true;
        for (int errors = 0; again && errors < MOST_ERRORS; errors++) {
            try {
                executor.schedule(() -> {});
                again = false;
            } catch (RuntimeException | Error e) {
                LOG.warn("A step after a failure failed as well: {}", ErrorName.of(e));
            }
        }
    }

    private static void leaveRoutes(Exchange exchange, UnitOfWork work) {
        InflightRepository inflight = exchange.getContext().getInflightRepository();
        for (Route left = work.popRoute(); left != null; left = work.popRoute()) {
            inflight.remove(exchange, left.getId());
        }
    }
}
