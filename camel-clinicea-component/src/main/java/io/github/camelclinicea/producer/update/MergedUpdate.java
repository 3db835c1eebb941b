/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.update;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.CliniceaOperation;
import io.github.camelclinicea.CliniceaTimes;
import io.github.camelclinicea.catalog.Catalogue;
import io.github.camelclinicea.catalog.ChangeList;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.client.CliniceaClient;
import io.github.camelclinicea.producer.message.Arguments;
import java.util.List;
import org.apache.camel.Message;

/**
 * Merges an update with the current record for {@code mergeOnUpdate}, because the server overwrites the fields that an
 * update does not send. The record is read twice, and the given fields are applied to the second reading. If the two
 * readings differ, another user is changing the record. A change after the second reading is not seen: the API has no
 * known condition for a write. Thread-safe.
 */
public final class MergedUpdate {
    private final ReadSettings settings;
    private final boolean failOnConflict;
    private final CliniceaClient client;
    private final List<String> stampFields;

    /**
     * @param settings how the records are read
     * @param failOnConflict whether an update fails if its record changes between the readings
     * @param client sends the reads; not closed
     */
    public MergedUpdate(ReadSettings settings, boolean failOnConflict, CliniceaClient client) {
        this.settings = settings;
        this.failOnConflict = failOnConflict;
        this.client = client;
        this.stampFields = stampFields(settings);
    }

    private static List<String> stampFields(ReadSettings settings) {
        ChangeList changes = settings.changes() == null
                ? Catalogue.shipped()
                        .byHelp(settings.resource().name(), settings.resource().path())
                        .changes()
                : settings.changes();
        return changes.modifiedFields();
    }

    /**
     * Returns whether {@code mergeOnUpdate} has an effect on an operation.
     *
     * @param operation the operation
     */
    public static boolean isFor(Operation operation) {
        return CliniceaOperation.UPDATE.verb().equals(operation.verb());
    }

    /**
     * Reads the record and adds its values to the arguments of an update.
     *
     * @param update an update that can be merged
     * @param given the arguments of the message, already checked
     * @param first the record as the operation that reads it for the update has just shown it, which is then the first
     *     reading; null if it was not read yet
     * @param message gets the header that says whether the record changed between the readings
     * @return all arguments that the update has to send
     * @throws CliniceaException if the record is not there or cannot be read, or if it changed and {@code
     *     failOnConflict} is set; nothing was written
     * @throws IllegalArgumentException if an argument is neither given nor found in the record; nothing was written
     * @throws InterruptedException if interrupted while waiting for a response
     */
    public Arguments merge(Operation update, Arguments given, ObjectNode first, Message message)
            throws CliniceaException, InterruptedException {
        message.removeHeader(CliniceaConstants.CONFLICT);
        CurrentRecord current = new CurrentRecord(settings, client, update, given);
        ObjectNode before = first != null && current.hasId(first) ? first : current.read();
        ObjectNode now = current.read();
        boolean hasChanged = !version(before).equals(version(now));
        message.setHeader(CliniceaConstants.CONFLICT, hasChanged);
        if (hasChanged && failOnConflict) {
            throw current.failure(
                    "another user changed the record while it was merged, and failOnConflict is on; sent again, the"
                            + " update is merged with the record as it then is",
                    true);
        }
        return new RecordMerge(update, given, settings.moments()).over(now);
    }

    /** Returns the record's stamp, or the whole record if it has none. */
    private Object version(ObjectNode record) {
        for (String field : stampFields) {
            String stamp = record.path(field).asText("");
            if (!stamp.isEmpty() && !CliniceaTimes.isUnset(stamp)) {
                return stamp;
            }
        }
        return record;
    }
}
