/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.echo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.DataStatus;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.client.json.Json;
import io.github.camelclinicea.producer.message.Arguments;
import io.github.camelclinicea.producer.message.OperationResult;
import io.github.camelclinicea.producer.message.RecordReader;
import io.github.camelclinicea.row.Row;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * Guards the record of one write and marks the version that the write makes in the change list. It marks only a version
 * that holds nothing that the route does not know (docs/explanation/decisions/0012). After any failure, and in any
 * case of uncertainty, the version stays unmarked and is delivered like other changes. The write itself never fails
 * because of it. Used by one thread.
 *
 * <p>Specified by {@code EchoTest}.
 */
public final class GuardedWrite implements AutoCloseable {
    /** A write, or a read, that is neither guarded nor marked. */
    public static final GuardedWrite UNGUARDED = new GuardedWrite(null, null, null);

    private final EchoMarker echo;
    private final Operation operation;
    private final Arguments arguments;

    /** The record's id; null for a create that has no response yet. */
    private String id;

    /** The checkpoint, since which the change list is read; null before the first complete poll. */
    private Instant since;

    /** The record before the write; null for a create and a delete, and if it could not be read. */
    private ObjectNode recordBefore;

    /** The record's versions in the change list before the write; null if the route may not know all of them. */
    private List<Row> listedBefore;

    private boolean isGuarded;
    private boolean isMarked;

    private GuardedWrite(EchoMarker echo, Operation operation, Arguments arguments) {
        this.echo = echo;
        this.operation = operation;
        this.arguments = arguments;
    }

    /**
     * Sets a guard over the record of a write, and reads the record and its versions in the change list. A create has
     * no record yet, so nothing is set or read.
     *
     * @param echo the marker of the endpoint
     * @param operation a write
     * @param arguments the arguments of the message
     * @return the write, to be closed
     * @throws InterruptedException if interrupted while waiting for a response; no guard is left
     */
    public static GuardedWrite of(EchoMarker echo, Operation operation, Arguments arguments)
            throws InterruptedException {
        GuardedWrite write = new GuardedWrite(echo, operation, arguments);
        if (!write.creates()) {
            write.guard();
        }
        return write;
    }

    /**
     * Sets the guard before anything is read. So a change that the route does not know is either in the list, or its
     * delivery removes the guard.
     */
    private void guard() throws InterruptedException {
        id = arguments.recordId();
        try {
            since = echo.marks().deliveredBefore().orElse(null);
            listedBefore = since == null ? null : knownVersions();
            if (listedBefore == null) {
                EchoMarker.reportUnmarked("the record may have undelivered changes");
            }
        } catch (CliniceaException | RuntimeException e) {
            echo.report(e);
        } finally {
            if (listedBefore == null) {
                close();
            }
        }
    }

    /**
     * Reads the record first and then the list, so that the list shows each change that the record holds and the route
     * does not know.
     *
     * @return the listed versions; null if the route may not know one of them
     */
    private List<Row> knownVersions() throws CliniceaException, InterruptedException {
        boolean wasGuarded = echo.marks().guard(id);
        isGuarded = true;
        if (!deletes()) {
            recordBefore = echo.records().read(id);
        }
        List<Row> listed = echo.list().all(since, id).orElse(null);
        if (listed == null || recordBefore == null && !deletes()) {
            return null;
        }
        return listed.stream().allMatch(row -> echo.marks().isKnown(row, wasGuarded)) ? listed : null;
    }

    /**
     * Returns the record before the write, which must not be changed; null if it was not read, or not with this
     * operation.
     *
     * @param read an operation that reads the record
     */
    public ObjectNode recordBefore(Operation read) {
        return echo != null && echo.records().uses(read) ? recordBefore : null;
    }

    /**
     * Marks the version that the write made, if it can be found and holds nothing unknown.
     *
     * @param result the result of the write
     */
    public void mark(OperationResult result) {
        if (echo == null || (creates() ? result.recordId() == null : listedBefore == null)) {
            return;
        }
        try {
            isMarked = creates() ? markCreated(result) : markChanged();
            if (!isMarked) {
                EchoMarker.reportUnmarked("the record is not listed yet, or shows more than this write");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (CliniceaException | IOException | RuntimeException e) {
            echo.report(e);
        }
    }

    private boolean markChanged() throws CliniceaException, InterruptedException, IOException {
        Row row = echo.list().any(since, id).orElse(null);
        if (row == null || listedBefore.stream().anyMatch(earlier -> isSameVersion(earlier, row))) {
            return false;
        }
        boolean isOwn = deletes() ? isDeleted(row) : !isDeleted(row) && holdsOnlyThisWrite(row);
        return isOwn && echo.marks().mark(row, listedBefore);
    }

    private boolean holdsOnlyThisWrite(Row row) throws CliniceaException, InterruptedException, IOException {
        ObjectNode record = echo.records().read(id);
        if (record == null) {
            return false;
        }
        ObjectNode listed = object(row);
        WrittenFields written = new WrittenFields(operation, arguments, echo.changes());
        return written.explain(listed, id, record)
                && written.areOnlyDifference(recordBefore, record)
                && echo.listedFields()
                        .isCoveredBy(written.explainedNames(
                                listed, record, echo.records().shownFields()));
    }

    private boolean markCreated(OperationResult result) throws CliniceaException, InterruptedException, IOException {
        id = result.recordId();
        isGuarded = true;
        since = echo.marks().deliveredBefore().orElse(null);
        if (since == null || echo.marks().guard(id)) {
            return false;
        }
        Row row = echo.list().any(since, id).orElse(null);
        ObjectNode record =
                row == null || isDeleted(row) ? null : echo.records().read(id);
        if (record == null) {
            return false;
        }
        WrittenFields written = new WrittenFields(operation, arguments, echo.changes());
        return written.explain(object(row), id, record)
                && written.areOnlyAdditionTo(RecordReader.object(result.record()), record)
                && echo.marks().mark(row, List.of());
    }

    /** Removes the guard, unless the version is marked. */
    @Override
    public void close() {
        if (isGuarded && !isMarked) {
            isGuarded = false;
            try {
                echo.marks().unguard(id);
            } catch (RuntimeException e) {
                echo.report(e);
            }
        }
    }

    private boolean creates() {
        return operation.method().equals("POST");
    }

    private boolean deletes() {
        return operation.method().equals("DELETE");
    }

    /** A look-up may still show a record that another user has deleted. */
    private static boolean isDeleted(Row row) {
        return DataStatus.DELETED.wireName().equalsIgnoreCase(row.status());
    }

    private static boolean isSameVersion(Row one, Row other) {
        return one.version().equals(other.version());
    }

    private static ObjectNode object(Row row) throws IOException {
        ObjectNode fields = RecordReader.object(Json.mapper().readTree(row.content()));
        return fields == null ? Json.mapper().createObjectNode() : fields;
    }

    /** Returns the class name only, because the record may be a patient's. */
    @Override
    public String toString() {
        return "GuardedWrite";
    }
}
