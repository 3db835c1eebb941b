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

/** Tells how each sweep of one consumer ended: the log, and whoever keeps an audit trail. */
final class PollReport {
    private static final Logger LOG = LoggerFactory.getLogger(PollReport.class);

    private final CliniceaEndpoint endpoint;
    private final Supplier<String> routeId;
    private final ChangeSync sync;

    /**
     * @param endpoint whose sweeps they are
     * @param routeId the route, known once it is started
     * @param sync makes the sweeps
     */
    PollReport(CliniceaEndpoint endpoint, Supplier<String> routeId, ChangeSync sync) {
        this.endpoint = endpoint;
        this.routeId = routeId;
        this.sync = sync;
    }

    /**
     * A sweep could not begin, the repository being away.
     *
     * @param begun when it was to begin, by {@link System#nanoTime}
     * @param stopping whether the route does not go on: what fails then fails by that
     */
    void notBegun(long begun, boolean stopping) {
        tell(new PollResult(0, 0, 0, PollResult.End.FAILED), begun, stopping);
    }

    /**
     * A sweep has ended, well or not.
     *
     * @param begun when it began, by {@link System#nanoTime}
     * @param stopping whether the route does not go on: what fails then fails by that
     */
    void ended(long begun, boolean stopping) {
        tell(sync.lastPoll(), begun, stopping);
    }

    private void tell(PollResult result, long begun, boolean stopping) {
        String syncId = endpoint.syncSettings().syncId();
        LOG.debug(
                "Sync {}: {} rows delivered, {} pages read, {}; next from {}",
                syncId,
                result.delivered(),
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
                        outcome(result.end(), stopping),
                        result.delivered(),
                        result.failed(),
                        result.pages(),
                        sync.checkpoint(),
                        Duration.ofNanos(System.nanoTime() - begun)));
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
