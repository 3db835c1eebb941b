/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import io.github.camelclinicea.CliniceaEndpoint;
import io.github.camelclinicea.event.CliniceaPollEvent;
import io.github.camelclinicea.event.CliniceaPollEvent.Outcome;
import io.github.camelclinicea.event.EventPublisher;
import io.github.camelclinicea.sync.ChangeSync;
import io.github.camelclinicea.sync.PollResult;
import io.github.camelclinicea.sync.PollResult.End;
import io.github.camelclinicea.sync.SyncCounters;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Reports how each poll of one consumer goes and how it ended: in the log, in the history of the sync, and as an event
 * for an audit trail. Used by the thread that polls, except for {@link #progress}.
 *
 * <p>Specified by {@code AuditTest}, {@code RepositoryAwayTest} and {@code PollLogTest}.
 */
final class PollReport {
    private static final Logger LOG = LoggerFactory.getLogger(PollReport.class);

    /** The state of the counters when a poll began. */
    private record Start(long nanos, Instant at, long emitted, long delivered, long failed, long pages, long requests) {
        Duration since() {
            return Duration.ofNanos(System.nanoTime() - nanos);
        }
    }

    private final CliniceaEndpoint endpoint;
    private final Supplier<String> routeId;
    private final ChangeSync sync;
    private final SyncHistory history;
    private final PollFailureLog failures;
    private final Clock clock;
    private volatile Start start;
    private final Supplier<ConsumerObserver> observer;

    /**
     * @param endpoint the endpoint that is polled
     * @param routeId returns the id of the route, which is known once the route is started
     * @param sync the sync that polls
     * @param history keeps the polls
     * @param failures is notified of polls that do not fail
     * @param clock the local clock
     * @param observer returns the observer of the consumer's current start
     */
    PollReport(
            CliniceaEndpoint endpoint,
            Supplier<String> routeId,
            ChangeSync sync,
            SyncHistory history,
            PollFailureLog failures,
            Clock clock,
            Supplier<ConsumerObserver> observer) {
        this.endpoint = endpoint;
        this.routeId = routeId;
        this.sync = sync;
        this.history = history;
        this.failures = failures;
        this.clock = clock;
        this.observer = observer;
    }

    /** Records that a poll begins. */
    void began() {
        SyncCounters counters = history.counters();
        start = new Start(
                System.nanoTime(),
                clock.instant(),
                counters.rowsEmitted(),
                counters.rowsDelivered(),
                counters.failedAttempts(),
                counters.pagesRead(),
                counters.requests());
    }

    /** Returns the requests of the running poll so far. */
    long requests() {
        return history.counters().requests() - start.requests();
    }

    /** Logs how far the running poll is. Called by a timer. */
    void progress() {
        Start begun = start;
        SyncCounters counters = history.counters();
        if (begun != null) {
            LOG.info(
                    "Sync {}: a poll has been running for {} s: {} rows emitted, {} delivered, {} failed, {} in flight;"
                            + " {} pages read by {} requests",
                    endpoint.syncId(),
                    begun.since().toSeconds(),
                    counters.rowsEmitted() - begun.emitted(),
                    counters.rowsDelivered() - begun.delivered(),
                    counters.failedAttempts() - begun.failed(),
                    sync.rowsInFlight(),
                    counters.pagesRead() - begun.pages(),
                    counters.requests() - begun.requests());
        }
    }

    /**
     * Reports a poll that failed before it read anything, because the repository could not be read.
     *
     * @param stopping whether the route is being stopped or suspended. A failure then counts as a stop
     */
    void failedToStart(boolean stopping) {
        report(new PollResult(0, 0, 0, 0, End.FAILED), stopping);
    }

    /**
     * Reports the last poll of the sync, however it ended.
     *
     * @param stopping whether the route is being stopped or suspended. A failure then counts as a stop
     */
    void ended(boolean stopping) {
        report(sync.lastPoll(), stopping);
    }

    private void report(PollResult result, boolean stopping) {
        End end = result.end() == End.FAILED && stopping ? End.STOPPED : result.end();
        SyncCounters counters = history.counters();
        Duration took = start.since();
        if (result.end() == End.FAILED) {
            counters.pollThrew(end);
        }
        observer.get().polled(end, took);
        history.add(new PollSummary(
                start.at(),
                took,
                result.emitted(),
                result.delivered(),
                result.failed(),
                result.pages(),
                (int) (counters.requests() - start.requests()),
                end));
        start = null;
        log(result, end, took);
        if (end != End.FAILED && end != End.STOPPED) {
            failures.succeeded();
        }
        EventPublisher.tell(
                endpoint.getCamelContext(),
                new CliniceaPollEvent(
                        endpoint,
                        endpoint.resource().name(),
                        routeId.get(),
                        endpoint.syncId(),
                        outcome(end),
                        result.delivered(),
                        result.failed(),
                        result.pages(),
                        sync.checkpoint(),
                        took));
    }

    private void log(PollResult result, End end, Duration took) {
        LOG.atLevel(result.emitted() > 0 ? Level.INFO : Level.DEBUG)
                .log(
                        "Sync {}: {} rows emitted, {} delivered, {} failed, {} pages read in {} s, {}; checkpoint {},"
                                + " the next poll asks since {}",
                        endpoint.syncId(),
                        result.emitted(),
                        result.delivered(),
                        result.failed(),
                        result.pages(),
                        took.toMillis() / 1000.0,
                        end,
                        sync.checkpoint(),
                        sync.since());
    }

    private static Outcome outcome(End end) {
        return switch (end) {
            case CLEAN -> Outcome.COMPLETE;
            case ROWS_FAILED, UNSETTLED, LIMITED -> Outcome.INCOMPLETE;
            case FAILED -> Outcome.FAILED;
            case STOPPED -> Outcome.STOPPED;
        };
    }
}
