/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.camel.Consumer;
import org.apache.camel.Service;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Knows the rows of one component that callers take by themselves, and stops those that nobody can use any more. A
 * reload of Camel's context drops the endpoints without stopping them. A consumer that was left would keep its claim on
 * the sync, and its memory. Thread-safe.
 *
 * <p>Specified by {@code PolledRowsTest}.
 */
public final class PolledRowsRegistry extends SimpleEventNotifierSupport {
    /** Rows that callers take, with the consumer that reads them. */
    interface Abandonable extends Service {
        /** Returns the consumer that reads the rows. */
        Consumer getDelegateConsumer();

        /** Returns whether no polling consumer is left that uses the rows, or their endpoint was dropped. */
        boolean isAbandoned();

        /** Returns whether Camel has dropped the endpoint, which it knew before. It never knows a prototype. */
        boolean isOfDroppedEndpoint();
    }

    private final Set<Abandonable> started = ConcurrentHashMap.newKeySet();

    /** Creates a registry that is notified of reloads only. */
    public PolledRowsRegistry() {
        setupIgnore(true);
        setIgnoreCamelContextEvents(false);
        setIgnoreRouteEvents(false);
    }

    void add(Abandonable rows) {
        started.add(rows);
    }

    void remove(Abandonable rows) {
        started.remove(rows);
    }

    @Override
    public boolean isEnabled(CamelEvent event) {
        return event instanceof CamelEvent.CamelContextReloadedEvent
                || event instanceof CamelEvent.CamelContextReloadFailureEvent
                || event instanceof CamelEvent.RouteReloadedEvent;
    }

    /** Stops the rows of the endpoints that the reload dropped. */
    @Override
    public void notify(CamelEvent event) {
        stop(Abandonable::isOfDroppedEndpoint);
    }

    /**
     * Stops the rows of a consumer if no caller can ask for them: none is left, or the context has dropped their
     * endpoint.
     *
     * @param consumer any consumer
     * @return whether it was stopped
     */
    public boolean stopIfAbandoned(Consumer consumer) {
        return stop(rows -> rows.getDelegateConsumer() == consumer && rows.isAbandoned());
    }

    private boolean stop(Predicate<Abandonable> which) {
        boolean stopped = false;
        for (Abandonable rows : started) {
            if (which.test(rows)) {
                ServiceHelper.stopAndShutdownService(rows);
                stopped = true;
            }
        }
        return stopped;
    }
}
