/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.echo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.DataStatus;
import io.github.camelclinicea.catalog.ChangeList;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.client.http.Response;
import io.github.camelclinicea.client.json.Json;
import io.github.camelclinicea.producer.message.Arguments;
import io.github.camelclinicea.producer.message.RecordReader;
import io.github.camelclinicea.producer.message.Reply;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.sync.EchoMarks;
import io.github.camelclinicea.sync.ListedFields;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.camel.spi.IdempotentRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a record before and after it is written, and marks the version in the change list that the write made, if it can
 * tell that the version holds nothing that the route does not know (docs/explanation/decisions/0012). If it cannot, for whatever
 * reason, the version stays unmarked and is delivered like anyone's. A write never fails for it.
 */
public final class EchoMarker {
    private static final Logger LOG = LoggerFactory.getLogger(EchoMarker.class);

    /** No more names of fields than this are kept. */
    private static final int MAX_NAMES = 1_000;

    /** Sends a write. */
    @FunctionalInterface
    public interface Write {
        /** @param answered told of the answer if it says that the write was done */
        Reply send(Consumer<Response> answered) throws CliniceaException, InterruptedException;
    }

    /** Reads one record. */
    @FunctionalInterface
    public interface Look {
        /** @return the record, or null if what came back is none */
        ObjectNode at(String id) throws CliniceaException, InterruptedException;
    }

    /**
     * What was there before a write.
     *
     * @param since the moment since which the change list is looked at
     * @param id the record's id
     * @param record the record; null where it does not matter
     * @param listed its versions in the change list
     */
    private record Before(Instant since, String id, ObjectNode record, List<Row> listed) {
        /** @return nothing of the record */
        @Override
        public String toString() {
            return "Before";
        }
    }

    private final EchoMarks marks;
    private final ListedFields listedFields;
    private final Look look;
    private final ChangeListLookup list;
    private final ChangeList changes;
    private final AtomicBoolean warned = new AtomicBoolean();

    /** The fields of all records that were looked up: of these, a record that lacks one has nothing in it. */
    private final Set<String> lookedUp = ConcurrentHashMap.newKeySet();

    /**
     * @param repository the repository of the sync
     * @param syncId the name of the sync in it
     * @param look reads a record
     * @param list finds a record in the change list
     * @param changes names the fields of id, stamp and status
     */
    public static EchoMarker of(
            IdempotentRepository repository, String syncId, Look look, ChangeListLookup list, ChangeList changes) {
        return new EchoMarker(
                new EchoMarks(repository, syncId, Clock.systemUTC()),
                new ListedFields(repository, syncId),
                look,
                list,
                changes);
    }

    private EchoMarker(
            EchoMarks marks, ListedFields listedFields, Look look, ChangeListLookup list, ChangeList changes) {
        this.marks = marks;
        this.listedFields = listedFields;
        this.look = look;
        this.list = list;
        this.changes = changes;
    }

    /**
     * @param operation a write
     * @param arguments what the message gives
     * @param write sends it
     * @return what came of it
     */
    public Reply over(Operation operation, Arguments arguments, Write write)
            throws CliniceaException, InterruptedException {
        if (operation.method().equals("POST")) {
            return overCreate(operation, arguments, write);
        }
        String id = arguments.idFor(operation);
        Before before = before(id, !operation.method().equals("DELETE"));
        boolean marked = false;
        try {
            Reply reply = write.send(answer -> {});
            marked = before != null && after(before, new WrittenFields(operation, arguments, changes));
            return reply;
        } finally {
            if (before != null && !marked) {
                unwatch(id);
            }
        }
    }

    /** The record first, then the list: so the list shows whatever the record held, unless the route knows it. */
    private Before before(String id, boolean withRecord) throws InterruptedException {
        boolean watches = false;
        try {
            Instant since = marks.deliveredBefore().orElse(null);
            if (since != null) {
                boolean watchedBefore = marks.watch(id);
                watches = true;
                ObjectNode record = withRecord ? lookUp(id) : null;
                List<Row> listed = list.all(since, id).orElse(null);
                if (listed != null
                        && (record != null || !withRecord)
                        && listed.stream().allMatch(row -> marks.isKnown(row, watchedBefore))) {
                    return new Before(since, id, record, listed);
                }
            }
            LOG.debug("Before a write: its echo will be delivered, there may be changes that have not been");
        } catch (CliniceaException | RuntimeException e) {
            tell(e);
        }
        if (watches) {
            unwatch(id);
        }
        return null;
    }

