/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.observe;

import io.github.camelclinicea.CliniceaComponent;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaEndpoint;
import io.github.camelclinicea.DataStatus;
import io.github.camelclinicea.producer.CallReport;
import io.github.camelclinicea.producer.RequestedOperation;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.telemetry.Span;
import org.apache.camel.telemetry.TagConstants;
import org.apache.camel.telemetry.decorators.AbstractSpanDecorator;

/**
 * Names the spans of {@code camel-telemetry} by resource and operation, and sets their attributes. The attributes
 * contain no id of a record, no argument, no query string, no credential, no URI of an endpoint and no message of an
 * exception. Camel's tracers load this class by {@code ServiceLoader}; nothing else uses it, since
 * {@code camel-telemetry} is optional.
 */
public final class CliniceaSpanDecorator extends AbstractSpanDecorator {
    private static final String SCHEME = "clinicea";

    @Override
    public String getComponent() {
        return SCHEME;
    }

    @Override
    public String getComponentClassName() {
        return CliniceaComponent.class.getName();
    }

    @Override
    public String getOperationName(Exchange exchange, Endpoint endpoint) {
        if (!(endpoint instanceof CliniceaEndpoint clinicea)) {
            return super.getOperationName(exchange, endpoint);
        }
        String resource = clinicea.resource().name();
        return operation(exchange, clinicea)
                .map(operation -> resource + " " + operation)
                .orElse(resource);
    }

    @Override
    public void beforeTracingEvent(Span span, Exchange exchange, Endpoint endpoint) {
        // Not the method of the superclass, which sets the endpoint's URI and its options.
        span.setComponent("camel-" + SCHEME);
        span.setTag(TagConstants.URL_SCHEME, SCHEME);
        span.setTag(TagConstants.EXCHANGE_ID, exchange.getExchangeId());
        if (endpoint instanceof CliniceaEndpoint clinicea) {
            span.setTag(TagConstants.SERVER_ADDRESS, clinicea.getServiceUrl());
            span.setTag("clinicea.resource", clinicea.resource().name());
            operation(exchange, clinicea).ifPresent(operation -> span.setTag("clinicea.operation", operation));
            if (emits(exchange, clinicea)) {
                tagRow(span, exchange.getIn());
            } else {
                CallReport.request(exchange, span);
            }
        }
    }

    private static void tagRow(Span span, Message message) {
        Object status = message.getHeader(CliniceaConstants.DATA_STATUS);
        Arrays.stream(DataStatus.values())
                .map(DataStatus::wireName)
                .filter(known -> known.equals(status))
                .forEach(known -> span.setTag("clinicea.status", known));
        if (message.getHeader(CliniceaConstants.ATTEMPT) instanceof Integer attempt) {
            span.setTag("clinicea.attempts", attempt.toString());
        }
        if (message.getHeader(CliniceaConstants.RECORD_IDS) instanceof Collection<?> rows) {
            span.setTag("clinicea.rows", Integer.toString(rows.size()));
        }
    }

    @Override
    public void afterTracingEvent(Span span, Exchange exchange) {
        CallReport report = CallReport.take(exchange, span);
        if (report != null && report.operation() != null) {
            span.setTag("clinicea.operation", report.operation());
            span.setTag("clinicea.attempts", Integer.toString(report.attempts()));
            if (report.status() > 0) {
                span.setTag(TagConstants.HTTP_STATUS, Integer.toString(report.status()));
            }
        }
        if (exchange.isFailed()) {
            span.setError(true);
            if (exchange.getException() != null) {
                span.setTag("error.type", exchange.getException().getClass().getName());
            }
        }
    }

    private static Optional<String> operation(Exchange exchange, CliniceaEndpoint endpoint) {
        return emits(exchange, endpoint)
                ? Optional.of("changes")
                : RequestedOperation.known(endpoint, exchange.getMessage());
    }

    /** Returns whether the endpoint's consumer emits the exchange. Otherwise its producer is about to be called. */
    private static boolean emits(Exchange exchange, CliniceaEndpoint endpoint) {
        return exchange.getFromEndpoint() == endpoint && exchange.getProperty(ExchangePropertyKey.TO_ENDPOINT) == null;
    }
}
