/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer;

import io.github.camelclinicea.CliniceaEndpoint;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.CliniceaUploadException;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.event.CliniceaWriteEvent;
import io.github.camelclinicea.event.CliniceaWriteEvent.Outcome;
import io.github.camelclinicea.event.EventPublisher;
import io.github.camelclinicea.producer.message.Reply;
import java.time.Duration;
import org.apache.camel.Exchange;

/** Tells of one call if it is a write, however it ends. */
final class WriteAudit {
    /** The call. */
    @FunctionalInterface
    interface Call {
        Reply make() throws CliniceaException, InterruptedException;
    }

    private final CliniceaEndpoint endpoint;
    private final Operation write;
    private final Exchange exchange;
    private final long begun = System.nanoTime();
    private String recordId;

    /**
     * @param endpoint whose call it is
     * @param write the operation, or null if it only reads, of which nothing is told
     * @param exchange what is to be written
     */
    WriteAudit(CliniceaEndpoint endpoint, Operation write, Exchange exchange) {
        this.endpoint = endpoint;
        this.write = write;
        this.exchange = exchange;
    }

    /** @param id the record that it is about; null for what is known already */
    void about(String id) {
        if (id != null) {
            recordId = id;
        }
    }

    /**
     * @param call the call
     * @return what came of it
     */
    Reply of(Call call) throws CliniceaException, InterruptedException {
        try {
            Reply reply = call.make();
            about(reply.recordId());
            tell(Outcome.DONE);
            return reply;
        } catch (Throwable e) {
            if (e instanceof CliniceaUploadException upload) {
                about(upload.getDocumentId());
            }
            tell(outcome(e));
            throw e;
        }
    }

    private static Outcome outcome(Throwable e) {
        if (e instanceof IllegalArgumentException) {
            return Outcome.REFUSED;
        }
        if (!(e instanceof CliniceaException failure)) {
            return Outcome.FAILED;
        }
        if (failure.isMaybeDone()) {
            return Outcome.OUTCOME_UNKNOWN;
        }
        int status = failure.getHttpResponseCode();
        boolean answered = status > 0 && status < 500;
        return answered && !(e instanceof CliniceaUploadException) ? Outcome.REFUSED : Outcome.FAILED;
    }

    private void tell(Outcome outcome) {
        if (write != null) {
            EventPublisher.tell(
                    endpoint.getCamelContext(),
                    new CliniceaWriteEvent(
                            endpoint,
                            endpoint.resource().name(),
                            write.name(),
                            endpoint.getConfiguration().getSyncId(),
                            exchange,
                            recordId,
                            outcome,
                            Duration.ofNanos(System.nanoTime() - begun)));
        }
    }
}
