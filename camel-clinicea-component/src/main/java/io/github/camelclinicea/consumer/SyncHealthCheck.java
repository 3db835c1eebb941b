/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import io.github.camelclinicea.sync.ChangeSync;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.spi.HttpResponseAware;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.ScheduledPollConsumerHealthCheck;

/**
 * Extends Camel's health check of a polling consumer. Camel's check looks at the polls that have ended, and is DOWN
 * while Clinicea cannot be read. This check is also DOWN while a poll hangs, no poll begins, the server's clock is
 * behind the checkpoint, or a row is held for too long. It stays DOWN if the budget of requests is smaller than one
 * reading. Its details say how far the sync is, how many failed rows it has, and since when a caller has not completed
 * a row.
 */
final class SyncHealthCheck extends ScheduledPollConsumerHealthCheck {
    /**
     * The times after which the check is DOWN.
     *
     * @param staleAfter the time without progress of a poll, and the least time without a poll; zero disables both
     * @param heldAfter the time for which a row may be held; zero disables it
     */
    record Limits(Duration staleAfter, Duration heldAfter) {}

    private final ScheduledPollConsumer consumer;
    private final String routeId;
    private final Supplier<ChangeSync> sync;
    private final PollTimes times;
    private final PollSchedule schedule;
    private final Supplier<Optional<String>> budgetReason;
    private final Limits limits;
    private final TakenRows taken;
    private final Clock clock;

    /**
     * @param initialState the state before the first response; null for that of Camel's registry
     * @param times the times at which the consumer polled
     * @param schedule the times at which the consumer should poll
     * @param budgetReason returns why the budget of requests stops the sync for good; empty if it does not
     * @param limits the times after which the check is DOWN
     * @param taken the rows that callers have taken; none for a route
     * @param clock the clock that the sync reads
     */
    SyncHealthCheck(
            ScheduledPollConsumer consumer,
            HealthCheck.State initialState,
            Supplier<ChangeSync> sync,
            PollTimes times,
            PollSchedule schedule,
            Supplier<Optional<String>> budgetReason,
            Limits limits,
            TakenRows taken,
            Clock clock) {
        super(consumer, "consumer:" + consumer.getRouteId());
        this.consumer = consumer;
        this.routeId = consumer.getRouteId();
        this.sync = sync;
        this.times = times;
        this.schedule = schedule;
        this.budgetReason = budgetReason;
        this.limits = limits;
        this.taken = taken;
        this.clock = clock;
        if (initialState != null) {
            setInitialState(initialState);
        }
    }

    @Override
    public HealthCheck.Result call(Map<String, Object> options) {
        HealthCheck.Result result = super.call(options);
        ChangeSync sync = this.sync.get();
        HealthCheckResultBuilder builder = HealthCheckResultBuilder.on(this)
                .state(result.getState())
                .error(HealthFailure.of(result.getError().orElse(null)))
                .details(detailsOf(result))
                .detail("clinicea.syncTimestamp", String.valueOf(sync.since()))
                .detail("clinicea.failedRows", sync.holdback().failedRows())
                .detail("clinicea.rowsInFlight", sync.rowsInFlight());
        if (sync.holdback().since() != null) {
            builder.detail("clinicea.heldBackSince", sync.holdback().since().toString());
        }
        taken.overdueSince().ifPresent(since -> builder.detail("clinicea.notCompletedSince", since.toString()));
        List<String> reasons = new ArrayList<>();
        result.getMessage().ifPresent(reasons::add);
        if (isEnabled()) {
            int reasonsOfCamel = reasons.size();
            addReasons(sync, builder, reasons);
            if (reasons.size() > reasonsOfCamel) {
                builder.down();
            }
        }
        return builder.message(reasons.isEmpty() ? null : String.join(". ", reasons))
                .build();
    }

    private void addReasons(ChangeSync sync, HealthCheckResultBuilder builder, List<String> reasons) {
        hangingSince(sync).ifPresent(since -> {
            builder.detail("clinicea.noProgressSince", since.toString());
            reasons.add("The poll of route " + routeId + " hangs: no page came and no row ended since " + since
                    + "; rows in flight: " + sync.rowsInFlight());
        });
        if (isOverdue()) {
            builder.detail("clinicea.noPollSince", times.last().toString());
            reasons.add("Route " + routeId + " has begun no poll since " + times.last()
                    + ", though several were due: its scheduler has ended, or its thread "
                    + "is blocked. Restart the route");
        }
        Instant behind = sync.serverBehindSince();
        if (behind != null) {
            builder.detail("clinicea.serverBehindSince", behind.toString());
            reasons.add("The server's clock has been behind the checkpoint of route " + routeId + " since " + behind
                    + ". Check the clock of the server, and of a proxy that sets the Date header");
        }
        budgetReason
                .get()
                .ifPresent(reason -> reasons.add("Route " + routeId + " never reads its list to the end: " + reason));
        Duration heldFor = times.heldFor();
        if (!limits.heldAfter().isZero() && heldFor.compareTo(limits.heldAfter()) > 0) {
            reasons.add("Route " + routeId + " has held a row for longer than healthCheckHeldAfter, since "
                    + sync.holdback().since() + ". Rows held: "
                    + sync.holdback().failedRows());
        }
    }

    /** Removes the HTTP status of an earlier failure, which Camel keeps after a failure that had no response. */
    private static Map<String, Object> detailsOf(HealthCheck.Result result) {
        Map<String, Object> details = new HashMap<>(result.getDetails());
        boolean hasResponse = result.getError().orElse(null) instanceof HttpResponseAware failure
                && failure.getHttpResponseCode() > 0;
        if (!hasResponse) {
            details.remove(HTTP_RESPONSE_CODE);
        }
        return details;
    }

    private Optional<Instant> hangingSince(ChangeSync sync) {
        if (limits.staleAfter().isZero() || !sync.polling()) {
            return Optional.empty();
        }
        return Optional.of(sync.lastProgress())
                .filter(since -> Duration.between(since, clock.instant()).compareTo(limits.staleAfter()) > 0);
    }

    /**
     * Returns whether polls are missing. A poll that is reading is never overdue: {@link #hangingSince} checks its
     * progress.
     */
    private boolean isOverdue() {
        if (limits.staleAfter().isZero() || times.isReading() || !consumer.isStarted()) {
            return false;
        }
        Duration sinceLast = times.sinceLast();
        return sinceLast.compareTo(limits.staleAfter()) > 0
                && schedule.due(times.last())
                        .filter(due -> sinceLast.compareTo(due) > 0)
                        .isPresent();
    }
}
