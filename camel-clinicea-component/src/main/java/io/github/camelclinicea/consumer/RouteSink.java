/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import io.github.camelclinicea.CliniceaRowException;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.sync.Delivery;
import io.github.camelclinicea.sync.PagePosition;
import io.github.camelclinicea.sync.RowSink;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultConsumer;

/**
 * Emits rows to the route. Each row becomes one exchange, whose end is reported to the sync. An exception or an
 * {@code Error} fails only the row that it belongs to.
 */
final class RouteSink implements RowSink {
    private final DefaultConsumer consumer;
    private final BooleanSupplier open;
    private final IntConsumer pending;
    private final RowMessage message;
    private final Set<String> statuses;
    private final RouteErrorHandler errorHandler;
    private final boolean bridged;

    /**
     * @param consumer creates the exchanges
     * @param open returns whether rows may be emitted
     * @param pending receives the number of rows of the page that are still to be emitted
     * @param message fills an exchange with a row
     * @param statuses the statuses to deliver, in lower case; empty for all
     * @param bridged whether the consumer's exception handler is the route's error handler
     */
    RouteSink(
            DefaultConsumer consumer,
            BooleanSupplier open,
            IntConsumer pending,
            RowMessage message,
            Set<String> statuses,
            boolean bridged) {
        this.consumer = consumer;
        this.open = open;
        this.pending = pending;
        this.message = message;
        this.statuses = statuses;
        this.errorHandler = new RouteErrorHandler(consumer);
        this.bridged = bridged;
    }

    @Override
    public boolean open() {
        return open.getAsBoolean();
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
        try {
            pending.accept(position.size() - position.index() - 1);
            Exchange exchange = row.open();
            CliniceaRowException unusable = message.fill(exchange, delivery);
            exchange.getExchangeExtension().addOnCompletion(completion);
            if (unusable == null) {
                consumer.getAsyncProcessor().process(exchange, row);
            } else {
                // With bridgeErrorHandler, the exception handler would call the route's error handler a second time.
                row.reportAs(bridged ? null : report(delivery.row(), unusable));
                errorHandler.process(exchange, unusable, row);
            }
        } catch (Exception | Error e) {
            row.abandon(e);
        }
    }

    private static String report(Row row, CliniceaRowException unusable) {
        return "The row with id " + row.id() + " of " + unusable.getResource()
                + " cannot be read, or cannot be given the body that bodyType asks for";
    }
}
