/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.RecordId;
import io.github.camelclinicea.row.Row;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.spi.IdempotentRepository;

/**
 * Marks the versions that own writes make, in the repository of the sync, so that the consumer recognises them as
 * echoes (docs/explanation/decisions/0012). There are two kinds of key:
 *
 * <ul>
 *   <li>{@code <syncId>!} and 22 characters, a <em>mark</em>: the route knows all that this version holds. It wrote the
 *       version itself, over one that had been delivered to it.
 *   <li>{@code <syncId>!} and 11 characters, a <em>guard</em> over one record, set before the write. The delivery of
 *       any version of the record removes it. A mark counts only while the guard of its record is set, so that no
 *       version is dropped after another one was delivered in between.
 * </ul>
 *
 * <p>Used by any number of threads. All methods throw what the repository throws.
 */
public final class EchoMarks {
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    /** A mark that no poll has used is removed once this process has made so many newer ones. */
    private static final int REMEMBERED = 10_000;

    private final RepositoryKeys keys;
    private final String prefix;
    private final Ledger ledger;
    private final Checkpoint checkpoint;
    private final Map<String, String> marksByGuard = new LinkedHashMap<>();

    private volatile Instant lastCheckpoint;

    /**
     * @param repository the repository of the sync
     * @param syncId the name of the sync in it
     * @param clock the local clock
     */
    public EchoMarks(IdempotentRepository repository, String syncId, Clock clock) {
        this(new RepositoryKeys(repository), syncId, clock);
    }

    EchoMarks(RepositoryKeys keys, String syncId, Clock clock) {
        this.keys = keys;
        this.prefix = syncId + "!";
        this.ledger = new Ledger(keys, syncId);
        this.checkpoint = new Checkpoint(keys, syncId, clock);
    }

    /** Returns the checkpoint of the sync; empty before its first complete poll. */
    public Optional<Instant> deliveredBefore() {
        Instant known = lastCheckpoint;
        if (known != null && checkpoint.holds(known)) {
            return Optional.of(known);
        }
        Optional<Instant> read = checkpoint.read();
        lastCheckpoint = read.orElse(null);
        return read;
    }

    /**
     * Sets a guard over a record. To be called before the record is read or written.
     *
     * @param id the record's id
     * @return whether the guard was set already: no version was delivered since an earlier write, so that its mark
     *     still counts
     */
    public boolean guard(String id) {
        return !keys.add(guardOf(RecordId.key(id)));
    }

    /**
     * Returns whether the route knows all that a version holds: it was delivered, or will be dropped.
     *
     * @param row a version in the change list
     * @param wasGuarded the result of {@link #guard}
     */
    public boolean isKnown(Row row, boolean wasGuarded) {
        return ledger.contains(row.version()) || wasGuarded && keys.contains(markOf(row));
    }

    /**
     * Marks a version to be dropped, unless another version of its record has been delivered meanwhile.
     *
     * @param row the version that a write made; it holds nothing but that write and the versions before
     * @param replaced the known versions before, which will not be listed any more
     * @return whether it is marked
     */
    public boolean mark(Row row, List<Row> replaced) {
        String guard = guardOf(row.recordKey());
        if (!keys.contains(guard)) {
            return false;
        }
        keys.add(markOf(row));
        replaced.forEach(earlier -> keys.remove(markOf(earlier)));
        outdated(guard, markOf(row)).forEach(keys::remove);
        return true;
    }

    /** Remembers a mark; returns the marks that are of no use any more. */
    private synchronized List<String> outdated(String guard, String mark) {
        List<String> outdated = new ArrayList<>();
        String earlier = marksByGuard.remove(guard);
        if (earlier != null && !earlier.equals(mark)) {
            outdated.add(earlier);
        }
        marksByGuard.put(guard, mark);
        if (marksByGuard.size() > REMEMBERED) {
            Iterator<String> eldest = marksByGuard.values().iterator();
            outdated.add(eldest.next());
            eldest.remove();
        }
        return outdated;
    }

    /**
     * Removes the guard over a record. Versions that were marked under it will be delivered.
     *
     * @param id the record's id
     */
    public void unguard(String id) {
        keys.remove(guardOf(RecordId.key(id)));
    }

    boolean isMarked(Row row) {
        return keys.contains(markOf(row)) && keys.contains(guardOf(row.recordKey()));
    }

    /** Removes the guard over a record that is about to be delivered; returns whether there was one. */
    boolean removeGuard(Row row) {
        String guard = guardOf(row.recordKey());
        boolean wasGuarded = keys.contains(guard);
        if (wasGuarded) {
            keys.remove(guard);
        }
        return wasGuarded;
    }

    /**
     * Removes the mark of a dropped echo, then its guard. A guard that a crash leaves serves the record's next write.
     */
    void used(Row row) {
        keys.remove(markOf(row));
        keys.remove(guardOf(row.recordKey()));
    }

    private String markOf(Row row) {
        return prefix + row.version().text();
    }

    private String guardOf(long recordKey) {
        return prefix
                + TEXT.encodeToString(
                        ByteBuffer.allocate(Long.BYTES).putLong(recordKey).array());
    }
}
