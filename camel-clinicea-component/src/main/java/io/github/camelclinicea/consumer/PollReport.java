/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import io.github.camelclinicea.CliniceaEndpoint;
import io.github.camelclinicea.event.CliniceaPollEvent;
import io.github.camelclinicea.event.CliniceaPollEvent.Outcome;
import io.github.camelclinicea.event.EventPublisher;
import io.github.camelclinicea.sync.ChangeSync;
import io.github.camelclinicea.sync.PollResult;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports how each poll of one consumer ended: in the log, and as an event for an audit trail.
 *
 * <p>Specified by {@code AuditTest} and {@code RepositoryAwayTest}.
 */
final class PollReport {
    private static final Logger LOG = LoggerFactory.getLogger(PollReport.class);

    private final CliniceaEndpoint endpoint;
    private final Supplier<String> routeId;
    private final ChangeSync sync;
    private final Supplier<ConsumerObserver> observer;

    /**
     * @param endpoint the endpoint that is polled
     * @param routeId returns the id of the route, which is known once the route is started
     * @param sync the sync that polls
     * @param observer returns the observer of the consumer's current start
     */
    PollReport(
            CliniceaEndpoint endpoint, Supplier<String> routeId, ChangeSync sync, Supplier<ConsumerObserver> observer) {
        this.endpoint = endpoint;
        this.routeId = routeId;
        this.sync = sync;
        this.observer = observer;
    }

    /**
     * Reports a poll that failed before it read anything, because the repository could not be read.
     *
     * @param startedAt when the poll started, by {@link System#nanoTime}
     * @param stopping whether the route is being stopped or suspended. A failure then counts as a stop
     */
    void failedToStart(long startedAt, boolean stopping) {
        report(new PollResult(0, 0, 0, 0, PollResult.End.FAILED), startedAt, stopping);
    }

    /**
     * Reports the last poll of the sync, however it ended.
     *
     * @param startedAt when the poll started, by {@link System#nanoTime}
     * @param stopping whether the route is being stopped or suspended. A failure then counts as a stop
     */
    void ended(long startedAt, boolean stopping) {
        report(sync.lastPoll(), startedAt, stopping);
    }

    private void report(PollResult result, long startedAt, boolean stopping) {
        String syncId = endpoint.syncSettings().syncId();
        Duration took = Duration.ofNanos(System.nanoTime() - startedAt);
        Outcome outcome = outcome(result.end(), stopping);
        LOG.debug(
                "Sync {}: {} rows delivered, {} failed, {} pages read, {}; the next poll asks since {}",
                syncId,
                result.delivered(),
                result.failed(),
                result.pages(),
                result.end(),
                sync.since());
        EventPublisher.tell(
                endpoint.getCamelContext(),
                new CliniceaPollEvent(
                        endpoint,
                        endpoint.resource().name(),
                        routeId.get(),
                        syncId,
                        outcome,
                        result.delivered(),
                        result.failed(),
                        result.pages(),
                        sync.checkpoint(),
                        took));
        observer.get().polled(outcome == Outcome.STOPPED ? PollResult.End.STOPPED : result.end(), took);
    }

    private static Outcome outcome(PollResult.End end, boolean stopping) {
        return switch (end) {
            case CLEAN -> Outcome.COMPLETE;
            case ROWS_FAILED, UNSETTLED, LIMITED -> Outcome.INCOMPLETE;
            case FAILED -> stopping ? Outcome.STOPPED : Outcome.FAILED;
            case STOPPED -> Outcome.STOPPED;
        };
    }
}
