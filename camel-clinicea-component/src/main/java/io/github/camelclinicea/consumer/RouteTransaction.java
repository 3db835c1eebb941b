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

/**
 * Runs the exchanges of a route in transactions that a {@link TransactedPolicy} makes. It outlives the consumer: a
 * policy needs the definition of the route, which Camel forgets once the route has started. Used by any thread.
 *
 * <p>Specified by {@code TransactedRouteTest}.
 */
public final class RouteTransaction {
    private final Processor transacted;

    /** The work of the exchange that the present thread runs: a policy wraps one processor for all of them. */
    private final ThreadLocal<AsyncProcessor> work = new ThreadLocal<>();

    /**
     * Creates the transactions of a route.
     *
     * @param route the route, which has not started for the first time
     * @param policy makes the transactions
     */
    public RouteTransaction(Route route, TransactedPolicy policy) {
        policy.beforeWrap(route, route.getRoute());
        transacted = policy.wrap(route, new AsyncProcessorSupport() {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                try {
                    return work.get().process(exchange, callback);
                } catch (RuntimeException | Error e) {
                    // Camel would ignore it, and would wait for the callback for ever.
                    exchange.setException(e);
                    callback.done(true);
                    return true;
                }
            }
        });
        ServiceHelper.startService(transacted);
    }

    /**
     * Runs some work in a transaction and returns when that has ended. It is rolled back if the exchange failed or is
     * marked for rollback. A failure, also of the commit, becomes the exception of the exchange.
     *
     * @param exchange the exchange, with a unit of work
     * @param inside the steps inside the transaction
     */
    void run(Exchange exchange, AsyncProcessor inside) {
        work.set(inside);
        try {
            transacted.process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        } finally {
            work.remove();
        }
    }

    /**
     * Proves that a repository takes part in the transactions: adds a key, rolls back, and looks whether the key is
     * gone.
     *
     * @param consumer creates the exchange
     * @param repository a started repository
     * @param key a key that nothing else uses
     * @throws NotTransactedException if the repository still has the key
     * @throws Exception if the repository or the transaction manager failed
     */
    void prove(DefaultConsumer consumer, IdempotentRepository repository, String key) throws Exception {
        repository.remove(key);
        Exchange exchange = consumer.getEndpoint().createExchange();
        consumer.createUoW(exchange).onPrepare(exchange);
        boolean[] added = {false};
        try {
            run(exchange, new AsyncProcessorSupport() {
                @Override
                public boolean process(Exchange same, AsyncCallback callback) {
                    try {
                        added[0] = repository.add(key);
                    } catch (RuntimeException e) {
                        same.setException(new IllegalStateException(
                                "transacted=true: the idempotentRepository could not add a key inside the transaction"
                                        + " of the route. With JTA, give it a TransactionTemplate of the transaction"
                                        + " manager",
                                e));
                    }
                    same.setRollbackOnly(true);
                    same.getExchangeExtension().setRedeliveryExhausted(true);
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
                    "transacted=true: the idempotentRepository takes no part in the transaction"
                            + " of the route. A key that was added to it was still there after a rollback. Set"
                            + " stateDataSource to the DataSource of the transaction manager, or use a"
                            + " JdbcSyncRepository on it");
        }
    }
}
