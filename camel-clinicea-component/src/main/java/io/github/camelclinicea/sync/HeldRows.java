/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.RecordId;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.row.RowVersion;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps failed rows in memory, with their content, until they are delivered or a newer version replaces them. So a
 * row that always fails costs one exchange a poll and not another reading of the whole list. Used by any thread.
 */
final class HeldRows {
    private static final Logger LOG = LoggerFactory.getLogger(HeldRows.class);

    /** The limit of the contents of all held rows together, in bytes. */
    static final long MAX_BYTES = 32L << 20;
    /** From this attempt on a row waits before the next one. */
    private static final int ATTEMPTS_WITHOUT_WAIT = 10;

    private static final Duration REMINDER = Duration.ofHours(1);

    private record Key(long record, RowVersion version) {}

    /**
     * A row that is held.
     *
     * @param row the row, without a body
     * @param position where it stood in the list
     * @param attempts how often it was emitted
     * @param heldSince when its first attempt failed
     * @param lastAttempt when its last attempt failed
     * @param poll the number of the poll in which the last attempt failed
     * @param lastFailure the class name of the last exception, or null
     */
    record Held(
            Row row,
            PagePosition position,
            int attempts,
            Instant heldSince,
            Instant lastAttempt,
            long poll,
            String lastFailure) {}

    private final int maxRows;
    private final Duration backoff;
    private final Clock clock;
    private final HeldRowListener listener;
    /** The rows in the order of their last attempts, so that the newest version of a record stays the last one. */
    private final Map<Key, Held> rows = new LinkedHashMap<>();
    /** Rows that a newer version of their record may have replaced. */
    private final Set<Key> doubted = new HashSet<>();
    /** How many rows of each record are held, so that the many records without one cost no search. */
    private final Map<Long, Integer> records = new HashMap<>();

    private long bytes;
    private boolean limitReached;
    private Instant lastReminder;
    private long poll;

    /** The poll in which all rows were requested again: those that failed in it or before are due. */
    private long retriedIn = -1;

    HeldRows(SyncSettings settings, Clock clock, HeldRowListener listener) {
        this.maxRows = settings.maxHeldRows();
        this.backoff = settings.heldRowBackoff();
        this.clock = clock;
        this.listener = listener;
    }

    synchronized void beginPoll() {
        poll++;
    }

    /**
     * Records that a row failed.
     *
     * @param attempt how often it has been emitted, this time included
     * @param cause the exception, or null
     * @return whether it is held; if not, it must be read from the list again
     */
    boolean failed(Row row, PagePosition position, int attempt, Throwable cause) {
        if (maxRows == 0) {
            return false;
        }
        Instant now = clock.instant();
        Key key = new Key(row.recordKey(), row.version());
        String failure = cause == null ? null : cause.getClass().getName();
        Held held;
        synchronized (this) {
            Held before = rows.get(key);
            if (before == null && (rows.size() == maxRows || bytes + row.content().length > MAX_BYTES)) {
                boolean first = !limitReached;
                limitReached = true;
                if (first) {
                    quietly(() -> listener.limitReached(maxRows));
                }
                return false;
            }
            held = new Held(row, position, attempt, before == null ? now : before.heldSince(), now, poll, failure);
            rows.remove(key);
            rows.put(key, held);
            if (before != null) {
                return true;
            }
            bytes += row.content().length;
            records.merge(row.recordKey(), 1, Integer::sum);
            lastReminder = lastReminder == null ? now : lastReminder;
        }
        quietly(() -> listener.held(view(held)));
        return true;
    }

    /** Records that a version was delivered. */
    void delivered(long record, RowVersion version) {
        Held held = remove(record, version);
        if (held != null) {
            quietly(() -> listener.delivered(view(held)));
        }
    }

    /**
     * Records that a version was skipped, and is not to be emitted any more.
     *
     * @return whether it was held
     */
    boolean skipped(long record, RowVersion version) {
        return remove(record, version) != null;
    }

    /** Makes all rows due in the next poll. Returns how many there are. */
    synchronized int retryAll() {
        retriedIn = poll;
        return rows.size();
    }

    /**
     * Returns the held versions of a record.
     *
     * @param recordId the record's id, or the version of one row
     */
    synchronized List<Held> find(String recordId) {
        return rows.values().stream()
                .filter(held -> recordId != null
                        && (RecordId.same(recordId, held.row().id())
                                || recordId.equals(held.row().version().text())))
                .toList();
    }

    /** Records that another version has replaced that one, which is not to be emitted any more. */
    void replaced(long record, RowVersion version) {
        remove(record, version);
    }

    /** Calls {@link #replaced(long, RowVersion)} for each held version of a record that the predicate accepts. */
    void replaced(long record, Predicate<RowVersion> isReplaced) {
        for (RowVersion version : versions(record)) {
            if (isReplaced.test(version)) {
                remove(record, version);
            }
        }
    }

    /**
     * Records that a newer version of a record came, which may have replaced held ones. These are not emitted until
     * the whole list was read.
     */
    synchronized void doubt(long record, Predicate<RowVersion> isDoubtful) {
        for (RowVersion version : versions(record)) {
            if (isDoubtful.test(version)) {
                doubted.add(new Key(record, version));
            }
        }
    }

