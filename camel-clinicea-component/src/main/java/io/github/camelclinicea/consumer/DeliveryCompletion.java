package io.github.camelclinicea.consumer;

import io.github.camelclinicea.sync.Delivery;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Tells the sync how the route ended with a row. Handed over with the exchange, so that it fires after {@code seda:} and
 * the like too, on whatever thread the work ends.
 */
final class DeliveryCompletion extends SynchronizationAdapter {
    private final Delivery delivery;
    private final ExceptionHandler exceptionHandler;

    DeliveryCompletion(Delivery delivery, ExceptionHandler exceptionHandler) {
        this.delivery = delivery;
        this.exceptionHandler = exceptionHandler;
    }

    @Override
    public void onComplete(Exchange exchange) {
        if (exchange.isRollbackOnly() || exchange.isRollbackOnlyLast()) {
            delivery.failed(exchange.getException());
            return;
        }
        try {
            delivery.completed();
        } catch (RuntimeException e) {
            exceptionHandler.handleException(
                    "The idempotentRepository could not remember a row that was delivered; it will come again",
                    exchange,
                    e);
        }
    }

    @Override
    public void onFailure(Exchange exchange) {
        delivery.failed(exchange.getException());
    }
}
