/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaEndpoint;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.CliniceaOperation;
import io.github.camelclinicea.client.CliniceaClient;
import io.github.camelclinicea.producer.message.HeaderText;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultAsyncProducer;

/**
 * Makes one call for each exchange. What fails is on the exchange: a wrong argument as an {@code IllegalArgumentException}
 * before anything was sent, a failed call as a {@link CliniceaException}.
 *
 * <p>The HTTP client waits for its answers, so a call needs a thread for as long as it takes. It is one of the component's
 * {@link CallThreads}, so that the route's own thread is free; unless all of those are busy, or the exchange must not leave
 * its thread.
 */
public class CliniceaProducer extends DefaultAsyncProducer {
    private final CliniceaEndpoint endpoint;
    private final OperationResolver operations;

    private CliniceaClient client;
    private OperationInvoker calls;

    /** Made by the endpoint. */
    public CliniceaProducer(CliniceaEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        this.operations = new OperationResolver(endpoint.resource(), endpoint.changes());
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
                    "failOnConflict has no effect without mergeOnUpdate: an update then reads nothing that could have"
                            + " changed; set mergeOnUpdate=true, too");
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        client = endpoint.newClient();
        calls = new OperationInvoker(endpoint, operations, client);
    }

    @Override
    protected void doStop() throws Exception {
        if (client != null) {
            client.close();
        }
        super.doStop();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        // A transaction belongs to its thread; and who takes the rows of a stream would keep one of ours until the
        // last.
        boolean mayLeave = !exchange.isTransacted()
                && !endpoint.getConfiguration().isSynchronous()
                && !endpoint.getConfiguration().isStreamList();
        if (mayLeave
                && endpoint.callThreads().take(() -> {
                    callHere(exchange);
                    callback.done(false);
                })) {
            return false;
        }
        callHere(exchange);
        callback.done(true);
        return true;
    }

    private void callHere(Exchange exchange) {
        try {
            process(exchange);
        } catch (Throwable e) {
            exchange.setException(e);
        }
    }

    /** On the thread of the caller: whoever calls this waits anyway. */
    @Override
    public void process(Exchange exchange) throws Exception {
        // Camel has put the whole URI there, secrets included; whoever logs the exchange's properties would log them.
        exchange.setProperty(ExchangePropertyKey.TO_ENDPOINT, endpoint.toString());
        Message message = exchange.getMessage();
        String wanted = operation(message);
        operations.requireKnown(wanted);
        WriteAudit audit = new WriteAudit(endpoint, operations.write(wanted).orElse(null), exchange);
        audit.of(() -> calls.make(wanted, message, audit::about)).onto(message);
    }

    private String operation(Message message) {
        if (message.getHeader(CliniceaConstants.OPERATION) instanceof CliniceaOperation operation) {
            return operation.verb();
        }
        String header = HeaderText.of(message, CliniceaConstants.OPERATION);
        return header == null ? endpoint.getConfiguration().getOperation() : header;
    }
}
