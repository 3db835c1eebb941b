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
 * Camel's check of a polling consumer, down while Clinicea cannot be read, with what the sync has to say: how far it is,
 * and how many rows hold it back since when. Camel's own check looks at polls that have ended. This one is also down while
 * a poll hangs, while none begins, while the server's clock is behind the checkpoint, and while a row is held for too long.
 */
final class SyncHealthCheck extends ScheduledPollConsumerHealthCheck {
    /**
     * What is too long.
     *
     * @param staleAfter how long a poll may go without progress, and the least time that may go without a poll; 0 for ever
     * @param heldAfter how long a row may be held; 0 for ever
     */
    record Limits(Duration staleAfter, Duration heldAfter) {}

    private final ScheduledPollConsumer consumer;
    private final String routeId;
    private final Supplier<ChangeSync> sync;
    private final PollTimes times;
    private final PollSchedule schedule;
    private final Limits limits;
    private final Clock clock;

    /**
     * @param initialState until the first answer came; null for what Camel's registry says
     * @param times when the consumer polled
     * @param schedule when it is to poll
     * @param limits what is too long
     * @param clock the clock that the sync reads
     */
    SyncHealthCheck(
            ScheduledPollConsumer consumer,
            HealthCheck.State initialState,
            Supplier<ChangeSync> sync,
            PollTimes times,
            PollSchedule schedule,
            Limits limits,
            Clock clock) {
        super(consumer, "consumer:" + consumer.getRouteId());
        this.consumer = consumer;
        this.routeId = consumer.getRouteId();
        this.sync = sync;
        this.times = times;
        this.schedule = schedule;
        this.limits = limits;
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
                .error(result.getError().orElse(null))
                .details(detailsOf(result))
                .detail("clinicea.syncTimestamp", String.valueOf(sync.since()))
                .detail("clinicea.failedRows", sync.holdback().failedRows())
                .detail("clinicea.rowsInFlight", sync.rowsInFlight());
        if (sync.holdback().since() != null) {
            builder.detail("clinicea.heldBackSince", sync.holdback().since().toString());
        }
        List<String> reasons = new ArrayList<>();
        result.getMessage().ifPresent(reasons::add);
        if (isEnabled()) {
            int before = reasons.size();
            addReasons(sync, builder, reasons);
            if (reasons.size() > before) {
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
            reasons.add(
                    "Route " + routeId + " has begun no poll since " + times.last()
                            + ", though several were due: its scheduler has ended, or its thread is blocked. Restart the route");
        }
        Instant behind = sync.serverBehindSince();
        if (behind != null) {
            builder.detail("clinicea.serverBehindSince", behind.toString());
            reasons.add("The server's clock has been behind the checkpoint of route " + routeId + " since " + behind
                    + ". Check the clock of the server, and of a proxy that sets the Date header");
        }
        Duration heldFor = times.heldFor();
        if (!limits.heldAfter().isZero() && heldFor.compareTo(limits.heldAfter()) > 0) {
            reasons.add("Route " + routeId + " has held a row for longer than healthCheckHeldAfter, since "
                    + sync.holdback().since() + ". Rows held: "
                    + sync.holdback().failedRows());
        }
    }

    /** Camel keeps the status of an earlier failure beside a later one that had no answer. */
    private static Map<String, Object> detailsOf(HealthCheck.Result result) {
        Map<String, Object> details = new HashMap<>(result.getDetails());
        boolean answered = result.getError().orElse(null) instanceof HttpResponseAware failure
                && failure.getHttpResponseCode() > 0;
        if (!answered) {
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

    /** A poll that reads is watched by its progress, however long ago it began. */
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
