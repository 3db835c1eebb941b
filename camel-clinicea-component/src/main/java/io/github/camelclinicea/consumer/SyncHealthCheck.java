package io.github.camelclinicea.consumer;

import io.github.camelclinicea.sync.ChangeSync;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.spi.HttpResponseAware;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.ScheduledPollConsumerHealthCheck;

/**
 * Camel's check of a polling consumer, down while Clinicea cannot be read, with what the sync has to say: how far it is,
 * and how many rows hold it back since when.
 */
final class SyncHealthCheck extends ScheduledPollConsumerHealthCheck {
    private final Supplier<ChangeSync> sync;

    /** @param initialState until the first answer came; null for what Camel's registry says */
    SyncHealthCheck(ScheduledPollConsumer consumer, HealthCheck.State initialState, Supplier<ChangeSync> sync) {
        super(consumer, "consumer:" + consumer.getRouteId());
        this.sync = sync;
        if (initialState != null) {
            setInitialState(initialState);
        }
    }

    @Override
    public HealthCheck.Result call(Map<String, Object> options) {
        HealthCheck.Result result = super.call(options);
        HealthCheckResultBuilder builder = HealthCheckResultBuilder.on(this)
                .state(result.getState())
                .message(result.getMessage().orElse(null))
                .error(result.getError().orElse(null))
                .details(detailsOf(result))
                .detail("clinicea.syncTimestamp", String.valueOf(sync.get().since()))
                .detail("clinicea.failedRows", sync.get().holdback().failedRows());
        if (sync.get().holdback().since() != null) {
            builder.detail(
                    "clinicea.heldBackSince", sync.get().holdback().since().toString());
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
}
