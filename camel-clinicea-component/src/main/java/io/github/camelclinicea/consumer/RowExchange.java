/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultConsumer;

/** The exchange of one row, from its creation until it is released; the callback of the route that it goes through. */
final class RowExchange implements AsyncCallback {
    private final DefaultConsumer consumer;
    private final DeliveryCompletion completion;
    private Exchange exchange;
    private String report = "Error processing exchange";
    private final AtomicBoolean released = new AtomicBoolean();

    /**
     * @param consumer makes the exchange
     * @param completion reports how it ended
     */
    RowExchange(DefaultConsumer consumer, DeliveryCompletion completion) {
        this.consumer = consumer;
        this.completion = completion;
    }

    /** Returns the exchange, new and empty. */
    Exchange open() {
        exchange = consumer.createExchange(true);
        return exchange;
    }

    /**
     * Sets the message that the consumer's exception handler gets with a failure.
     *
     * @param message the message; null if the handler is not to be called, since it has dealt with the failure already
     */
    void reportAs(String message) {
        report = message;
    }

    /** Called at the end of the route. Only the first call has an effect. */
    @Override
    public void done(boolean doneSync) {
        if (!released.compareAndSet(false, true)) {
            return;
        }
        try {
            if (report != null && exchange.getException() != null) {
                consumer.getExceptionHandler().handleException(report, exchange, exchange.getException());
            }
        } finally {
            consumer.releaseExchange(exchange, true);
        }
    }

    /**
     * Ends the exchange with what was thrown out of its route, or before it got there.
     *
     * @param thrown what was thrown
     */
    void abandon(Throwable thrown) {
        if (exchange == null || released.get()) {
            fail(thrown);
            consumer.getExceptionHandler().handleException("Error processing a row", thrown);
        } else {
            AbandonedExchange.end(exchange, thrown);
            fail(thrown);
            done(true);
        }
    }

    private void fail(Throwable thrown) {
        if (!completion.isHandedOver()) {
            completion.fail(exchange, thrown);
        }
    }
}
