/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import io.github.camelclinicea.sync.Delivery;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Reports to the sync how the route finished a row. Camel hands it over with the exchange, for instance by {@code
 * seda:}, so it may be called on another thread. Throws nothing: after an {@code Error}, Camel would not finish the
 * exchange.
 *
 * <p>Specified by {@code AsyncRoutesTest}.
 */
final class DeliveryCompletion extends SynchronizationAdapter {
    private final Delivery delivery;
    private final ExceptionHandler exceptionHandler;
    private volatile boolean handedOver;

    /**
     * @param delivery receives the result
     * @param exceptionHandler reports results that the sync could not store
     */
    DeliveryCompletion(Delivery delivery, ExceptionHandler exceptionHandler) {
        this.delivery = delivery;
        this.exceptionHandler = exceptionHandler;
    }

    /** Returns whether another exchange has taken the row over and will end it. */
    boolean isHandedOver() {
        return handedOver;
    }

    /** Comes last, behind commits that Camel's components make at the completion of an exchange. */
    @Override
    public int getOrder() {
        return LOWEST;
    }

    @Override
    public void beforeHandover(Exchange target) {
        handedOver = true;
    }

    @Override
    public void onComplete(Exchange exchange) {
        // An exception here is of another completion, such as a commit that failed. Camel has called the route
        // complete.
        if (exchange.isRollbackOnly() || exchange.isRollbackOnlyLast() || exchange.getException() != null) {
            onFailure(exchange);
            return;
        }
        try {
            delivery.completed();
        } catch (RuntimeException | Error e) {
            exceptionHandler.handleException(
                    "The idempotentRepository could not store that a row was delivered; the row will come again",
                    exchange,
                    e);
        }
    }

    @Override
    public void onFailure(Exchange exchange) {
        fail(exchange, exchange.getException());
    }

    /**
     * Reports that the row failed, unless its end was reported before.
     *
     * @param exchange the exchange of the row, or null
     * @param cause the failure, or null
     */
    void fail(Exchange exchange, Throwable cause) {
        // Camel wraps an Error in an exception, and a transaction wraps what rolled it back.
        boolean wrapped = cause != null
                && cause.getCause() != null
                && (cause instanceof CamelExecutionException || cause.getClass() == RuntimeCamelException.class);
        try {
            delivery.failed(wrapped ? cause.getCause() : cause);
        } catch (RuntimeException | Error e) {
            exceptionHandler.handleException(
                    "A row that failed could not be recorded as such; it will come again", exchange, e);
        }
    }
}
