/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer;

import io.github.camelclinicea.CliniceaEndpoint;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.CliniceaUploadException;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.event.CliniceaWriteEvent;
import io.github.camelclinicea.event.CliniceaWriteEvent.Outcome;
import io.github.camelclinicea.event.EventPublisher;
import io.github.camelclinicea.producer.message.OperationResult;
import java.time.Duration;
import org.apache.camel.Exchange;

/**
 * Publishes one event for each write, however it ends. Operations that only read have no event.
 *
 * <p>Specified by {@code AuditTest}.
 */
final class WriteAudit {
    private final CliniceaEndpoint endpoint;
    private final Operation operation;
    private final Exchange exchange;
    private final long startedAt = System.nanoTime();
    private String recordId;

    /**
     * @param endpoint the endpoint of the producer
     * @param operation the operation; begins now
     * @param exchange the exchange with its message
     */
    WriteAudit(CliniceaEndpoint endpoint, Operation operation, Exchange exchange) {
        this.endpoint = endpoint;
        this.operation = operation;
        this.exchange = exchange;
    }

    /**
     * Sets the id of the record that the event names.
     *
     * @param id the id; null keeps the earlier one
     */
    void about(String id) {
        if (id != null) {
            recordId = id;
        }
    }

    /**
     * Publishes that the operation was done.
     *
     * @param result its result
     */
    void succeeded(OperationResult result) {
        about(result.recordId());
        publish(Outcome.DONE);
    }

    /**
     * Publishes that the operation was refused, failed, or has an unknown outcome.
     *
     * @param cause the failure, from which the outcome follows
     */
    void failed(Throwable cause) {
        if (cause instanceof CliniceaUploadException upload) {
            about(upload.getDocumentId());
        }
        publish(outcome(cause));
    }

    /** Returns how an operation ended that failed with an exception. */
    static Outcome outcome(Throwable cause) {
        if (cause instanceof IllegalArgumentException) {
            return Outcome.REFUSED;
        }
        if (!(cause instanceof CliniceaException failure)) {
            return Outcome.FAILED;
        }
        if (failure.isMaybeDone()) {
            return Outcome.OUTCOME_UNKNOWN;
        }
        int status = failure.getHttpResponseCode();
        boolean isRefusal = status > 0 && status < 500 && !(cause instanceof CliniceaUploadException);
        return isRefusal ? Outcome.REFUSED : Outcome.FAILED;
    }

    private void publish(Outcome outcome) {
        if (operation.readOnly()) {
            return;
        }
        EventPublisher.tell(
                endpoint.getCamelContext(),
                new CliniceaWriteEvent(
                        endpoint,
                        endpoint.resource().name(),
                        operation.name(),
                        endpoint.getConfiguration().getSyncId(),
                        exchange,
                        recordId,
                        outcome,
                        Duration.ofNanos(System.nanoTime() - startedAt)));
    }
}
