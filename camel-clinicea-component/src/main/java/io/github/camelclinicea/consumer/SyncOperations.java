/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import io.github.camelclinicea.CliniceaEndpoint;
import io.github.camelclinicea.event.CliniceaOperatorEvent;
import io.github.camelclinicea.event.EventPublisher;
import io.github.camelclinicea.event.LogText;
import io.github.camelclinicea.sync.ChangeSync;
import io.github.camelclinicea.sync.HeldRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets an operator intervene in a sync while it runs: by JMX, by the developer console, or in Java. Each operation that
 * changes something is logged and published as an event. Used by any thread.
 *
 * <p>Each method takes the name of the operator; null if it is not known.
 *
 * <p>Specified by {@code SyncOperationsTest}.
 */
public final class SyncOperations {
    private static final Logger LOG = LoggerFactory.getLogger(SyncOperations.class);

    /** Begins polls of a consumer. */
    @FunctionalInterface
    interface Poller {
        /**
         * Begins a poll, or lets it begin right after the one that runs.
         *
         * @return what will happen, in one sentence
         * @throws IllegalStateException if the consumer is not running
         */
        String pollNow();
    }

    private final CliniceaEndpoint endpoint;
    private final Supplier<String> routeId;
    private final ChangeSync sync;
    private final SyncHistory history;
    private final Poller poller;

    /**
     * @param endpoint the endpoint that is polled
     * @param routeId returns the id of the route, which is known once the route is started
     * @param sync the sync
     * @param history the polls so far
     * @param poller begins polls
     */
    SyncOperations(
            CliniceaEndpoint endpoint, Supplier<String> routeId, ChangeSync sync, SyncHistory history, Poller poller) {
        this.endpoint = endpoint;
        this.routeId = routeId;
        this.sync = sync;
        this.history = history;
        this.poller = poller;
    }

    /** Returns the held rows; those held longest come first. */
    public List<HeldRow> heldRows() {
        return sync.heldRows();
    }

    /** Returns the last 50 polls, the latest first. */
    public List<PollSummary> recentPolls() {
        return history.recentPolls();
    }

    /**
     * Gives a held row up: no poll and no restart emits it again, and it does not hold the checkpoint back. If it is in
     * flight, it is skipped if it fails. A later version of the record comes as usual.
     *
     * @param recordId the record's id, which stands for all its held versions; or the version of one row
     * @return the skipped rows
     * @throws NoSuchElementException if no such row is held
     * @throws IllegalStateException if the repository cannot keep it; then no row is skipped
     */
    public List<HeldRow> skipRow(String recordId, String operator) {
        long startedAt = System.nanoTime();
        List<HeldRow> skipped;
        try {
            skipped = sync.skip(recordId);
        } catch (RuntimeException e) {
            LOG.debug("Sync {}: the repository could not keep that a row was skipped", syncId(), e);
            throw new IllegalStateException("The row with record id " + LogText.of(recordId)
                    + " was not skipped: the idempotentRepository failed with " + ErrorName.of(e));
        }
        if (skipped.isEmpty()) {
            throw new NoSuchElementException("No row with record id " + LogText.of(recordId) + " is held by route "
                    + routeId.get() + ". heldRows lists the rows that are");
        }
        LOG.warn(
                "Route {}: {} skipped the held row of {} with id {} ({} versions). It is not emitted again",
                routeId.get(),
                name(operator),
                endpoint.resource().name(),
                LogText.of(recordId),
                skipped.size());
        publish("skipRow", recordId, null, operator, startedAt);
        return skipped;
    }

    /** Makes the next poll emit all held rows, also those that wait for their next attempt. Returns how many. */
    public int retryHeldRows(String operator) {
        long startedAt = System.nanoTime();
        int rows = sync.retryHeldRows();
        LOG.info(
                "Route {}: {} requested that the next poll emits all held rows. There are {}",
                routeId.get(),
                name(operator),
                rows);
        publish("retryHeldRows", null, null, operator, startedAt);
        return rows;
    }

    /**
     * Begins a poll at once, or right after the one that runs. Returns before it ends.
     *
     * @return what will happen, in one sentence
     * @throws IllegalStateException if the route is stopped or suspended
     */
    public String pollNow(String operator) {
        long startedAt = System.nanoTime();
        String answer = poller.pollNow();
        LOG.info("Route {}: {} requested a poll. {}", routeId.get(), name(operator), answer);
        publish("pollNow", null, null, operator, startedAt);
        return answer;
    }

    /**
     * Requests that the next poll forgets the checkpoint and the delivery ledger and begins at {@code syncFrom} again.
     * The request is stored in the repository and survives a restart. If it cannot be stored, a warning is logged.
     */
    public void resetSync(String operator) {
        reset(null, operator);
    }

    /**
     * As {@link #resetSync(String)}, but the next poll begins at a moment.
     *
     * @param from the moment in ISO 8601, not in the future. One before 2000 is taken as 2000
     * @throws IllegalArgumentException if it is not such a moment
     */
    public void resetSync(String from, String operator) {
        Instant moment = endpoint.moment("from", from);
        if (moment.isAfter(Instant.now())) {
            throw new IllegalArgumentException("from=" + LogText.of(from)
                    + " lies in the future. Changes before it would never be delivered; give a moment in the past");
        }
        reset(moment, operator);
    }

    private void reset(Instant from, String operator) {
        long startedAt = System.nanoTime();
        try {
            sync.requestReset(from);
        } catch (RuntimeException e) {
            LOG.warn(
                    "Sync {}: the repository could not store the request for a reset ({}). The "
                            + "next poll of this process"
                            + " carries it out; a restart before that poll loses it",
                    syncId(),
                    e.getClass().getName());
        }
        LOG.warn(
                "Route {}: {} requested that sync {} begins again at {}. All rows since then are emitted again",
                routeId.get(),
                name(operator),
                syncId(),
                from == null ? "syncFrom" : from);
        publish("resetSync", null, from, operator, startedAt);
    }

    private void publish(String operation, String recordId, Instant from, String operator, long startedAt) {
        EventPublisher.tell(
                endpoint.getCamelContext(),
                new CliniceaOperatorEvent(
                        endpoint,
                        endpoint.resource().name(),
                        routeId.get(),
                        syncId(),
                        operation,
                        recordId,
                        from,
                        operator,
                        Duration.ofNanos(System.nanoTime() - startedAt)));
    }

    private String syncId() {
        return endpoint.syncId();
    }

    private static String name(String operator) {
        return operator == null ? "an unknown operator" : "operator " + LogText.of(operator);
    }
}
