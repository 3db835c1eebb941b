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
 * Keeps polling after an {@code Error}, and after Camel forced a suspend. A consumer of Camel's own would never poll
 * again after either.
 *
 * <p>Specified by {@code ErrorsTest} and {@code ForcedSuspendTest}.
 */
abstract class ResilientPollConsumer extends ScheduledBatchPollingConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(ResilientPollConsumer.class);

    private volatile Throwable pollFailure;

    private final SafeExceptionHandler exceptionHandler = new SafeExceptionHandler(
            super::getExceptionHandler, () -> pollFailure, failure -> failures().failed(failure));

    private final RequestedPolls requests = new RequestedPolls(this, this::runWithoutBackoff);
    private boolean ranPoll;

    /**
     * Admits one poll at a time. A poll that hangs in the route keeps its thread while the consumer is stopped and
     * started.
     */
    private final Semaphore onePoll = new Semaphore(1);

    /** Whether Camel's task of a forced suspend may call {@link #suspend} once more, after the route was resumed. */
    private boolean lateSuspendExpected;

    ResilientPollConsumer(Endpoint endpoint, Processor processor) {
        super(endpoint, processor);
    }

    /** Polls once and returns the number of rows emitted. No two calls run at the same time. */
    abstract int pollAlone() throws Exception;

    /** Called when the back-off options skipped a poll. */
    abstract void pollLeftOut();

    /** Returns the log of failed polls. */
    abstract PollFailureLog failures();

    /** Returns the resource, as in the endpoint URI. */
    abstract String resource();

    @Override
    public void setRoute(Route route) {
        super.setRoute(route);
        if (getRouteId() == null && route != null) {
            // Behind master:, Camel does not set it.
            setRouteId(route.getRouteId());
        }
        ResumeAfterForcedStop.addTo(route, this::startAfterForcedStop);
    }

    /** Called when the route is resumed. If its suspend was forced, this consumer is still stopped or suspended. */
    private void startAfterForcedStop() {
        lock.lock();
        try {
            if (isStopped()) {
                lateSuspendExpected = true;
                // A resume keeps the rows in flight. A start would forget them.
                super.suspend();
            }
            resume();
        } finally {
            lock.unlock();
        }
    }

    /** Ignores the late end of a forced suspend. Camel interrupts its task, but does not wait until it ends. */
    @Override
    public void suspend() {
        lock.lock();
        try {
            if (lateSuspendExpected && Thread.currentThread().isInterrupted()) {
                LOG.debug("Route {}: an earlier suspend ended after the resume and is ignored", getRouteId());
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

    /** Throws nothing: a scheduler drops a task that throws. */
    @Override
    public void run() {
        requests.runScheduled(this::runOnce);
    }

    /** Returns the polls that are requested from outside the schedule. */
    final RequestedPolls requests() {
        return requests;
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        requests.interrupt();
    }

    /** Runs until a poll has begun: the back-off options leave out a number of runs. */
    private void runWithoutBackoff() {
        ranPoll = false;
        for (int run = 0; run <= getBackoffMultiplier() && !ranPoll; run++) {
            runOnce();
        }
    }

    private void runOnce() {
        int skippedBefore = getBackoffCounter();
        try {
            super.run();
        } catch (RuntimeException | Error e) {
            LOG.error("Route {}: a poll ended in {}; the next one begins as scheduled", getRouteId(), ErrorName.of(e));
        }
        if (getBackoffCounter() > skippedBefore) {
            pollLeftOut();
        }
    }

    @Override
    protected int poll() throws Exception {
        ranPoll = true;
        if (!onePoll.tryAcquire()) {
            LOG.debug("Route {}: the previous poll has not ended, so this one is skipped", getRouteId());
            return 0;
        }
        try {
            return pollAlone();
        } catch (Exception e) {
            pollFailure = e;
            throw e;
        } catch (Error e) {
            CliniceaException failure = failureOf(e);
            pollFailure = failure;
            throw failure;
        } finally {
            onePoll.release();
        }
    }

    /**
     * Sends the empty message of {@code sendEmptyMessageWhenIdle}, unless another poll is running, which was not
     * idle.
     */
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

    /** Runs an action if no poll is running. No poll begins before the action ends. */
    final void betweenPolls(Runnable action) {
        if (onePoll.tryAcquire()) {
            try {
                action.run();
            } finally {
                onePoll.release();
            }
        }
    }

    /**
     * Returns an exception with the error's class and stack trace. The error's message may contain content of a
     * record.
     */
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
