/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import io.github.camelclinicea.sync.Delivery;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Tells the sync how the route ended with a row. Handed over with the exchange, so that it fires after {@code seda:} and
 * the like too, on whatever thread the work ends. Throws nothing: Camel would not finish the exchange after an
 * {@code Error}.
 */
final class DeliveryCompletion extends SynchronizationAdapter {
    private final Delivery delivery;
    private final ExceptionHandler exceptionHandler;
    private volatile boolean handedOver;

    DeliveryCompletion(Delivery delivery, ExceptionHandler exceptionHandler) {
        this.delivery = delivery;
        this.exceptionHandler = exceptionHandler;
    }

    /** Returns whether another exchange, or another thread, has the row now and ends it. */
    boolean isHandedOver() {
        return handedOver;
    }

    @Override
    public void beforeHandover(Exchange target) {
        handedOver = true;
    }

    @Override
    public void onComplete(Exchange exchange) {
        if (exchange.isRollbackOnly() || exchange.isRollbackOnlyLast()) {
            onFailure(exchange);
            return;
        }
        try {
            delivery.completed();
        } catch (RuntimeException | Error e) {
            exceptionHandler.handleException(
                    "The idempotentRepository could not remember a row that was delivered; it will come again",
                    exchange,
                    e);
        }
    }

    @Override
    public void onFailure(Exchange exchange) {
        fail(exchange, exchange.getException());
    }

    /** Reports that the row failed, if it has not ended yet. */
    void fail(Exchange exchange, Throwable cause) {
        // Camel wraps what is no exception.
        boolean wrapped = cause instanceof CamelExecutionException && cause.getCause() != null;
        try {
            delivery.failed(wrapped ? cause.getCause() : cause);
        } catch (RuntimeException | Error e) {
            exceptionHandler.handleException(
                    "A row that failed could not be recorded as such; it will come again", exchange, e);
        }
    }
}
