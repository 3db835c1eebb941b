/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaRowException;
import io.github.camelclinicea.client.json.BodyFormat;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.sync.Delivery;
import io.github.camelclinicea.sync.PagePosition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;

/**
 * Fills an exchange with the headers and the body of a row. Only the polling thread uses it.
 *
 * <p>Specified by {@code RouteSinkTest} and {@code UnusableRowTest}.
 */
final class RowMessage {
    private final BodyFormat bodyFormat;
    private final String resource;

    private Instant since;
    private String sinceText;

    /**
     * @param bodyFormat the format of the body
     * @param resource the resource, as in the endpoint URI
     */
    RowMessage(BodyFormat bodyFormat, String resource) {
        this.bodyFormat = bodyFormat;
        this.resource = resource;
    }

    /**
     * Fills an exchange with a row.
     *
     * @return the reason why the body is the row's text as sent; null if the body has the requested format
     */
    CliniceaRowException fill(Exchange exchange, Delivery delivery) {
        setHeaders(exchange.getMessage(), delivery);
        PagePosition position = delivery.position();
        exchange.setProperty(ExchangePropertyKey.BATCH_INDEX, position.index());
        exchange.setProperty(ExchangePropertyKey.BATCH_SIZE, position.size());
        exchange.setProperty(ExchangePropertyKey.BATCH_COMPLETE, position.index() == position.size() - 1);
        return setBody(exchange.getMessage(), delivery.row(), position);
    }

    private CliniceaRowException setBody(Message message, Row row, PagePosition position) {
        Object body = row.takeBody();
        String reason;
        try {
            if (row.defect() == null) {
                message.setBody(body != null ? body : bodyFormat.body(row.content()));
                return null;
            }
            reason = "cannot be read: " + row.defect();
        } catch (IOException e) {
            reason = "cannot be given the body that bodyType asks for: " + e.getMessage();
        } catch (RuntimeException | Error e) {
            reason = "cannot be given the body that bodyType asks for: " + ErrorName.of(e);
        }
        message.setBody(new String(row.content(), StandardCharsets.UTF_8));
        return new CliniceaRowException(reason, resource, position.page(), position.row(), position.idBefore());
    }

    private void setHeaders(Message message, Delivery delivery) {
        Row row = delivery.row();
        setHeaderIfKnown(message, CliniceaConstants.DATA_STATUS, row.status());
        message.setHeader(CliniceaConstants.RESOURCE, resource);
        setHeaderIfKnown(message, CliniceaConstants.RECORD_ID, row.id());
        setHeaderIfKnown(message, CliniceaConstants.MODIFIED, row.modified());
        message.setHeader(
                CliniceaConstants.SYNC_TIMESTAMP, text(delivery.position().since()));
        message.setHeader(CliniceaConstants.PAGE, delivery.position().page());
        message.setHeader(CliniceaConstants.ATTEMPT, delivery.attempt());
    }

    /** Formats a moment once for all rows of a poll, since formatting takes longer than setting all headers. */
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
