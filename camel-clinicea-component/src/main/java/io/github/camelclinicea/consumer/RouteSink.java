package io.github.camelclinicea.consumer;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.client.BodyFormat;
import io.github.camelclinicea.sync.Delivery;
import io.github.camelclinicea.sync.PagePosition;
import io.github.camelclinicea.sync.Row;
import io.github.camelclinicea.sync.RowSink;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultConsumer;

/** The route, as the sync sees it: a row goes in, an exchange comes of it, and its end is told to the sync. */
final class RouteSink implements RowSink {
    private final DefaultConsumer consumer;
    private final BooleanSupplier open;
    private final IntConsumer pending;
    private final BodyFormat bodyFormat;
    private final Set<String> statuses;
    private final String resource;

    private Instant since;
    private String sinceText;

    /**
     * @param consumer makes the exchanges
     * @param open whether rows may be delivered
     * @param pending told how many rows of a page are still to come
     * @param statuses the change tags that are wanted, in lower case; empty for all
     */
    RouteSink(
            DefaultConsumer consumer,
            BooleanSupplier open,
            IntConsumer pending,
            BodyFormat bodyFormat,
            Set<String> statuses,
            String resource) {
        this.consumer = consumer;
        this.open = open;
        this.pending = pending;
        this.bodyFormat = bodyFormat;
        this.statuses = statuses;
        this.resource = resource;
    }

    @Override
    public boolean open() {
        return open.getAsBoolean();
    }

    @Override
    public boolean wants(Row row) {
        return statuses.isEmpty()
                || row.status() != null && statuses.contains(row.status().toLowerCase(Locale.ROOT));
    }

    @Override
    public void deliver(Delivery delivery) {
        PagePosition position = delivery.position();
        pending.accept(position.size() - position.index() - 1);
        Exchange exchange = consumer.createExchange(true);
        try {
            fill(exchange, delivery);
        } catch (IOException e) {
            delivery.failed(e);
            consumer.getExceptionHandler()
                    .handleException(
                            "The row with id " + delivery.row().id() + " of " + resource
                                    + " cannot be given the body that bodyType asks for",
                            exchange,
                            e);
            consumer.releaseExchange(exchange, true);
            return;
        }
        exchange.getExchangeExtension()
                .addOnCompletion(new DeliveryCompletion(delivery, consumer.getExceptionHandler()));
        consumer.getAsyncProcessor().process(exchange, consumer.defaultConsumerCallback(exchange, true));
    }

    private void fill(Exchange exchange, Delivery delivery) throws IOException {
        Row row = delivery.row();
        PagePosition position = delivery.position();
        Message message = exchange.getMessage();
        Object made = row.takeBody();
        message.setBody(made != null ? made : bodyFormat.body(row.content()));
        setHeaderIfKnown(message, CliniceaConstants.DATA_STATUS, row.status());
        message.setHeader(CliniceaConstants.RESOURCE, resource);
        setHeaderIfKnown(message, CliniceaConstants.RECORD_ID, row.id());
        setHeaderIfKnown(message, CliniceaConstants.MODIFIED, row.modified());
        message.setHeader(CliniceaConstants.SYNC_TIMESTAMP, text(position.since()));
        message.setHeader(CliniceaConstants.PAGE, position.page());
        exchange.setProperty(ExchangePropertyKey.BATCH_INDEX, position.index());
        exchange.setProperty(ExchangePropertyKey.BATCH_SIZE, position.size());
        exchange.setProperty(ExchangePropertyKey.BATCH_COMPLETE, position.index() == position.size() - 1);
    }

    /** Spelled once for all rows of a sweep, which takes longer than the rest of the header. */
    private String text(Instant moment) {
        if (!moment.equals(since)) {
            since = moment;
            sinceText = moment.toString();
        }
        return sinceText;
    }

    private static void setHeaderIfKnown(Message message, String name, String value) {
        if (value != null) {
            message.setHeader(name, value);
        }
    }
}
