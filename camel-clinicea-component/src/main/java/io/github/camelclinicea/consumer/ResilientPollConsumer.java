/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import io.github.camelclinicea.CliniceaException;
import java.util.concurrent.Semaphore;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.support.ScheduledBatchPollingConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A polling consumer that goes on polling whatever a poll ends in, an {@code Error} included, and whatever Camel does to it
 * meanwhile. With Camel's own, an {@code Error} ends the schedule for good.
 */
abstract class ResilientPollConsumer extends ScheduledBatchPollingConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(ResilientPollConsumer.class);

    private final SafeExceptionHandler exceptionHandler = new SafeExceptionHandler(super::getExceptionHandler);

    /** A poll that hangs in the route goes on in its thread when the consumer is stopped and started again. */
    private final Semaphore onePoll = new Semaphore(1);

    /** The Camel task whose suspend was forced may suspend once more, after its route was resumed. */
    private boolean lateSuspendExpected;

    ResilientPollConsumer(Endpoint endpoint, Processor processor) {
        super(endpoint, processor);
    }

    /** Polls once. No other call of it is under way. */
    abstract int pollAlone() throws Exception;

    /** Called after the scheduler's time had come and the back-off options left the poll out. */
    abstract void pollLeftOut();

    /** Returns the resource, as in the endpoint URI. */
    abstract String resource();

    @Override
    public void setRoute(Route route) {
        super.setRoute(route);
        ResumeAfterForcedStop.addTo(route, this::startAfterForcedStop);
    }

    /** Called when the route was resumed. If its suspend had been forced, this consumer is stopped or suspended still. */
    private void startAfterForcedStop() {
        lock.lock();
        try {
            if (isStopped()) {
                lateSuspendExpected = true;
                // A start would forget the rows in flight, which a resume keeps.
                super.suspend();
            }
            resume();
        } finally {
            lock.unlock();
        }
    }

    /** Leaves out what a forced suspend does late. Camel interrupts its task and does not wait for the task's end. */
    @Override
    public void suspend() {
        lock.lock();
        try {
            if (lateSuspendExpected && Thread.currentThread().isInterrupted()) {
                LOG.debug(
                        "Route {}: the end of an earlier suspend came after the resume and is left out", getRouteId());
                return;
            }
            lateSuspendExpected = false;
            super.suspend();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public ExceptionHandler getExceptionHandler() {
        return exceptionHandler;
    }

    /** Throws nothing: a scheduler drops a task that does. */
    @Override
    public void run() {
        int leftOut = getBackoffCounter();
        try {
            super.run();
        } catch (RuntimeException | Error e) {
            LOG.error("Route {}: a poll ended in {}; the next one begins as scheduled", getRouteId(), ErrorName.of(e));
        }
        if (getBackoffCounter() > leftOut) {
            pollLeftOut();
        }
    }

    @Override
    protected int poll() throws Exception {
        if (!onePoll.tryAcquire()) {
            LOG.debug("Route {}: the poll before has not ended, so this one is left out", getRouteId());
            return 0;
        }
        try {
            return pollAlone();
        } catch (Error e) {
            throw failureOf(e);
        } finally {
            onePoll.release();
        }
    }

    /** A poll that was left out has not found that there is nothing. */
    @Override
    protected void processEmptyMessage() throws Exception {
        if (onePoll.tryAcquire()) {
            Exchange exchange = getEndpoint().createExchange();
            try {
                getProcessor().process(exchange);
            } catch (Error e) {
                AbandonedExchange.end(exchange, e);
                throw failureOf(e);
            } finally {
                onePoll.release();
            }
        }
    }

    /** Runs something if no poll is under way, and keeps polls from beginning meanwhile. */
    final void betweenPolls(Runnable action) {
        if (onePoll.tryAcquire()) {
            try {
                action.run();
            } finally {
                onePoll.release();
            }
        }
    }

    /** Leaves out what the error says, which may be anything, and keeps the way to where it was thrown. */
    private CliniceaException failureOf(Error error) {
        CliniceaException failure = new CliniceaException(
                "The poll of " + resource() + " failed with " + ErrorName.of(error),
                resource(),
                "changes",
                0,
                true,
                null);
        failure.setStackTrace(error.getStackTrace());
        return failure;
    }
}
