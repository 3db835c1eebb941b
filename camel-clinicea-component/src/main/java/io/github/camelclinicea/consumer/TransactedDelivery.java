/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import io.github.camelclinicea.sync.Delivery;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * Runs inside the transaction of a delivery: first the route, then the write of the keys to the delivery ledger.
 * Without the keys, the transaction is rolled back.
 *
 * <p>Specified by {@code TransactedRouteTest}.
 */
final class TransactedDelivery extends AsyncProcessorSupport {
    private final Delivery delivery;
    private final DeliveryCompletion completion;
    private final AsyncProcessor route;
    private boolean leftTransaction;

    /**
     * @param delivery writes its keys
     * @param completion says whether another exchange has taken the delivery over
     * @param route processes the exchange
     */
    TransactedDelivery(Delivery delivery, DeliveryCompletion completion, AsyncProcessor route) {
        this.delivery = delivery;
        this.completion = completion;
        this.route = route;
    }

    /** Returns whether the route passed the delivery on to another exchange, outside the transaction. */
    boolean hasLeftTransaction() {
        return leftTransaction;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        return route.process(exchange, doneSync -> {
            // Camel runs each step of a transacted exchange on the thread that polls, asynchronous ones too.
            leftTransaction = completion.isHandedOver();
            if (leftTransaction) {
                exchange.setRollbackOnly(true);
            } else if (mayBeCommitted(exchange)) {
                writeKeys(exchange);
            }
            if (exchange.getException() != null) {
                // The policy's error handler would repeat the route on top of what it did in this transaction.
                exchange.getExchangeExtension().setRedeliveryExhausted(true);
            }
            callback.done(doneSync);
        });
    }

    private static boolean mayBeCommitted(Exchange exchange) {
        return exchange.getException() == null && !exchange.isRollbackOnly() && !exchange.isRollbackOnlyLast();
    }

    private void writeKeys(Exchange exchange) {
        try {
            delivery.remember();
        } catch (RuntimeException | Error e) {
            exchange.setException(e);
            // Also if the policy's error handler handles the exception.
            exchange.setRollbackOnly(true);
        }
    }
}
