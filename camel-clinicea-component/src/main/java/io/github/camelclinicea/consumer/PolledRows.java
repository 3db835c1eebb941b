/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import io.github.camelclinicea.CliniceaEndpoint;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.PooledExchange;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckRepository;
import org.apache.camel.support.EventDrivenPollingConsumer;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.HealthCheckComponent;
import org.apache.camel.support.UnitOfWorkHelper;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Queues the rows of an endpoint for callers that take them by themselves. A call returns the next row that is queued.
 * If none is, it requests a poll of the list at once, and again after each {@code delay}, until a row comes or its
 * timeout ends. The poll runs on another thread. It goes on after the timeout, and its rows are for the next call.
 *
 * <p>After a stop, the rows that nobody took are read from the list again.
 *
 * <p>Specified by {@code CliniceaPollingConsumerTest}.
 */
public final class PolledRows extends EventDrivenPollingConsumer implements PolledRowsRegistry.Abandonable {
    /** How often a wait checks whether its caller is being stopped. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final CliniceaEndpoint endpoint;
    private final BlockingQueue<Exchange> rows;
    private final AtomicInteger callers = new AtomicInteger();
    private final AtomicInteger users = new AtomicInteger();
    private CliniceaConsumer consumer;
    private boolean endpointWasKnown;

    /** @param endpoint the endpoint to poll; it has a change list */
    public PolledRows(CliniceaEndpoint endpoint) {
        this(endpoint, newQueue(endpoint.getPollingConsumerQueueSize()));
        setBlockWhenFull(endpoint.isPollingConsumerBlockWhenFull());
        setBlockTimeout(endpoint.getPollingConsumerBlockTimeout());
        setCopy(endpoint.isPollingConsumerCopy());
    }

    private PolledRows(CliniceaEndpoint endpoint, BlockingQueue<Exchange> rows) {
        super(endpoint, rows);
        this.endpoint = endpoint;
        this.rows = rows;
    }

    private static BlockingQueue<Exchange> newQueue(int size) {
        return size > 0 ? new ArrayBlockingQueue<>(size) : new LinkedBlockingQueue<>();
    }

    @Override
    protected Consumer createConsumer() throws Exception {
        consumer = (CliniceaConsumer) super.createConsumer();
        consumer.requests().serveCallers(() -> rows.isEmpty() || rows.size() < callers.get());
        return consumer;
    }

    /** Starts the consumer at once, so that its failure reaches the caller. */
    @Override
    protected void doStart() throws Exception {
        endpointWasKnown = isEndpointKnown();
        endpoint.polledRowsRegistry().add(this);
        try {
            ServiceHelper.startService(consumer);
        } catch (RuntimeException e) {
            // Camel shuts no service down that failed to start.
            endpoint.polledRowsRegistry().remove(this);
            endpoint.consumers().remove(consumer);
            throw e;
        }
        HealthCheckRegistry health = HealthCheckRegistry.get(endpoint.getCamelContext());
        if (health != null && checksConsumers(health)) {
            // Camel's repository of these checks asks the consumers of routes only.
            health.register(consumer.getHealthCheck());
        }
    }

    private boolean checksConsumers(HealthCheckRegistry health) {
        return ((HealthCheckComponent) endpoint.getComponent()).isHealthCheckConsumerEnabled()
                && health.getRepository("consumers")
                        .filter(HealthCheckRepository::isEnabled)
                        .isPresent();
    }

    @Override
    protected void doStop() throws Exception {
        HealthCheckRegistry health = HealthCheckRegistry.get(endpoint.getCamelContext());
        if (health != null) {
            health.unregister(consumer.getHealthCheck());
        }
        super.doStop();
        endpoint.polledRowsRegistry().remove(this);
    }

    /** Counts a polling consumer that uses these rows from now on. */
    public void join() {
        users.incrementAndGet();
    }

    /** Takes off a polling consumer that {@link #join} counted. */
    void leave() {
        users.decrementAndGet();
    }

    @Override
    public boolean isAbandoned() {
        return users.get() == 0 || isOfDroppedEndpoint();
    }

    @Override
    public boolean isOfDroppedEndpoint() {
        return endpointWasKnown && !isEndpointKnown();
    }

    private boolean isEndpointKnown() {
        return endpoint.getCamelContext().getEndpoints().stream().anyMatch(known -> known == endpoint);
    }

    /** Returns the exchange as it is: {@link #process} has copied it. */
    @Override
    protected Exchange prepareCopy(Exchange exchange, boolean handover) {
        return exchange;
    }

    /** Queues a row. A row that cannot be queued fails. Camel completes no exchange outside of a route by itself. */
    @Override
    public void process(Exchange exchange) throws Exception {
        Exchange row = withoutReuse(exchange);
        try {
            super.process(row);
        } catch (Exception e) {
            exchange.setException(e);
            row.setException(e);
            UnitOfWorkHelper.doneSynchronizations(
                    row, row.getExchangeExtension().handoverCompletions());
        }
    }

    /**
     * Copies an exchange that is used again, or whose copy was asked for. The copy has no unit of work, as all other
     * exchanges in the queue. The completions go over to it.
     */
    private Exchange withoutReuse(Exchange exchange) {
        return isCopy() || exchange instanceof PooledExchange
                ? ExchangeHelper.createCorrelatedCopy(exchange, true, true)
                : exchange;
    }

    /**
     * Returns the next row, after waiting for it if necessary.
     *
     * @param timeout the longest wait in nanoseconds
     * @param goesOn returns whether the caller still waits
     * @return the row; null if none came in time
     */
    Exchange take(long timeout, BooleanSupplier goesOn) throws InterruptedException {
        callers.incrementAndGet();
        try {
            Exchange row = await(timeout, goesOn);
            // The empty message of sendEmptyMessageWhenIdle has no headers and nothing to complete.
            if (row != null && row.getMessage().hasHeaders()) {
                consumer.taken().took(row);
            }
            return row;
        } finally {
            callers.decrementAndGet();
        }
    }

    private Exchange await(long timeout, BooleanSupplier goesOn) throws InterruptedException {
        long delay = consumer.getTimeUnit().toNanos(Math.max(1, consumer.getDelay()));
        long startedAt = System.nanoTime();
        long nextPoll = 0;
        Exchange row = rows.poll();
        while (row == null && isRunAllowed() && goesOn.getAsBoolean()) {
            long waited = System.nanoTime() - startedAt;
            if (waited >= nextPoll) {
                consumer.requests().requestIfStarted();
                nextPoll = waited + delay;
            }
            if (waited >= timeout) {
                return rows.poll();
            }
            row = rows.poll(Math.min(timeout - waited, LOOK_NANOS), TimeUnit.NANOSECONDS);
        }
        return row;
    }
}
