/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.support.ScheduledPollConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the polls of a consumer that are requested, each on a thread of its own, in turn with the scheduled ones.
 * Requests during a poll lead to one more poll right after it. Used by any thread.
 *
 * <p>Specified by {@code RequestedPollsTest}, {@code PollNowTest} and {@code CliniceaPollingConsumerTest}.
 */
final class RequestedPolls {
    private static final Logger LOG = LoggerFactory.getLogger(RequestedPolls.class);

    /** How long a caller's request waits for rows in flight. Most routes complete a row in less. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final PollTurns turns = new PollTurns();
    private final ScheduledPollConsumer consumer;
    private final Runnable poll;

    /** Returns whether a requested poll is still wanted; null if polls are scheduled, too. */
    private volatile BooleanSupplier wanted;

    /** The thread that runs a requested poll; null if none does. A thread that waits for its turn ends by itself. */
    private volatile Thread running;

    /**
     * @param consumer the consumer that polls
     * @param poll polls once
     */
    RequestedPolls(ScheduledPollConsumer consumer, Runnable poll) {
        this.consumer = consumer;
        this.poll = poll;
    }

    /**
     * Makes the consumer poll on the request of callers only. To be called before it starts.
     *
     * @param wanted returns whether a requested poll is still wanted when its turn comes
     */
    void serveCallers(BooleanSupplier wanted) {
        consumer.setStartScheduler(false);
        this.wanted = wanted;
    }

    /** Returns whether the consumer polls on the request of callers only. */
    boolean serveCallers() {
        return wanted != null;
    }

    /** Runs a scheduled poll, unless a requested one runs. */
    void runScheduled(Runnable scheduled) {
        if (!serveCallers() && !turns.runScheduled(scheduled)) {
            LOG.debug("Route {}: a requested poll runs, so the scheduled one is skipped", consumer.getRouteId());
        }
    }

    /**
     * Begins a poll at once, or right after the one that runs. Returns before it ends.
     *
     * @return what will happen, in one sentence
     * @throws IllegalStateException if the consumer is stopped or suspended
     */
    String request() {
        requireMayPoll();
        boolean wasBusy = isBusy();
        if (turns.request()) {
            start();
        }
        return wasBusy ? "A poll is running. The next one begins right after it" : "A poll begins";
    }

    /** Returns whether a poll runs, scheduled or requested. */
    boolean isBusy() {
        return turns.isBusy();
    }

    /** Requests a poll like {@link #request}; does nothing if the consumer is stopped or suspended. */
    void requestIfStarted() {
        if (mayPoll() && turns.request()) {
            start();
        }
    }

    /** @throws IllegalStateException if the consumer is stopped or suspended */
    void requireMayPoll() {
        if (!mayPoll()) {
            throw new IllegalStateException("Route " + consumer.getRouteId() + " is "
                    + (consumer.isSuspendingOrSuspended() ? "suspended" : "stopped")
                    + ", so it does not poll. Start or resume it");
        }
    }

    /** Returns whether the consumer is started and not suspended. */
    boolean mayPoll() {
        return consumer.isStarted() && !consumer.isSuspendingOrSuspended() && consumer.isRunAllowed();
    }

    private boolean isWanted() {
        return mayPoll() && (wanted == null || wanted.getAsBoolean());
    }

    /**
     * Returns whether the poll that runs may wait for its rows. A caller must not have to wait for rows that another
     * caller has taken, and perhaps never completes.
     */
    boolean mayWaitForRows() {
        return wanted == null || !turns.hasRequestWaited(PATIENCE) || !wanted.getAsBoolean();
    }

    private void start() {
        boolean started = false;
        try {
            CamelContext camel = consumer.getEndpoint().getCamelContext();
            Thread thread = camel.getExecutorServiceManager().newThread("CliniceaPollNow", this::run);
            thread.setContextClassLoader(camel.getApplicationContextClassLoader());
            thread.start();
            started = true;
        } finally {
            if (!started) {
                turns.withdraw();
            }
        }
    }

    private void run() {
        if (!turns.runRequested(this::runInTurn, this::isWanted)) {
            LOG.debug("Route {}: a poll was no longer wanted when its turn came", consumer.getRouteId());
        }
    }

    private void runInTurn() {
        running = Thread.currentThread();
        try {
            poll.run();
        } finally {
            running = null;
        }
    }

    /** Interrupts a requested poll, as Camel does with a scheduled one. */
    void interrupt() {
        Thread thread = running;
        if (thread != null && thread != Thread.currentThread()) {
            thread.interrupt();
        }
    }
}
