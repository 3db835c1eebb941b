/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer;

import org.apache.camel.Exchange;

/**
 * Receives what a tracer cannot see of one call of an operation. A tracer puts it on the exchange before the call; the
 * producer fills it in. It contains no argument, no id and no content. Used by one thread at a time.
 *
 * <p>Specified by {@code CliniceaSpanDecoratorTest}.
 */
public final class CallReport {
    private static final String PROPERTY = "CamelCliniceaCallReport";

    private final Object span;
    private String operation;
    private int attempts;
    private int status;

    private CallReport(Object span) {
        this.span = span;
    }

    /**
     * Asks for a report of the next call with an exchange.
     *
     * @param exchange the exchange
     * @param span identifies the call for {@link #take}
     */
    public static void request(Exchange exchange, Object span) {
        exchange.setProperty(PROPERTY, new CallReport(span));
    }

    /**
     * Removes the report of a call from its exchange.
     *
     * @param exchange the exchange
     * @param span the object that the report was requested with
     * @return the report; null if none was requested with this object
     */
    public static CallReport take(Exchange exchange, Object span) {
        CallReport report = of(exchange);
        if (report == null || report.span != span) {
            return null;
        }
        exchange.removeProperty(PROPERTY);
        return report;
    }

    /** Returns the report that was requested with an exchange; null if none was. */
    static CallReport of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, CallReport.class);
    }

    /** Reports a call that ended. */
    void ended(String operation, int attempts, int status) {
        this.operation = operation;
        this.attempts = attempts;
        this.status = status;
    }

    /** Returns the operation's name in the catalogue, or {@code list}; null if the message asked for none that exists. */
    public String operation() {
        return operation;
    }

    /** Returns how often the operation's own request was sent; for a list, the number of requests of all its pages. */
    public int attempts() {
        return attempts;
    }

    /** Returns the HTTP status of the last response; 0 if there was none. */
    public int status() {
        return status;
    }

    @Override
    public String toString() {
        return "CallReport[" + operation + ", attempts " + attempts + ", HTTP " + status + "]";
    }
}
