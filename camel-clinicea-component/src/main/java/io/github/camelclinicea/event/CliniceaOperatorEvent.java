/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.event;

import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Endpoint;

/**
 * Reports that an operator intervened in a sync, by JMX or the developer console.
 *
 * <p>Specified by {@code SyncOperationsTest}.
 */
public final class CliniceaOperatorEvent extends CliniceaEvent {
    private final String operation;
    private final String recordId;
    private final Instant from;
    private final String operator;

    /**
     * Creates the event of an operation that was just done.
     *
     * @param endpoint the endpoint of the sync
     * @param resource the resource, as in its URI
     * @param routeId the id of the route
     * @param syncId the name of the sync in the repository
     * @param operation the name of the operation: {@code skipRow}, {@code retryHeldRows}, {@code pollNow} or
     *     {@code resetSync}
     * @param recordId the record that was named, or null
     * @param from the moment at which the sync begins again, or null
     * @param operator the name of the operator, or null if it is not known
     * @param duration how long the operation took
     */
    public CliniceaOperatorEvent(
            Endpoint endpoint,
            String resource,
            String routeId,
            String syncId,
            String operation,
            String recordId,
            Instant from,
            String operator,
            Duration duration) {
        super(endpoint, resource, routeId, syncId, duration);
        this.operation = operation;
        this.recordId = recordId;
        this.from = from;
        this.operator = operator;
    }

    /** {@return {@code skipRow}, {@code retryHeldRows}, {@code pollNow} or {@code resetSync}} */
    public String getOperation() {
        return operation;
    }

    /** {@return the id or the version that {@code skipRow} was given; null for the other operations} */
    public String getRecordId() {
        return recordId;
    }

    /** {@return the moment that {@code resetSync} was given; null for none, and for the other operations} */
    public Instant getFrom() {
        return from;
    }

    /** {@return the name of the operator, as JMX or the caller knows it; null if nobody is known} */
    public String getOperator() {
        return operator;
    }

    /** Returns a text in one line. Control characters of the record id are replaced, and a long one is cut. */
    @Override
    public String toString() {
        return "CliniceaOperatorEvent[" + operation + " of " + getResource() + ", record " + LogText.of(recordId)
                + ", from " + from + ", operator " + LogText.of(operator) + ", sync " + getSyncId() + ", route "
                + getRouteId() + ", " + getDuration() + "]";
    }
}
