/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.Row;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects fields that differ from read to read, such as a read time or a signed URL: they make each row a new version
 * at each read. It compares a few rows of each poll with the rows of the same records in the poll before. Used by the
 * thread that polls.
 */
final class VolatileFields {
    private static final Logger LOG = LoggerFactory.getLogger(VolatileFields.class);

    private static final int SAMPLE = 32;
    private static final int LARGEST_ROW = 64 << 10;

    private final String syncId;
    private final BiFunction<Row, Row, Set<String>> differences;
    private Map<Long, Row> before = new HashMap<>();
    private Map<Long, Row> now = new HashMap<>();
    private final Set<String> fields = new TreeSet<>();
    private int cameAgain;
    private int differ;
    private boolean warned;

    /** @param differences returns the names of the fields in which two rows differ */
    VolatileFields(String syncId, BiFunction<Row, Row, Set<String>> differences) {
        this.syncId = syncId;
        this.differences = differences;
    }

    /** Compares the rows of a page of the forward reading. */
    void look(Page page) {
        if (warned) {
            return;
        }
        RecordsOfPage records = new RecordsOfPage(page.rows());
        for (Row row : page.rows()) {
            Row earlier = before.remove(row.recordKey());
            if (earlier != null && row.modified() != null && row.modified().equals(earlier.modified())) {
                compare(earlier, row);
            }
            if (now.size() < SAMPLE
                    && row.id() != null
                    && row.content().length <= LARGEST_ROW
                    && !records.hasSeveral(row.recordKey())) {
                now.put(row.recordKey(), row);
            }
        }
    }

    private void compare(Row earlier, Row row) {
        cameAgain++;
        if (!row.version().equals(earlier.version())) {
            differ++;
            fields.addAll(differences.apply(earlier, row));
        }
    }

    /** Warns once if most rows differed. To be called at the end of each poll. */
    void endPoll() {
        if (!warned && differ > 0 && 2 * differ > cameAgain && !fields.isEmpty()) {
            warned = true;
            now.clear();
            LOG.warn(
                    "Sync {}: most records come again with the same stamp but another content, so they are delivered"
                            + " again at each reading. The fields that differ: {}. If they are no change of a record,"
                            + " set ignoreFields={}",
                    syncId,
                    String.join(", ", fields),
                    String.join(",", fields));
        }
        before = now;
        now = new HashMap<>();
        fields.clear();
        cameAgain = 0;
        differ = 0;
    }
}
