package io.github.camelclinicea.consumer;

import io.github.camelclinicea.sync.ChangeSync;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
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
 * and how many rows hold it back since when. Down, too, while a poll hangs, of which Camel's own check knows nothing: it
 * looks at polls that have ended.
 */
final class SyncHealthCheck extends ScheduledPollConsumerHealthCheck {
    private final String routeId;
    private final Supplier<ChangeSync> sync;
    private final Duration staleAfter;
    private final Clock clock;

    /**
     * @param initialState until the first answer came; null for what Camel's registry says
     * @param staleAfter how long a poll may go without progress; 0 for ever
     * @param clock the clock that the sync reads
     */
    SyncHealthCheck(
            ScheduledPollConsumer consumer,
            HealthCheck.State initialState,
            Supplier<ChangeSync> sync,
            Duration staleAfter,
            Clock clock) {
        super(consumer, "consumer:" + consumer.getRouteId());
        this.routeId = consumer.getRouteId();
        this.sync = sync;
        this.staleAfter = staleAfter;
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
                .message(result.getMessage().orElse(null))
                .error(result.getError().orElse(null))
                .details(detailsOf(result))
                .detail("clinicea.syncTimestamp", String.valueOf(sync.since()))
                .detail("clinicea.failedRows", sync.holdback().failedRows())
                .detail("clinicea.rowsInFlight", sync.rowsInFlight());
        if (sync.holdback().since() != null) {
            builder.detail("clinicea.heldBackSince", sync.holdback().since().toString());
        }
        if (isEnabled()) {
            hangingSince(sync)
                    .ifPresent(since -> builder.down()
                            .message("The poll of route " + routeId + " hangs: no page came and no row ended since "
                                    + since + "; rows in flight: " + sync.rowsInFlight())
                            .detail("clinicea.noProgressSince", since.toString()));
        }
        return builder.build();
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
        if (staleAfter.isZero() || !sync.polling()) {
            return Optional.empty();
        }
        return Optional.of(sync.lastProgress())
                .filter(since -> Duration.between(since, clock.instant()).compareTo(staleAfter) > 0);
    }
}
