/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.benchmarks;

import io.github.camelclinicea.CliniceaConstants;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Does the work for a row that is the same for every peer: reads its id and status and counts it. Thread-safe. */
class Tally {
    private final LongAdder rows = new LongAdder();
    private final LongAdder deleted = new LongAdder();

    void row(String id, String status) {
        Objects.requireNonNull(id, "id");
        rows.increment();
        if ("Deleted".equals(status)) {
            deleted.increment();
        }
    }

    /** Counts the row of an exchange, with id and status from the headers. */
    void row(Exchange exchange) {
        Message row = exchange.getMessage();
        row(row.getHeader(CliniceaConstants.RECORD_ID, String.class), status(row));
    }

    /** Counts the rows of a batch, with ids and status from the headers. */
    void rows(Exchange exchange) {
        Message batch = exchange.getMessage();
        String status = status(batch);
        for (Object id : batch.getHeader(CliniceaConstants.RECORD_IDS, List.class)) {
            row((String) id, status);
        }
    }

    private static String status(Message message) {
        return message.getHeader(CliniceaConstants.DATA_STATUS, String.class);
    }

    /** Counts a row as it was sent. */
    void row(Map<?, ?> sent) {
        row((String) sent.get("PatientID"), (String) sent.get("DataStatusStr"));
    }

    /**
     * Checks the count, so that no wrong measurement is reported.
     *
     * @throws IllegalStateException if there were not that many rows, or not that many deleted ones
     */
    void requireRows(long expected, long expectedDeleted) {
        if (rows.sum() != expected || deleted.sum() != expectedDeleted) {
            throw new IllegalStateException(rows.sum() + " rows, " + deleted.sum() + " of them deleted, instead of "
                    + expected + " and " + expectedDeleted);
        }
    }
}
