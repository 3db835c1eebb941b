/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import io.github.camelclinicea.CliniceaRowException;
import io.github.camelclinicea.event.LogText;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.sync.Delivery;
import io.github.camelclinicea.sync.PagePosition;
import io.github.camelclinicea.sync.RowSink;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultConsumer;

/**
 * Emits rows to the route. Each row becomes one exchange, whose end is reported to the sync. An exception or an
 * {@code Error} fails only the row that it belongs to.
 */
final class RouteSink implements RowSink {
    private final DefaultConsumer consumer;
    private final BooleanSupplier open;
    private final BooleanSupplier mayWait;
    private final IntConsumer pending;
    private final RowMessage message;
    private final Set<String> statuses;
    private final RouteErrorHandler errorHandler;
    private final boolean bridged;
    private final Supplier<RouteTransaction> transactions;

    /**
     * @param consumer creates the exchanges
     * @param open returns whether rows may be emitted
     * @param mayWait returns whether the poll may wait for rows in flight
     * @param pending receives the number of rows of the page that are still to be emitted
     * @param message fills an exchange with a row
     * @param statuses the statuses to deliver, in lower case; empty for all
     * @param bridged whether the consumer's exception handler is the route's error handler
     * @param transactions returns what runs the exchanges in transactions; null for none
     */
    RouteSink(
            DefaultConsumer consumer,
            BooleanSupplier open,
            BooleanSupplier mayWait,
            IntConsumer pending,
            RowMessage message,
            Set<String> statuses,
            boolean bridged,
            Supplier<RouteTransaction> transactions) {
        this.consumer = consumer;
        this.open = open;
        this.mayWait = mayWait;
        this.pending = pending;
        this.message = message;
        this.statuses = statuses;
        this.errorHandler = new RouteErrorHandler(consumer);
        this.bridged = bridged;
        this.transactions = transactions;
    }

    @Override
    public boolean open() {
        return open.getAsBoolean();
    }

    @Override
    public boolean mayWait() {
        return mayWait.getAsBoolean();
    }

    /**
     * Returns whether the row has one of the statuses. A row that cannot be read is always wanted: its status is
     * unknown.
     */
    @Override
    public boolean wants(Row row) {
        return row.defect() != null
                || statuses.isEmpty()
                || row.status() != null && statuses.contains(row.status().toLowerCase(Locale.ROOT));
    }

    @Override
    public void deliver(Delivery delivery) {
        PagePosition position = delivery.position();
        DeliveryCompletion completion = new DeliveryCompletion(delivery, consumer.getExceptionHandler());
        RowExchange row = new RowExchange(consumer, completion);
        boolean leftTransaction = false;
        try {
            pending.accept(position.size() - position.index() - 1);
            Exchange exchange = row.open();
            CliniceaRowException unusable = message.fill(exchange, delivery);
            if (unusable != null && delivery.rows().size() > 1) {
                // Its rows come again one by one, and then only this one fails.
                row.discard(unusable);
                return;
            }
            exchange.getExchangeExtension().addOnCompletion(completion);
            AsyncProcessor route = consumer.getAsyncProcessor();
            if (unusable != null) {
                // With bridgeErrorHandler, the exception handler would call the route's error handler a second time.
                row.reportAs(bridged ? null : report(delivery.row(), unusable));
                route = errorHandler.handling(unusable);
            }
            RouteTransaction transaction = transactions.get();
            if (transaction != null) {
                TransactedDelivery work = new TransactedDelivery(delivery, completion, route);
                beginUnitOfWork(exchange);
                transaction.run(exchange, work);
                leftTransaction = work.hasLeftTransaction();
                consumer.doneUoW(exchange);
                row.done(true);
            } else if (unusable != null) {
                beginUnitOfWork(exchange);
                route.process(exchange, doneSync -> {
                    consumer.doneUoW(exchange);
                    row.done(doneSync);
                });
            } else {
                route.process(exchange, row);
            }
        } catch (Exception | Error e) {
            row.abandon(e);
        }
        if (leftTransaction) {
            throw new IllegalStateException("transacted=true: the route passed the row on to another exchange, as seda:"
                    + " does. That is outside the transaction, which was rolled back. Remove that step, or transacted");
        }
    }

    /** Gives the exchange a unit of work that ends with {@code doneUoW}, and not where the route ends. */
    private void beginUnitOfWork(Exchange exchange) throws Exception {
        consumer.createUoW(exchange).onPrepare(exchange);
    }

    private static String report(Row row, CliniceaRowException unusable) {
        return "The row with id " + LogText.of(row.id()) + " of " + unusable.getResource()
                + " cannot be read, or cannot be given the body that bodyType asks for";
    }
}
