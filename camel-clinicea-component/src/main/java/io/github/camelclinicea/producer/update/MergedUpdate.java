/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.update;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.CliniceaOperation;
import io.github.camelclinicea.catalog.Catalogue;
import io.github.camelclinicea.catalog.ChangeList;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.client.CliniceaClient;
import io.github.camelclinicea.producer.message.Arguments;
import io.github.camelclinicea.producer.message.Reply;
import java.util.List;
import org.apache.camel.Message;

/**
 * An update that leaves alone what it is not given, made of one that overwrites it ({@code mergeOnUpdate}): the record is
 * read, read once more, and written with what is given laid over the second reading. The two readings show a change that is
 * made while somebody else's update is at work; the API has no condition for a write that is known, so that one after the
 * second reading stays unseen.
 */
public final class MergedUpdate {
    /** Makes the write. */
    @FunctionalInterface
    public interface Write {
        Reply make(Operation operation, Arguments arguments) throws CliniceaException, InterruptedException;
    }

    private final ReadSettings settings;
    private final boolean failOnConflict;
    private final CliniceaClient client;
    private final List<String> stamps;
    private final Write write;

    /**
     * @param settings how the records are read
     * @param failOnConflict whether an update fails if its record changes while it is merged
     * @param client makes the reads; not closed
     * @param write makes the writes
     */
    public MergedUpdate(ReadSettings settings, boolean failOnConflict, CliniceaClient client, Write write) {
        this.settings = settings;
        this.failOnConflict = failOnConflict;
        this.client = client;
        this.stamps = stamps(settings);
        this.write = write;
    }

    private static List<String> stamps(ReadSettings settings) {
        ChangeList changes = settings.changes() == null
                ? Catalogue.shipped()
                        .byHelp(settings.resource().name(), settings.resource().path())
                        .changes()
                : settings.changes();
        return changes.modifiedFields();
    }

    /**
     * @param operation an operation
     * @return whether it is one of those that {@code mergeOnUpdate} is about
     */
    public static boolean isFor(Operation operation) {
        return CliniceaOperation.UPDATE.verb().equals(operation.verb());
    }

    /**
     * @param update the update; can be merged
     * @param given what the message gives for it, which has been found right as far as it goes
     * @param message gets the header that tells whether the record changed meanwhile
     * @return what came of the write
     * @throws CliniceaException if the record is not there, or changed and {@code failOnConflict} is on; nothing was written.
     *     Or else if the write failed
     */
    public Reply make(Operation update, Arguments given, Message message)
            throws CliniceaException, InterruptedException {
        message.removeHeader(CliniceaConstants.CONFLICT);
        CurrentRecord current = new CurrentRecord(settings, client, update, given);
        ObjectNode before = current.read();
        ObjectNode now = current.read();
        boolean changed = !version(before).equals(version(now));
        message.setHeader(CliniceaConstants.CONFLICT, changed);
        if (changed && failOnConflict) {
            throw current.failure(
                    "the record was changed by somebody else while it was merged, and failOnConflict is on; sent again, the"
                            + " update is merged with the record as it then is",
                    true);
        }
        return write.make(update, new RecordMerge(update, given).over(now));
    }

    /** @return the record's stamp; if it has none, all of it */
    private Object version(ObjectNode record) {
        for (String field : stamps) {
            String stamp = record.path(field).asText("");
            if (!stamp.isEmpty() && !RecordMerge.isUnset(stamp)) {
                return stamp;
            }
        }
        return record;
    }
}
