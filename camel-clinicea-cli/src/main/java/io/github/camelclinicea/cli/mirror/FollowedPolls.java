/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import io.github.camelclinicea.cli.Output;
import io.github.camelclinicea.event.CliniceaPollEvent;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the tables with the fields up to date after each poll, when its rows are committed, and prints a line about
 * each poll that had rows.
 *
 * <p>Specified by {@code FollowTest}.
 */
final class FollowedPolls extends PollListener {
    private static final Logger LOG = LoggerFactory.getLogger(FollowedPolls.class);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final MirrorDatabase database;
    private final ChangedRecords changed;
    private final Output out;

    FollowedPolls(MirrorDatabase database, ChangedRecords changed, Output out) {
        this.database = database;
        this.changed = changed;
        this.out = out;
    }

    @Override
    void ended(CliniceaPollEvent poll) {
        updateFields(new Mirrored(poll.getResource()));
        if (poll.getRowsDelivered() + poll.getRowsFailed() > 0) {
            out.println(line(poll));
        }
    }

    private static String line(CliniceaPollEvent poll) {
        String failed = poll.getRowsFailed() == 0 ? "" : ", " + poll.getRowsFailed() + " failed";
        return "%s  %-16s %d rows%s, checkpoint %s"
                .formatted(
                        LocalTime.now().format(TIME),
                        poll.getResource(),
                        poll.getRowsDelivered(),
                        failed,
                        poll.getCheckpoint());
    }

    /**
     * Brings the table with the fields up to date, after a poll of a list. Polls of bills and of deleted bills may end
     * at once, and the second one must see what the first has written.
     */
    synchronized void updateFields(Mirrored list) {
        Mirrored what = list.equals(Mirrored.DELETED_BILLS) ? Mirrored.BILLS : list;
        Optional<Set<String>> ids = changed.take(list);
        try {
            if (ids.isEmpty()) {
                database.fillFieldTable(what);
            } else if (!ids.get().isEmpty()) {
                database.updateFieldTable(what, ids.get());
            }
        } catch (RuntimeException e) {
            changed.addAll(list);
            // Without the failure: the message of a driver may have a value.
            LOG.warn(
                    "The table {} cannot be written now. It is written again after the next poll: {}",
                    FieldTables.name(what.resource()),
                    e.getClass().getSimpleName());
        }
    }
}
