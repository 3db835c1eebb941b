/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import io.github.camelclinicea.sync.HeldRow;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import javax.management.openmbean.TabularData;
import javax.management.openmbean.TabularDataSupport;
import javax.management.openmbean.TabularType;

/**
 * Shows held rows and polls as tables of JMX. Moments are in ISO 8601 and UTC.
 *
 * <p>Specified by {@code JmxTest}.
 */
final class SyncTables {
    private static final String[] HELD_COLUMNS = {
        "recordId", "modified", "status", "attempts", "heldSince", "nextAttempt", "lastFailure", "version"
    };
    private static final OpenType<?>[] HELD_TYPES = {
        SimpleType.STRING,
        SimpleType.STRING,
        SimpleType.STRING,
        SimpleType.INTEGER,
        SimpleType.STRING,
        SimpleType.STRING,
        SimpleType.STRING,
        SimpleType.STRING
    };
    private static final String[] POLL_COLUMNS = {
        "number", "startedAt", "millis", "emitted", "delivered", "failed", "pages", "requests", "end"
    };
    private static final OpenType<?>[] POLL_TYPES = {
        SimpleType.INTEGER,
        SimpleType.STRING,
        SimpleType.LONG,
        SimpleType.INTEGER,
        SimpleType.INTEGER,
        SimpleType.INTEGER,
        SimpleType.INTEGER,
        SimpleType.INTEGER,
        SimpleType.STRING
    };

    private SyncTables() {}

    /** Returns a table of held rows. A version of a record is one line. */
    static TabularData ofHeldRows(List<HeldRow> rows) throws OpenDataException {
        return table("HeldRow", HELD_COLUMNS, HELD_TYPES, "version", rows, row -> new Object[] {
            row.recordId(),
            row.modified(),
            row.status(),
            row.attempts(),
            text(row.heldSince()),
            text(row.nextAttempt()),
            row.lastFailure(),
            row.version()
        });
    }

    /** Returns a table of polls, which are numbered in their order from 1. */
    static TabularData ofPolls(List<PollSummary> polls) throws OpenDataException {
        int[] number = {0};
        return table("Poll", POLL_COLUMNS, POLL_TYPES, "number", polls, poll -> new Object[] {
            ++number[0],
            text(poll.startedAt()),
            poll.duration().toMillis(),
            poll.emitted(),
            poll.delivered(),
            poll.failed(),
            poll.pages(),
            poll.requests(),
            poll.end().name()
        });
    }

    private static <T> TabularData table(
            String name,
            String[] columns,
            OpenType<?>[] types,
            String key,
            List<T> lines,
            Function<T, Object[]> values)
            throws OpenDataException {
        CompositeType line = new CompositeType(name, name, columns, columns, types);
        TabularData table = new TabularDataSupport(new TabularType(name + "s", name + "s", line, new String[] {key}));
        for (T next : lines) {
            table.put(new CompositeDataSupport(line, columns, values.apply(next)));
        }
        return table;
    }

    private static String text(Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
