/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.event;

import java.time.Duration;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExchangeHelper;

/**
 * Reports that a write of a producer ended. Each operation that does more than read is a write: a create, an update, a
 * delete, an upload, and each named operation of that kind in the catalogue.
 *
 * <p>Specified by {@code AuditTest}.
 */
public final class CliniceaWriteEvent extends CliniceaEvent {
    /** How a write ended. */
    public enum Outcome {
        /** Clinicea did the write. */
        DONE,
        /** The write was not done: an argument was wrong, or Clinicea refused the write. */
        REFUSED,
        /** The write was not done, or an upload was done in part: the document is registered without its content. */
        FAILED,
        /** The write may have been done: no response came, or the response cannot be read. */
        OUTCOME_UNKNOWN
    }

    private final String operation;
    private final String recordId;
    private final Outcome outcome;
    private final String fromRouteId;
    private final String exchangeId;

    /**
     * Creates the event of a write that has just ended.
     *
     * @param endpoint the endpoint that wrote
     * @param resource the resource, as in its URI
     * @param operation the operation's name in the catalogue
     * @param syncId the endpoint's {@code syncId}, or null
     * @param exchange the exchange that asked for the write
     * @param recordId the id of the record, or null if it is not known
     * @param outcome how the write ended
     * @param duration how long the write took
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

    /** {@return the operation's name in the catalogue} */
    public String getOperation() {
        return operation;
    }

    /**
     * {@return the id of the record: the one that Clinicea returned, or the one that the route gave; null if neither
     * exists}
     */
    public String getRecordId() {
        return recordId;
    }

    /** {@return how the write ended} */
    public Outcome getOutcome() {
        return outcome;
    }

    /** {@return the id of the route in which the exchange began; null outside of routes} */
    public String getFromRouteId() {
        return fromRouteId;
    }

    /** {@return Camel's id of the exchange} */
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
