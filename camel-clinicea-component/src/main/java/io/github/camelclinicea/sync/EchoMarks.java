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
 * What this component wrote itself and will meet again in the change list, in the repository that the sync has anyway
 * (docs/explanation/decisions/0012). Two kinds of key:
 *
 * <ul>
 *   <li>{@code <syncId>!} and 22 characters, a <em>mark</em>: this row version holds nothing that the route does not know,
 *       for it was written by the route itself upon a version that had been delivered to it.
 *   <li>{@code <syncId>!} and 11 characters, a <em>watch</em> over one record, laid before the write: whoever delivers any
 *       version of the record takes it away. A mark counts only as long as the watch over its record stands, so that
 *       nothing is dropped after something else has been delivered in between.
 * </ul>
 *
 * <p>Used by any number of threads. All methods throw what the repository throws.
 */
public final class EchoMarks {
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    /** Marks of which no poll has taken notice are taken back by who made them once there are so many newer ones. */
    private static final int REMEMBERED = 10_000;

    private final RepositoryKeys keys;
    private final String prefix;
    private final Ledger ledger;
    private final Checkpoint checkpoint;
    private final Map<String, String> marksByWatch = new LinkedHashMap<>();

    private volatile Instant lastCheckpoint;

    /**
     * @param repository what the sync remembers its deliveries in
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

    /** @return the moment before which the sync has delivered every change; nothing before its first complete poll */
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
     * Lays a watch over a record, before anything is read or written of it.
     *
     * @param id the record's id
     * @return whether one was there already, so that no version has been delivered since an earlier write, whose mark
     *     therefore still counts
     */
    public boolean watch(String id) {
        return !keys.add(watchOf(RecordId.key(id)));
    }

    /**
     * @param row a version in the change list
     * @param watchedBefore what {@link #watch} said
     * @return whether the route knows all that it holds: it was delivered, or will be dropped
     */
    public boolean isKnown(Row row, boolean watchedBefore) {
        return ledger.contains(row.version()) || watchedBefore && keys.contains(markOf(row));
    }

    /**
     * Marks a version as one to be dropped, unless something else has been delivered meanwhile.
     *
     * @param row a version that holds what was written upon versions that are known, and nothing else
     * @param replaced those versions: they will not be listed any more
     * @return whether it is marked
     */
    public boolean mark(Row row, List<Row> replaced) {
        String watch = watchOf(row.recordKey());
        if (!keys.contains(watch)) {
            return false;
        }
        keys.add(markOf(row));
        replaced.forEach(earlier -> keys.remove(markOf(earlier)));
        forgotten(watch, markOf(row)).forEach(keys::remove);
        return true;
    }

    /** @return the marks that are of no use any more */
    private synchronized List<String> forgotten(String watch, String mark) {
        List<String> forgotten = new ArrayList<>();
        String earlier = marksByWatch.remove(watch);
        if (earlier != null && !earlier.equals(mark)) {
            forgotten.add(earlier);
        }
        marksByWatch.put(watch, mark);
        if (marksByWatch.size() > REMEMBERED) {
            Iterator<String> eldest = marksByWatch.values().iterator();
            forgotten.add(eldest.next());
            eldest.remove();
        }
        return forgotten;
    }

    /**
     * Takes a watch away again. What was marked under it will be delivered.
     *
     * @param id the record's id
     */
    public void unwatch(String id) {
        keys.remove(watchOf(RecordId.key(id)));
    }

    boolean isMarked(Row row) {
        return keys.contains(markOf(row)) && keys.contains(watchOf(row.recordKey()));
    }

    /** @return whether there was a watch over the record that is about to be delivered */
    boolean tellOfDelivery(Row row) {
        String watch = watchOf(row.recordKey());
        boolean there = keys.contains(watch);
        if (there) {
            keys.remove(watch);
        }
        return there;
    }

    /** The mark has done its work. The watch goes last: left over, it is taken up by the next write of the record. */
    void used(Row row) {
        keys.remove(markOf(row));
        keys.remove(watchOf(row.recordKey()));
    }

    private String markOf(Row row) {
        return prefix + row.version().text();
    }

    private String watchOf(long recordKey) {
        return prefix
                + TEXT.encodeToString(
                        ByteBuffer.allocate(Long.BYTES).putLong(recordKey).array());
    }
}
