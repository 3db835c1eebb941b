/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer;

import io.github.camelclinicea.client.http.RequestObserver;
import java.time.Duration;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExchangeHelper;

/**
 * Reports the requests and operations of one producer to the observer of the route that uses it. Camel gives each step
 * of a route its own producer, so requests count for the route of the last operation that began. Requests before the
 * first operation are not reported.
 *
 * <p>Specified by {@code MetersTest}.
 */
final class OperationReport implements RequestObserver {
    private final Function<String, ProducerObserver> observers;
    private volatile ProducerObserver observer = ProducerObserver.NONE;

    /** @param observers returns the observer of a route by its id, which is null outside of routes */
    OperationReport(Function<String, ProducerObserver> observers) {
        this.observers = observers;
    }

    /**
     * Records that an operation begins, and returns the observer that it is to be reported to.
     *
     * @param exchange the exchange that asks for the operation
     */
    ProducerObserver begin(Exchange exchange) {
        observer = observers.apply(ExchangeHelper.getAtRouteId(exchange));
        return observer;
    }

    @Override
    public void answered(int status, Duration took) {
        observer.answered(status, took);
    }

    @Override
    public void unanswered(boolean timedOut, Duration took) {
        observer.unanswered(timedOut, took);
    }

    @Override
    public void retried() {
        observer.retried();
    }
}
