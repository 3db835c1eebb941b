/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.observe;

import io.github.camelclinicea.client.budget.BudgetPeriod;
import io.github.camelclinicea.client.budget.BudgetUsage;
import io.github.camelclinicea.consumer.CliniceaConsumer;
import io.github.camelclinicea.consumer.ConsumerObserver;
import io.github.camelclinicea.sync.PollResult;
import io.github.camelclinicea.sync.SyncCounters;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Measures the sync of one route. Under {@code master:}, the route has a consumer only while this process has the lead,
 * and another one each time. The meters stay.
 *
 * <p>Specified by {@code MetersTest}.
 */
final class SyncMeters extends RequestMeters implements ConsumerObserver {
    private final Tags tags;
    private volatile CliniceaConsumer consumer;
    private boolean measuresCheckpoint;

    /** When the last clean poll ended, or the consumer was started first, by {@link System#nanoTime}. */
    private volatile long cleanAt;

    /**
     * @param meters the meters of the route
     * @param resource the resource, as in the endpoint URI
     * @param syncId the name of the sync in its repository
     */
    SyncMeters(RouteMeters meters, String resource, String syncId) {
        super(meters, resource);
        this.tags = tags().and("syncId", syncId);
        gauge(ClinicMeter.SYNC_ACTIVE, sync -> isActive() ? 1 : 0);
    }

    /** Measures a consumer that is about to start; the one before it has ended. */
    synchronized void consumer(CliniceaConsumer started) {
        CliniceaConsumer before = consumer;
        if (started != before) {
            cleanAt = System.nanoTime();
            consumer = started;
        }
        if (before == null) {
            measure(started);
        }
        measureCheckpoint();
    }

    private void measure(CliniceaConsumer started) {
        for (PollResult.End end : PollResult.End.values()) {
            meters().registerTimer(ClinicMeter.POLLS, ended(end));
        }
        seconds(ClinicMeter.POLL_LAG, sync -> isActive() ? (System.nanoTime() - cleanAt) / 1e9 : Double.NaN);
        gauge(ClinicMeter.ROWS_HELD, sync -> isHere(sync) ? sync.getFailedRows() : Double.NaN);
        seconds(
                ClinicMeter.ROWS_HELD_AGE,
                sync -> isHere(sync) ? age(sync.sync().holdback().since(), 0) : Double.NaN);
        gauge(ClinicMeter.ROWS_IN_FLIGHT, CliniceaConsumer::getRowsInFlight);
        gauge(ClinicMeter.PAGES_IN_FLIGHT, CliniceaConsumer::getPagesInFlight);
        gauge(ClinicMeter.RATE, CliniceaConsumer::getRequestsPerSecond);
        for (BudgetPeriod period : BudgetPeriod.values()) {
            Tags ofPeriod = tags.and("period", period.name().toLowerCase(Locale.ROOT));
            gauge(ClinicMeter.BUDGET_USED, ofPeriod, sync -> budget(sync, period, BudgetUsage::used));
            gauge(ClinicMeter.BUDGET_LIMIT, ofPeriod, sync -> budget(sync, period, BudgetUsage::limit));
        }
        counter(ClinicMeter.ROWS_EMITTED, tags, SyncCounters::rowsEmitted);
        for (String status : started.counters().rowsDeliveredByStatus().keySet()) {
            counter(
                    ClinicMeter.ROWS_DELIVERED,
                    tags.and("status", status),
                    counters -> counters.rowsDeliveredByStatus().get(status));
        }
        counter(ClinicMeter.ROWS_FAILED, tags, SyncCounters::failedAttempts);
        counter(ClinicMeter.ROWS_SKIPPED, tags, SyncCounters::rowsSkipped);
        counter(ClinicMeter.BATCHES, tags, SyncCounters::batches);
        counter(ClinicMeter.ECHOES, tags, SyncCounters::echoesDropped);
    }

    private static double budget(CliniceaConsumer sync, BudgetPeriod period, ToLongFunction<BudgetUsage> value) {
        return sync.budgetUsage().stream()
                .filter(usage -> usage.period() == period)
                .mapToLong(value)
                .sum();
    }

    /** The age of a checkpoint has no meter before there is a checkpoint. */
    private synchronized void measureCheckpoint() {
        if (!measuresCheckpoint && consumer.sync().committedCheckpoint() != null) {
            measuresCheckpoint = true;
            seconds(
                    ClinicMeter.CHECKPOINT_AGE,
                    sync -> isHere(sync) ? age(sync.sync().committedCheckpoint(), Double.NaN) : Double.NaN);
        }
    }

    @Override
    public void polled(PollResult.End end, Duration took) {
        if (end == PollResult.End.CLEAN) {
            cleanAt = System.nanoTime();
        }
        measureCheckpoint();
        meters().record(ClinicMeter.POLLS, ended(end), took);
    }

    private Tags ended(PollResult.End end) {
        return tags.and("end", end.name().toLowerCase(Locale.ROOT));
    }

    /** Returns whether the consumer has not ended. Another node may hold the rows of one that lost the lead. */
    private static boolean isHere(CliniceaConsumer sync) {
        return !sync.isShutdown();
    }

    private boolean isActive() {
        CliniceaConsumer current = consumer;
        return current != null && current.isStarted();
    }

    private static double age(Instant since, double absent) {
        return since == null
                ? absent
                : Math.max(0, Duration.between(since, Instant.now()).toMillis() / 1e3);
    }

    private void gauge(ClinicMeter meter, ToDoubleFunction<CliniceaConsumer> value) {
        gauge(meter, tags, value);
    }

    private void gauge(ClinicMeter meter, Tags tagsOfMeter, ToDoubleFunction<CliniceaConsumer> value) {
        meters().register(registry -> Gauge.builder(meter.meterName(), this, same -> value.applyAsDouble(consumer))
                .description(meter.description())
                .tags(meters().tags(tagsOfMeter))
                .register(registry));
    }

    private void seconds(ClinicMeter meter, ToDoubleFunction<CliniceaConsumer> value) {
        meters().register(registry -> TimeGauge.builder(
                        meter.meterName(), this, TimeUnit.SECONDS, same -> value.applyAsDouble(consumer))
                .description(meter.description())
                .tags(meters().tags(tags))
                .register(registry));
    }

    private void counter(ClinicMeter meter, Tags tagsOfMeter, ToDoubleFunction<SyncCounters> value) {
        meters().register(registry -> FunctionCounter.builder(
                        meter.meterName(), this, same -> value.applyAsDouble(consumer.counters()))
                .description(meter.description())
                .tags(meters().tags(tagsOfMeter))
                .register(registry));
    }
}