    /** Gives up the doubted versions that were replaced. To be called when the whole list was read. */
    synchronized void resolveDoubts(BiPredicate<Long, RowVersion> isReplaced) {
        List.copyOf(doubted).stream()
                .filter(key -> isReplaced.test(key.record(), key.version()))
                .forEach(key -> remove(key.record(), key.version()));
        doubted.clear();
    }

    synchronized boolean isDoubted(long record, RowVersion version) {
        return doubted.contains(new Key(record, version));
    }

    /** Returns the held versions of a record. */
    synchronized List<RowVersion> versions(long record) {
        return records.containsKey(record)
                ? rows.keySet().stream()
                        .filter(key -> key.record() == record)
                        .map(Key::version)
                        .toList()
                : List.of();
    }

    /** Looks for nothing if no row is held, as nearly always: it is asked several times for each row of a list. */
    private Held get(long record, RowVersion version) {
        return rows.isEmpty() ? null : rows.get(new Key(record, version));
    }

    private synchronized Held remove(long record, RowVersion version) {
        if (rows.isEmpty()) {
            return null;
        }
        Key key = new Key(record, version);
        Held held = rows.remove(key);
        doubted.remove(key);
        if (held != null) {
            bytes -= held.row().content().length;
            records.computeIfPresent(record, (same, count) -> count == 1 ? null : count - 1);
            limitReached = false;
            if (rows.isEmpty()) {
                lastReminder = null;
            }
        }
        return held;
    }

    synchronized void clear() {
        rows.clear();
        doubted.clear();
        records.clear();
        bytes = 0;
        limitReached = false;
        lastReminder = null;
    }

    /** Returns how often the version was emitted and failed; 0 if it is not held. */
    synchronized int attempts(long record, RowVersion version) {
        Held held = get(record, version);
        return held == null ? 0 : held.attempts();
    }

    synchronized boolean holds(long record, RowVersion version) {
        return get(record, version) != null;
    }

    /** Returns whether the version is not held, or its next attempt is due. */
    synchronized boolean mayBeEmitted(long record, RowVersion version) {
        Held held = get(record, version);
        return held == null || isDue(held, clock.instant());
    }

    /**
     * Returns the rows whose next attempt is due, without those that failed in this poll. The record that is held
     * longest comes first; the newest version of a record comes last among its versions.
     */
    synchronized List<Held> due() {
        Instant now = clock.instant();
        Map<Long, Instant> heldSince = new HashMap<>();
        rows.forEach((key, held) ->
                heldSince.merge(key.record(), held.heldSince(), (one, other) -> one.isBefore(other) ? one : other));
        return rows.values().stream()
                .filter(held -> held.poll() != poll && isDue(held, now))
                .sorted(Comparator.comparing(held -> heldSince.get(held.row().recordKey())))
                .toList();
    }

    /**
     * Returns whether the next attempt is due. A clock that was set back must not make a row wait for that time, too.
     */
    private boolean isDue(Held held, Instant now) {
        return !now.isBefore(nextAttempt(held)) || now.isBefore(held.lastAttempt());
    }

    private Instant nextAttempt(Held held) {
        return held.attempts() < ATTEMPTS_WITHOUT_WAIT || held.poll() <= retriedIn
                ? held.lastAttempt()
                : held.lastAttempt().plus(backoff);
    }

    synchronized boolean isEmpty() {
        return rows.isEmpty();
    }

    synchronized int size() {
        return rows.size();
    }

    /** Returns when the row that is held longest failed for the first time; null if none is held. */
    synchronized Instant oldest() {
        return rows.values().stream()
                .map(Held::heldSince)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** Returns the held rows as an operator sees them; those held longest come first. */
    synchronized List<HeldRow> view() {
        return rows.values().stream()
                .sorted(Comparator.comparing(Held::heldSince))
                .map(this::view)
                .toList();
    }

    HeldRow view(Held held) {
        Row row = held.row();
        return new HeldRow(
                row.id(),
                row.status(),
                row.modified(),
                held.attempts(),
                held.heldSince(),
                nextAttempt(held),
                held.lastFailure(),
                row.version().text());
    }

    /** Notifies the listener if rows have been held for another hour. To be called at the end of each poll. */
    void remind() {
        Instant now = clock.instant();
        int size;
        Instant oldest;
        synchronized (this) {
            // After a clock was set back, the hour begins again.
            if (lastReminder != null && now.isBefore(lastReminder)) {
                lastReminder = now;
            }
            if (lastReminder == null || Duration.between(lastReminder, now).compareTo(REMINDER) < 0) {
                return;
            }
            lastReminder = now;
            size = rows.size();
            oldest = oldest();
        }
        quietly(() -> listener.stillHeld(size, oldest));
    }

    private static void quietly(Runnable notification) {
        try {
            notification.run();
        } catch (RuntimeException e) {
            LOG.debug("A notification of a held row failed: {}", e.getClass());
        }
    }
}
