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
 * Ends an exchange after an {@code Error} left its route past all of Camel's handlers. Otherwise Camel would continue
 * the exchange in the middle of the next one. It would also count the exchange as in flight for ever, so that a stop
 * of the route would wait until its timeout.
 *
 * <p>Specified by {@code ErrorsTest}.
 */
final class AbandonedExchange {
    private static final Logger LOG = LoggerFactory.getLogger(AbandonedExchange.class);

    /** More than the depth to which steps of a route are nested. */
    private static final int MOST_ERRORS = 100;

    private AbandonedExchange() {}

    /**
     * Ends an exchange with a failure. Throws nothing.
     *
     * @param exchange an exchange that no other thread uses
     * @param thrown what was thrown
     */
    static void end(Exchange exchange, Throwable thrown) {
        try {
            exchange.setException(thrown);
            runQueuedTasks(exchange.getContext().getCamelContextExtension().getReactiveExecutor());
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
     * Runs the tasks that the interrupted steps left in Camel's queue of this thread. Camel would run them with the
     * next task that it queues. A task that throws an error is gone, so the next call runs the rest.
     */
    private static void runQueuedTasks(ReactiveExecutor executor) {
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
        for (Route route = work.popRoute(); route != null; route = work.popRoute()) {
            inflight.remove(exchange, route.getId());
        }
    }
}
