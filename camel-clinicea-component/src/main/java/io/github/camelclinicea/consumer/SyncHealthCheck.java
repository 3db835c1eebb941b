package io.github.camelclinicea.consumer;

import io.github.camelclinicea.sync.ChangeSync;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.ScheduledPollConsumerHealthCheck;

/**
 * Camel's check of a polling consumer, down while Clinicea cannot be read, with what the sync has to say: how far it is,
 * and how many rows hold it back since when.
 */
final class SyncHealthCheck extends ScheduledPollConsumerHealthCheck {
    private final Supplier<ChangeSync> sync;

    SyncHealthCheck(ScheduledPollConsumer consumer, HealthCheck.State initialState, Supplier<ChangeSync> sync) {
        super(consumer, "consumer:" + consumer.getRouteId());
        this.sync = sync;
        setInitialState(initialState);
    }

    @Override
    public HealthCheck.Result call(Map<String, Object> options) {
        HealthCheck.Result result = super.call(options);
        HealthCheckResultBuilder builder = HealthCheckResultBuilder.on(this)
                .state(result.getState())
                .message(result.getMessage().orElse(null))
                .error(result.getError().orElse(null))
                .details(result.getDetails())
                .detail("clinicea.syncTimestamp", String.valueOf(sync.get().since()))
                .detail("clinicea.failedRows", sync.get().holdback().failedRows());
        if (sync.get().holdback().since() != null) {
            builder.detail(
                    "clinicea.heldBackSince", sync.get().holdback().since().toString());
        }
        return builder.build();
    }
}
