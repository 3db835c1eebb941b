/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer;

import io.github.camelclinicea.CliniceaOperation;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.client.http.RequestObserver;
import io.github.camelclinicea.event.CliniceaWriteEvent.Outcome;
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
     * Records that an operation begins.
     *
     * @param operation the operation; null for a list whose arguments choose the look-up
     * @param exchange the exchange that asks for it
     */
    Running begin(Operation operation, Exchange exchange) {
        observer = observers.apply(ExchangeHelper.getAtRouteId(exchange));
        return new Running(
                observer, operation == null ? CliniceaOperation.LIST.verb() : operation.name(), System.nanoTime());
    }

    /** An operation that has not ended. */
    record Running(ProducerObserver observer, String operation, long startedAt) {
        void ended(Outcome outcome) {
            observer.operated(operation, outcome, Duration.ofNanos(System.nanoTime() - startedAt));
        }
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
