/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.TransactedPolicy;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Runs the exchanges of a consumer in transactions that a {@link TransactedPolicy} makes. The unit of work is done after
 * the transaction has ended, so an exchange completes only once it is committed. Used by one thread at a time.
 */
final class RouteTransaction extends ServiceSupport {
    private final DefaultConsumer consumer;
    private final TransactedPolicy policy;
    private Processor transacted;
    private AsyncProcessor work;

    /**
     * Creates it for a consumer whose route is known when it starts.
     *
     * @param consumer has the route
     * @param policy makes the transactions
     */
    RouteTransaction(DefaultConsumer consumer, TransactedPolicy policy) {
        this.consumer = consumer;
        this.policy = policy;
    }

    @Override
    protected void doStart() {
        if (transacted == null) {
            Route route = consumer.getRoute();
            policy.beforeWrap(route, (NamedNode) route.getRoute());
            transacted = policy.wrap(route, new Work());
        }
        ServiceHelper.startService(transacted);
    }

    @Override
    protected void doStop() {
        ServiceHelper.stopService(transacted);
    }

    /**
     * Runs some work in a transaction and returns when that has ended. It is rolled back if the exchange failed or is
     * marked for that. Throws nothing: a failure, one of the commit included, is the exchange's.
     *
     * @param exchange the exchange, which has a unit of work
     * @param work what happens in the transaction
     */
    void run(Exchange exchange, AsyncProcessor work) {
        this.work = work;
        try {
            transacted.process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        } finally {
            this.work = null;
        }
    }

    /** Stands inside the policy, which wraps a processor once, and runs the work of the present exchange. */
    private final class Work extends AsyncProcessorSupport {
        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            return work.process(exchange, callback);
        }
    }
}
