/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer;

import io.github.camelclinicea.CliniceaOperation;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.event.CliniceaWriteEvent.Outcome;
import io.github.camelclinicea.row.RequestListener;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HttpResponseAware;

/**
 * Counts one call of an operation and its requests, for the statistics of the producers, the meters and a trace.
 *
 * <p>Specified by {@code CliniceaProducerHealthCheckTest} and {@code CliniceaSpanDecoratorTest}.
 */
final class ObservedCall implements RequestListener {
    private final String operation;
    private final OperationStatistics statistics;
    private final ProducerObserver meters;
    private final CallReport report;
    private final long startedAt = System.nanoTime();
    private final AtomicInteger attempts = new AtomicInteger();

    /**
     * @param operation the operation; null for a list whose look-up is not known yet
     * @param statistics counts the call
     * @param meters measures the call
     * @param exchange the exchange with the message
     */
    ObservedCall(Operation operation, OperationStatistics statistics, ProducerObserver meters, Exchange exchange) {
        this.operation = operation == null ? CliniceaOperation.LIST.verb() : operation.name();
        this.statistics = statistics;
        this.meters = meters;
        this.report = CallReport.of(exchange);
    }

    @Override
    public void sent() {
        attempts.incrementAndGet();
    }

    @Override
    public void waiting() {}

    @Override
    public void answered(Duration took) {}

    @Override
    public void refused(long sentAt) {}

    /** Reports that the call succeeded. */
    void succeeded(int status) {
        statistics.succeeded(operation);
        ended(Outcome.DONE, status);
    }

    /** Reports that the call failed. */
    void failed(Throwable cause) {
        statistics.failed(operation, cause);
        ended(
                WriteAudit.outcome(cause),
                cause instanceof HttpResponseAware response ? response.getHttpResponseCode() : 0);
    }

    private void ended(Outcome outcome, int status) {
        meters.operated(operation, outcome, Duration.ofNanos(System.nanoTime() - startedAt));
        if (report != null) {
            report.ended(operation, attempts.get(), status);
        }
    }
}
