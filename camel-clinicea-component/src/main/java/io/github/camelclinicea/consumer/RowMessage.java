/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaRowException;
import io.github.camelclinicea.CliniceaTimes;
import io.github.camelclinicea.client.json.BodyFormat;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.sync.Delivery;
import io.github.camelclinicea.sync.PagePosition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;

/**
 * Fills an exchange with the headers and the body of a row. Only the polling thread uses it.
 *
 * <p>Specified by {@code RouteSinkTest} and {@code UnusableRowTest}.
 */
final class RowMessage {
    /** The property with the class of the body, from which the data types of camel-jackson know how to write it. */
    private static final String CONTENT_CLASS = "X-Content-Class";

    private static final String MAP = Map.class.getName();
    private static final String LIST = List.class.getName();

    private final BodyFormat bodyFormat;
    private final String resource;
    private final String source;
    private final boolean batching;
    private final CliniceaTimes times;

    private Instant since;
    private String sinceText;

    /**
     * @param bodyFormat the format of the body
     * @param resource the resource, as in the endpoint URI
     * @param source where the rows come from, as a URI
     * @param batching whether a body is a list of rows
     * @param times converts the clinic's times; null if its zone is not known
     */
    RowMessage(BodyFormat bodyFormat, String resource, String source, boolean batching, CliniceaTimes times) {
        this.bodyFormat = bodyFormat;
        this.batching = batching;
        this.resource = resource;
        this.source = source;
        this.times = times;
    }

    /**
     * Fills an exchange with a row, or with the rows of a batch.
     *
     * @return the reason why a row has no body in the requested format: the body of an exchange with one row is then
     *     the row's text as sent. Null if the body has the requested format
     */
    CliniceaRowException fill(Exchange exchange, Delivery delivery) {
        Message message = exchange.getMessage();
        PagePosition position = delivery.position();
        exchange.setProperty(ExchangePropertyKey.BATCH_INDEX, position.index());
        exchange.setProperty(ExchangePropertyKey.BATCH_SIZE, position.size());
        exchange.setProperty(ExchangePropertyKey.BATCH_COMPLETE, position.index() == position.size() - 1);
        setHeaders(message, delivery);
        List<Object> bodies = new ArrayList<>(delivery.rows().size());
        for (Row row : delivery.rows()) {
            try {
                bodies.add(body(row));
            } catch (UnusableRowException e) {
                setRowHeaders(message, row);
                message.setBody(new String(row.content(), StandardCharsets.UTF_8));
                return new CliniceaRowException(
                        e.getMessage(), resource, position.page(), position.row(), position.idBefore());
            }
        }
        if (batching) {
            message.setHeader(CliniceaConstants.RECORD_IDS, texts(delivery, Row::id));
            message.setHeader(CliniceaConstants.MODIFIEDS, texts(delivery, Row::modified));
            message.setHeader(
                    CliniceaConstants.VERSIONS,
                    texts(delivery, row -> row.version().text()));
            message.setBody(bodies);
            exchange.setProperty(CONTENT_CLASS, LIST);
        } else {
            setRowHeaders(message, delivery.row());
            message.setBody(bodies.get(0));
            if (bodies.get(0) instanceof Map) {
                exchange.setProperty(CONTENT_CLASS, MAP);
            }
        }
        return null;
    }

    private Object body(Row row) throws UnusableRowException {
        Object body = row.takeBody();
        if (row.defect() != null) {
            throw new UnusableRowException("cannot be read: " + row.defect());
        }
        try {
            return body != null ? body : bodyFormat.body(row.content());
        } catch (IOException e) {
            throw new UnusableRowException("cannot be given the body that bodyType asks for: " + e.getMessage());
        } catch (RuntimeException | Error e) {
            throw new UnusableRowException("cannot be given the body that bodyType asks for: " + ErrorName.of(e));
        }
    }

    private void setHeaders(Message message, Delivery delivery) {
        setHeaderIfKnown(message, CliniceaConstants.DATA_STATUS, delivery.row().status());
        message.setHeader(CliniceaConstants.RESOURCE, resource);
        message.setHeader(CliniceaConstants.SOURCE, source);
        message.setHeader(
                CliniceaConstants.SYNC_TIMESTAMP, text(delivery.position().since()));
        message.setHeader(CliniceaConstants.PAGE, delivery.position().page());
        message.setHeader(CliniceaConstants.ATTEMPT, delivery.attempt());
    }

    private void setRowHeaders(Message message, Row row) {
        setHeaderIfKnown(message, CliniceaConstants.RECORD_ID, row.id());
        setHeaderIfKnown(message, CliniceaConstants.MODIFIED, row.modified());
        message.setHeader(CliniceaConstants.VERSION, row.version().text());
        if (times != null) {
            setHeaderIfKnown(message, CliniceaConstants.MODIFIED_INSTANT, moment(row.modified()));
        }
    }

    /** Returns the moment of a stamp; null if it has none. */
    private Instant moment(String stamp) {
        try {
            return times.instant(stamp);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Returns a text of each row, in the order of the body; null where a row has none. */
    private static List<String> texts(Delivery delivery, Function<Row, String> text) {
        List<String> texts = new ArrayList<>(delivery.rows().size());
        delivery.rows().forEach(row -> texts.add(text.apply(row)));
        return texts;
    }

    /** Formats a moment once for all rows of a poll, since formatting takes longer than setting all headers. */
    private String text(Instant moment) {
        if (!moment.equals(since)) {
            since = moment;
            sinceText = moment.toString();
        }
        return sinceText;
    }

    private static void setHeaderIfKnown(Message message, String name, Object value) {
        if (value != null) {
            message.setHeader(name, value);
        }
    }

    /** Says why a row has no body. */
    private static final class UnusableRowException extends Exception {
        private static final long serialVersionUID = 1L;

        UnusableRowException(String message) {
            super(message, null, false, false);
        }
    }
}
