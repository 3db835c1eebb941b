/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.echo;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.catalog.ChangeList;
import io.github.camelclinicea.sync.EchoMarks;
import io.github.camelclinicea.sync.ListedFields;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.spi.IdempotentRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds what all guarded writes of an endpoint share, for {@code suppressEcho}: the marks in the repository, and the
 * look-ups of records. {@code GuardedWrite} has the steps of one write. Thread-safe.
 *
 * <p>Specified by {@code EchoTest}.
 */
public final class EchoMarker {
    private static final Logger LOG = LoggerFactory.getLogger(EchoMarker.class);

    private final EchoMarks marks;
    private final ListedFields listedFields;
    private final RecordLookup records;
    private final ChangeListLookup list;
    private final ChangeList changes;
    private final AtomicBoolean hasWarned = new AtomicBoolean();

    /**
     * Returns the marker of an endpoint.
     *
     * @param repository the repository of the sync
     * @param syncId the name of the sync in it
     * @param records reads a record by its id
     * @param list finds a record in the change list
     * @param changes names the fields of id, stamp and status
     */
    public static EchoMarker of(
            IdempotentRepository repository,
            String syncId,
            RecordLookup records,
            ChangeListLookup list,
            ChangeList changes) {
        return new EchoMarker(
                new EchoMarks(repository, syncId, Clock.systemUTC()),
                new ListedFields(repository, syncId),
                records,
                list,
                changes);
    }

    private EchoMarker(
            EchoMarks marks,
            ListedFields listedFields,
            RecordLookup records,
            ChangeListLookup list,
            ChangeList changes) {
        this.marks = marks;
        this.listedFields = listedFields;
        this.records = records;
        this.list = list;
        this.changes = changes;
    }

    EchoMarks marks() {
        return marks;
    }

    ListedFields listedFields() {
        return listedFields;
    }

    RecordLookup records() {
        return records;
    }

    ChangeListLookup list() {
        return list;
    }

    ChangeList changes() {
        return changes;
    }

    /** Logs that a write is not marked because of a failure; the first time as a warning. */
    void report(Exception failure) {
        // Other exceptions than our own may quote a record.
        String reason = failure instanceof CliniceaException
                ? failure.getMessage()
                : failure.getClass().getName();
        if (hasWarned.compareAndSet(false, true)) {
            LOG.warn(
                    "suppressEcho: a write could not be marked, so its echo will be delivered: {}. Further failures are"
                            + " logged at DEBUG",
                    reason);
        } else {
            LOG.debug("suppressEcho: a write could not be marked: {}", reason);
        }
    }

    /** Logs that a write is not marked because other changes of its record may be undelivered. */
    static void reportUnmarked(String reason) {
        LOG.debug("suppressEcho: write not marked because {}; its echo will be delivered", reason);
    }
}
