/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.event;

import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Endpoint;

/**
 * Reports that one poll of a consumer ended.
 *
 * <p>Specified by {@code AuditTest}.
 */
public final class CliniceaPollEvent extends CliniceaEvent {
    /** How a poll ended. */
    public enum Outcome {
        /** Every change was read, and no row failed or is held. A row that an operator skipped is not held. */
        COMPLETE,
        /** A row failed, the list kept shifting, or {@code maxMessagesPerPoll} was reached. The next poll continues. */
        INCOMPLETE,
        /** Clinicea could not be read, or the repository failed. The next poll starts from the same checkpoint. */
        FAILED,
        /**
         * The route was stopped or suspended during the poll, or the whole process stood still. The next poll starts
         * from the same checkpoint.
         */
        STOPPED
    }

    private final Outcome outcome;
    private final int rowsDelivered;
    private final int rowsFailed;
    private final int pagesRead;
    private final Instant checkpoint;

    /**
     * Creates the event of a poll that has just ended.
     *
     * @param endpoint the endpoint that was polled
     * @param resource the resource, as in its URI
     * @param routeId the id of the route
     * @param syncId the name of the sync in the repository
     * @param outcome how the poll ended
     * @param rowsDelivered the number of rows that the route finished without failure
     * @param rowsFailed the number of rows that the route finished with a failure
     * @param pagesRead the number of pages read, including empty pages
     * @param checkpoint the checkpoint after the poll, or null if there is none yet
     * @param duration how long the poll took, including the route's work on its rows
     */
    public CliniceaPollEvent(
            Endpoint endpoint,
            String resource,
            String routeId,
            String syncId,
            Outcome outcome,
            int rowsDelivered,
            int rowsFailed,
            int pagesRead,
            Instant checkpoint,
            Duration duration) {
        super(endpoint, resource, routeId, syncId, duration);
        this.outcome = outcome;
        this.rowsDelivered = rowsDelivered;
        this.rowsFailed = rowsFailed;
        this.pagesRead = pagesRead;
        this.checkpoint = checkpoint;
    }

    /** {@return how the poll ended} */
    public Outcome getOutcome() {
        return outcome;
    }

    /**
     * {@return the number of rows that the route finished without failure during the poll} Rows that failed or were
     * skipped are not included, and neither are echoes and rows that the route has not finished.
     */
    public int getRowsDelivered() {
        return rowsDelivered;
    }

    /**
     * {@return the number of rows that the route finished with a failure during the poll} A held row counts only if the
     * poll emitted it again.
     */
    public int getRowsFailed() {
        return rowsFailed;
    }

    /** {@return the number of pages that the poll read, including empty pages} */
    public int getPagesRead() {
        return pagesRead;
    }

    /** {@return the checkpoint after the poll; null if there is none yet} */
    public Instant getCheckpoint() {
        return checkpoint;
    }

    @Override
    public String toString() {
        return "CliniceaPollEvent[" + getResource() + ", sync " + getSyncId() + ", route " + getRouteId() + ", "
                + outcome + ", " + rowsDelivered + " rows delivered, " + rowsFailed + " failed, " + pagesRead
                + " pages read, checkpoint " + checkpoint + ", " + getDuration() + "]";
    }
}
