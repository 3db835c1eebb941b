/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.TransactedPolicy;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Runs the exchanges of a consumer in transactions that a {@link TransactedPolicy} makes. The unit of work is done
 * after the transaction has ended, so an exchange completes only once it is committed. Used by one thread at a time.
 *
 * <p>Specified by {@code TransactedRouteTest}.
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
            if (route == null) {
                throw new IllegalStateException(
                        "transacted=true needs a route: poll by from(), not by pollEnrich or a" + " ConsumerTemplate");
            }
            policy.beforeWrap(route, route.getRoute());
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

    /**
     * Proves that a repository takes part in the transactions: adds a key, rolls back, and looks whether the key is
     * gone.
     *
     * @param repository a started repository
     * @param key a key that nothing else uses
     * @throws NotTransactedException if the repository still has the key
     * @throws Exception if the repository or the transaction manager failed
     */
    void prove(IdempotentRepository repository, String key) throws Exception {
        repository.remove(key);
        Exchange exchange = consumer.getEndpoint().createExchange();
        consumer.createUoW(exchange).onPrepare(exchange);
        boolean[] added = {false};
        try {
            run(exchange, new AsyncProcessorSupport() {
                @Override
                public boolean process(Exchange same, AsyncCallback callback) {
                    added[0] = repository.add(key);
                    same.setRollbackOnly(true);
                    callback.done(true);
                    return true;
                }
            });
        } finally {
            consumer.doneUoW(exchange);
        }
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        if (!added[0] || repository.contains(key)) {
            repository.remove(key);
            throw new NotTransactedException(
                    "transacted=true: the idempotentRepository takes no part in the transaction of"
                            + " the route. A key that was added to it was still there after a rollback. Use a JdbcSyncRepository on"
                            + " the DataSource of the transaction manager");
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
