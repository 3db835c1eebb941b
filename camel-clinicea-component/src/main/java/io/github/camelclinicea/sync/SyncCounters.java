/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.sync.PollResult.End;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what a sync does. It may outlive the sync, so that a route that is started again goes on counting. Used by
 * any thread.
 */
public final class SyncCounters {
    /** Stands for all statuses that Clinicea's documentation does not name, and for a row without a status. */
    public static final String OTHER = "other";

    private static final List<String> STATUSES = List.of("none", "added", "modified", "deleted", OTHER);

    private final LongAdder emitted = new LongAdder();
    private final Map<String, LongAdder> delivered = new LinkedHashMap<>();
    private final LongAdder failed = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final LongAdder batches = new LongAdder();
    private final LongAdder echoes = new LongAdder();
    private final LongAdder pages = new LongAdder();
    private final LongAdder requests = new LongAdder();
    private final Map<End, LongAdder> polls = new EnumMap<>(End.class);
    private volatile Instant lastCleanPoll;

    /** Creates counters that are all zero. */
    public SyncCounters() {
        STATUSES.forEach(status -> delivered.put(status, new LongAdder()));
        for (End end : End.values()) {
            polls.put(end, new LongAdder());
        }
    }

    void emitted(int rows) {
        emitted.add(rows);
    }

    /** @param status the row's status as sent, or null */
    void delivered(String status) {
        String name = status == null ? OTHER : status.toLowerCase(Locale.ROOT);
        delivered.getOrDefault(name, delivered.get(OTHER)).increment();
    }

    void failed() {
        failed.increment();
    }

    void skipped() {
        skipped.increment();
    }

    void batch() {
        batches.increment();
    }

    void echo() {
        echoes.increment();
    }

    void page() {
        pages.increment();
    }

    void request() {
        requests.increment();
    }

    void pollEnded(End end, Instant now) {
        if (end == End.CLEAN) {
            lastCleanPoll = now;
        }
        polls.get(end).increment();
    }

    /**
     * Counts a poll that threw. Only the caller of the sync knows why.
     *
     * @param end {@code STOPPED} if the consumer is being stopped, which ends a poll by an exception; otherwise
     *     {@code FAILED}
     */
    public void pollThrew(End end) {
        polls.get(end).increment();
    }

    /** Returns the number of rows handed to the route. A row counts again at each attempt. */
    public long rowsEmitted() {
        return emitted.sum();
    }

    /** Returns the number of rows that the route finished without failure. */
    public long rowsDelivered() {
        return delivered.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /**
     * Returns the number of rows that the route finished without failure, by status in lower case. The map has one
     * entry for each of Clinicea's statuses, and one for {@link #OTHER}.
     */
    public Map<String, Long> rowsDeliveredByStatus() {
        Map<String, Long> sums = new LinkedHashMap<>();
        delivered.forEach((status, count) -> sums.put(status, count.sum()));
        return Collections.unmodifiableMap(sums);
    }

    /** Returns how often the route finished a row with a failure. A row counts again at each attempt. */
    public long failedAttempts() {
        return failed.sum();
    }

    /** Returns the number of held rows that an operator skipped. They are not delivered. */
    public long rowsSkipped() {
        return skipped.sum();
    }

    /** Returns the number of batches handed to the route; 0 without {@code batching}. */
    public long batches() {
        return batches.sum();
    }

    /** Returns the number of versions that were not emitted because they are echoes. */
    public long echoesDropped() {
        return echoes.sum();
    }

    /** Returns the number of pages read, including empty pages. */
    public long pagesRead() {
        return pages.sum();
    }

    /** Returns the number of requests sent for pages, including retries. */
    public long requests() {
        return requests.sum();
    }

    /** Returns the number of polls that ended in one way. */
    public long polls(End end) {
        return polls.get(end).sum();
    }

    /** Returns when the last poll ended with every row read and delivered, by the local clock; null if none has. */
    public Instant lastCleanPoll() {
        return lastCleanPoll;
    }
}
