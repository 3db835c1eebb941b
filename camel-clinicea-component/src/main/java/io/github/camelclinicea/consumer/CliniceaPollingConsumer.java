/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import io.github.camelclinicea.CliniceaEndpoint;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.IsSingleton;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.support.PollingConsumerSupport;

/**
 * Receives one row at a time for {@code pollEnrich}, {@code poll} or a {@code ConsumerTemplate}. All callers of an
 * endpoint share its {@link PolledRows}. A row counts as delivered when the exchange that took it completes.
 *
 * <p>Specified by {@code CliniceaPollingConsumerTest}.
 */
public final class CliniceaPollingConsumer extends PollingConsumerSupport implements IsSingleton {
    private final CliniceaEndpoint endpoint;
    private PolledRows rows;

    /**
     * Creates a polling consumer. The endpoint calls it.
     *
     * @param endpoint the endpoint to poll; it has a change list
     */
    public CliniceaPollingConsumer(CliniceaEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    protected synchronized void doStart() throws Exception {
        rows = endpoint.joinPolledRows();
    }

    @Override
    protected synchronized void doStop() throws Exception {
        rows.leave();
        super.doStop();
    }

    /** Returns the endpoint's rows; new ones if those of before were stopped, as after a reload of the context. */
    private synchronized PolledRows rows() {
        boolean mayJoin = isRunAllowed()
                && endpoint.isRunAllowed()
                && !endpoint.getCamelContext().isStopping();
        if (!rows.isRunAllowed() && mayJoin) {
            try {
                rows = endpoint.joinPolledRows();
            } catch (Exception e) {
                throw RuntimeCamelException.wrapRuntimeCamelException(e);
            }
        }
        return rows;
    }

    /** Returns the next row at once, or null. A poll then begins, whose rows the next call gets. */
    @Override
    public Exchange receiveNoWait() {
        return receive(0);
    }

    /** Waits for the next row; returns null if it is stopped or interrupted first. */
    @Override
    public Exchange receive() {
        return receive(Long.MAX_VALUE);
    }

    /**
     * Waits for the next row.
     *
     * @param timeout the longest wait in milliseconds
     * @return the row; null if none came in time, also if polls failed
     */
    @Override
    public Exchange receive(long timeout) {
        if (!isStarted()) {
            throw new RejectedExecutionException(this + " is not started, but in state: " + getStatus());
        }
        try {
            return rows().take(TimeUnit.MILLISECONDS.toNanos(timeout), this::isRunAllowed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    @Override
    public boolean isSingleton() {
        return true;
    }
}
