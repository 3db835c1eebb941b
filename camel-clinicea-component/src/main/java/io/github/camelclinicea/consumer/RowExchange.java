/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultConsumer;

/**
 * Holds the exchange of one row from its creation to its release. The route calls it back when it has finished the
 * exchange.
 *
 * <p>Specified by {@code RouteSinkTest} and {@code ErrorsTest}.
 */
final class RowExchange implements AsyncCallback {
    private final DefaultConsumer consumer;
    private final DeliveryCompletion completion;
    private Exchange exchange;
    private String report = "Error processing exchange";
    private final AtomicBoolean released = new AtomicBoolean();

    /**
     * @param consumer creates the exchange
     * @param completion reports to the sync how the exchange ended
     */
    RowExchange(DefaultConsumer consumer, DeliveryCompletion completion) {
        this.consumer = consumer;
        this.completion = completion;
    }

    /** Creates the exchange, without a message body, and returns it. */
    Exchange open() {
        exchange = consumer.createExchange(true);
        return exchange;
    }

    /**
     * Sets the message that the consumer's exception handler gets with a failure.
     *
     * @param message the message; null if the handler must not be called
     */
    void reportAs(String message) {
        report = message;
    }

    /**
     * Fails the delivery without sending the exchange to the route.
     *
     * @param reason why its message could not be made
     */
    void discard(Throwable reason) {
        released.set(true);
        try {
            completion.fail(exchange, reason);
        } finally {
            consumer.releaseExchange(exchange, true);
        }
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
     * Fails the exchange after its route threw, or after it could not be sent to the route.
     *
     * @param thrown the exception or error
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
