/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer;

import io.github.camelclinicea.CliniceaEndpoint;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.client.CliniceaClient;
import io.github.camelclinicea.producer.message.Arguments;
import io.github.camelclinicea.producer.message.OperationResult;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultAsyncProducer;

/**
 * Performs one operation for each exchange and sets its failure on the exchange. A wrong argument is an
 * {@code IllegalArgumentException}, before anything is sent; a failed request is a {@link CliniceaException}.
 *
 * <p>The HTTP client blocks until the response comes, so an operation occupies a thread. It runs on one of the
 * component's {@link CallThreads}, which frees the route's own thread. It stays on the route's thread if all of those
 * are busy, or if the exchange must not leave its thread.
 */
public class CliniceaProducer extends DefaultAsyncProducer {
    private final CliniceaEndpoint endpoint;
    private final OperationResolver operations;
    private final OperationReport report;

    private CliniceaClient client;
    private OperationInvoker invoker;
    /** Kept after a stop, for a call that is late. */
    private OperationStatistics statistics;

    private boolean counted;

    /**
     * Creates the producer; the endpoint does.
     *
     * @param endpoint the endpoint
     */
    public CliniceaProducer(CliniceaEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        this.operations = new OperationResolver(endpoint.resource(), endpoint.changes());
        this.report = new OperationReport(endpoint::observeProducer);
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        String configured = endpoint.getConfiguration().getOperation();
        if (configured != null) {
            operations.requireKnown(configured);
        }
        if (endpoint.getConfiguration().isFailOnConflict()
                && !endpoint.getConfiguration().isMergeOnUpdate()) {
            throw new IllegalArgumentException(
                    "failOnConflict has no effect without mergeOnUpdate: an update then reads no record that could have"
                            + " changed; set mergeOnUpdate=true, too");
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        client = endpoint.newClient(report);
        invoker = new OperationInvoker(endpoint, operations, client);
        statistics = endpoint.joinStatistics(client.credentialName());
        counted = true;
    }

    @Override
    protected void doStop() throws Exception {
        if (client != null) {
            client.close();
        }
        if (counted) {
            counted = false;
            endpoint.leaveStatistics(statistics);
        }
        super.doStop();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        // A transaction is bound to its thread. The rows of a stream are taken on the thread on which the route
        // continues,
        // so it would occupy one of the component's threads until its last row.
        boolean mayLeave = !exchange.isTransacted()
                && !endpoint.getConfiguration().isSynchronous()
                && !endpoint.getConfiguration().isStreamList();
        if (mayLeave
                && endpoint.callThreads().take(() -> {
                    processHere(exchange);
                    callback.done(false);
                })) {
            return false;
        }
        processHere(exchange);
        callback.done(true);
        return true;
    }

    private void processHere(Exchange exchange) {
        try {
            process(exchange);
        } catch (Throwable e) {
            exchange.setException(e);
        }
    }

    /** Performs the operation on the caller's thread, because the caller waits for it anyway. */
    @Override
    public void process(Exchange exchange) throws Exception {
        // Camel stored the whole URI there, secrets included. A route that logs the exchange's properties would log
        // them.
        exchange.setProperty(ExchangePropertyKey.TO_ENDPOINT, endpoint.toString());
        Message message = exchange.getMessage();
        Operation operation =
                operations.find(RequestedOperation.of(endpoint, message)).orElse(null);
        ObservedCall call = new ObservedCall(operation, statistics, report.begin(exchange), exchange);
        try {
            OperationResult result = operation == null ? list(message, call) : invoke(operation, exchange, call);
            result.onto(message);
            call.succeeded(result.status());
        } catch (Throwable e) {
            call.failed(e);
            throw e;
        }
    }

    private OperationResult list(Message message, ObservedCall call) throws CliniceaException, InterruptedException {
        client.refreshCredentials();
        return invoker.list(message, call);
    }

    private OperationResult invoke(Operation operation, Exchange exchange, ObservedCall call)
            throws CliniceaException, InterruptedException {
        WriteAudit audit = new WriteAudit(endpoint, operation, exchange);
        try {
            Arguments arguments = Arguments.of(exchange.getMessage(), operation);
            audit.about(arguments.recordId());
            client.refreshCredentials();
            OperationResult result = invoker.invoke(operation, arguments, exchange.getMessage(), call);
            audit.succeeded(result);
            return result;
        } catch (Throwable e) {
            audit.failed(e);
            throw e;
        }
    }
}
