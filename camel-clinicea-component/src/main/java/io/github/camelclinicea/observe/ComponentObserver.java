/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.observe;

import io.github.camelclinicea.consumer.CliniceaConsumer;
import io.github.camelclinicea.consumer.ConsumerObserver;
import io.github.camelclinicea.producer.ProducerObserver;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Observes the consumers and producers of one component. As a strategy of Camel, it knows when routes are added and
 * removed. This one does nothing, and needs no Micrometer on the class path.
 *
 * <p>Specified by {@code MetersTest} and {@code CliniceaJarIT}.
 */
public class ComponentObserver extends LifecycleStrategySupport implements AutoCloseable {
    /** Observes nothing. */
    public static final ComponentObserver NONE = new ComponentObserver();

    ComponentObserver() {}

    /**
     * Returns the observer of a consumer that is about to start.
     *
     * @param consumer the consumer; outside of a route it is not observed
     */
    public ConsumerObserver consumer(CliniceaConsumer consumer) {
        return ConsumerObserver.NONE;
    }

    /**
     * Returns the observer of the producers of a route.
     *
     * @param routeId the id of the route; null outside of routes
     * @param resource the resource, as in the endpoint URI
     */
    public ProducerObserver producer(String routeId, String resource) {
        return ProducerObserver.NONE;
    }

    /** Ends all observation. */
    @Override
    public void close() {}
}