    private boolean after(Before before, WrittenFields written) {
        return quietly(() -> {
            Row row = list.any(before.since(), before.id()).orElse(null);
            if (row == null || before.listed().stream().anyMatch(earlier -> sameVersion(earlier, row))) {
                return false;
            }
            boolean own = before.record() == null ? isDeleted(row) : leads(before, written, row);
            return own && marks.mark(row, before.listed());
        });
    }

    private boolean leads(Before before, WrittenFields written, Row row)
            throws CliniceaException, InterruptedException, IOException {
        if (isDeleted(row)) {
            return false;
        }
        ObjectNode after = lookUp(before.id());
        ObjectNode shown = object(row.content());
        if (after == null || !written.account(shown, before.id(), after) || !written.lead(before.record(), after)) {
            return false;
        }
        return listedFields.isCoveredBy(written.accountedNames(shown, after, lookedUp));
    }

    private ObjectNode lookUp(String id) throws CliniceaException, InterruptedException {
        ObjectNode record = look.at(id);
        if (record != null && lookedUp.size() < MAX_NAMES) {
            record.fieldNames().forEachRemaining(lookedUp::add);
        }
        return record;
    }

    /** A look-up may go on showing a record that somebody has deleted. */
    private static boolean isDeleted(Row row) {
        return DataStatus.DELETED.wireName().equalsIgnoreCase(row.status());
    }

    private Reply overCreate(Operation operation, Arguments arguments, Write write)
            throws CliniceaException, InterruptedException {
        Response[] answer = new Response[1];
        Reply reply = write.send(answered -> answer[0] = answered);
        String id = reply.recordId();
        if (id == null || answer[0] == null) {
            return reply;
        }
        boolean marked = quietly(() -> {
            Instant since = marks.deliveredBefore().orElse(null);
            if (since == null || marks.watch(id)) {
                return false;
            }
            Row row = list.any(since, id).orElse(null);
            ObjectNode after = row == null || isDeleted(row) ? null : lookUp(id);
            WrittenFields written = new WrittenFields(operation, arguments, changes);
            return after != null
                    && written.account(object(row.content()), id, after)
                    && written.make(object(answer[0].body()), after)
                    && marks.mark(row, List.of());
        });
        if (!marked) {
            unwatch(id);
        }
        return reply;
    }

    /** Something that is done after a write, which must not fail because of it any more. */
    @FunctionalInterface
    private interface Afterwards {
        boolean succeeds() throws CliniceaException, InterruptedException, IOException;
    }

    private boolean quietly(Afterwards what) {
        try {
            boolean marked = what.succeeds();
            if (!marked) {
                LOG.debug("After a write: its echo will be delivered, it may not be all there is");
            }
            return marked;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (CliniceaException | IOException | RuntimeException e) {
            tell(e);
        }
        return false;
    }

    private void unwatch(String id) {
        try {
            marks.unwatch(id);
        } catch (RuntimeException e) {
            tell(e);
        }
    }

    /** Only our own exceptions are known to quote nothing of a record. */
    private void tell(Exception e) {
        String what =
                e instanceof CliniceaException ? e.getMessage() : e.getClass().getName();
        if (warned.compareAndSet(false, true)) {
            LOG.warn(
                    "suppressEcho: a write could not be marked, so that it will come back as a change: {}. Told once;"
                            + " further ones are logged at DEBUG",
                    what);
        } else {
            LOG.debug("suppressEcho: a write could not be marked: {}", what);
        }
    }

    private static boolean sameVersion(Row one, Row other) {
        return one.version().equals(other.version());
    }

    private static ObjectNode object(byte[] json) throws IOException {
        ObjectNode record = RecordReader.object(Json.mapper().readTree(json));
        return record == null ? Json.mapper().createObjectNode() : record;
    }
}
