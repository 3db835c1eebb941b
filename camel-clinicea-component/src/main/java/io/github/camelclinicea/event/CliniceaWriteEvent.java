/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.event;

import java.time.Duration;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExchangeHelper;

/** A write has ended: a create, an update, a delete, an upload, or whatever else of the catalogue does not only read. */
public final class CliniceaWriteEvent extends CliniceaEvent {
    /** How a write ended. */
    public enum Outcome {
        /** Clinicea has done it. */
        DONE,
        /** Nothing was done: an argument was wrong, or Clinicea said that it does not do it. */
        REFUSED,
        /** It was not done, or, of an upload, only in part: the document is registered, its content is not there. */
        FAILED,
        /** It may have been done: its answer never came or cannot be read. */
        OUTCOME_UNKNOWN
    }

    private final String operation;
    private final String recordId;
    private final Outcome outcome;
    private final String fromRouteId;
    private final String exchangeId;

    /**
     * @param endpoint the endpoint that wrote
     * @param resource the resource, as in its URI
     * @param operation the operation, as the catalogue names it
     * @param syncId the endpoint's {@code syncId}, or null
     * @param exchange which was to be written
     * @param recordId the record, as far as it is known, or null
     * @param outcome how it ended
     * @param duration how long it took
     */
    public CliniceaWriteEvent(
            Endpoint endpoint,
            String resource,
            String operation,
            String syncId,
            Exchange exchange,
            String recordId,
            Outcome outcome,
            Duration duration) {
        super(endpoint, resource, ExchangeHelper.getAtRouteId(exchange), syncId, duration);
        this.operation = operation;
        this.recordId = recordId;
        this.outcome = outcome;
        this.fromRouteId = exchange.getFromRouteId();
        this.exchangeId = exchange.getExchangeId();
    }

    /** @return the operation, as the catalogue names it */
    public String getOperation() {
        return operation;
    }

    /** @return the record's id: that of a new one, or the one that was given; null if there is none */
    public String getRecordId() {
        return recordId;
    }

    /** @return how it ended */
    public Outcome getOutcome() {
        return outcome;
    }

    /** @return the route in which the exchange began; null outside of routes */
    public String getFromRouteId() {
        return fromRouteId;
    }

    /** @return the exchange, by Camel's id */
    public String getExchangeId() {
        return exchangeId;
    }

    @Override
    public String toString() {
        return "CliniceaWriteEvent[" + getResource() + " " + operation + ", record " + recordId + ", " + outcome
                + ", route " + getRouteId() + ", from route " + fromRouteId + ", sync " + getSyncId() + ", exchange "
                + exchangeId + ", " + getDuration() + "]";
    }
}
