/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.event;

import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Endpoint;

/** A consumer's sweep has ended: one poll of its change list. */
public final class CliniceaPollEvent extends CliniceaEvent {
    /** How a sweep ended. */
    public enum Outcome {
        /** Everything that had changed was read, and every row completed. */
        COMPLETE,
        /** A row failed, the list kept shifting, or {@code maxMessagesPerPoll} was reached; the next sweep goes on with it. */
        INCOMPLETE,
        /** Clinicea could not be read, or the repository failed; the next sweep repeats it. */
        FAILED,
        /** The route was stopped or suspended meanwhile, or the whole process stood still: the next sweep repeats it. */
        STOPPED
    }

    private final Outcome outcome;
    private final int rowsDelivered;
    private final int rowsFailed;
    private final int pagesRead;
    private final Instant checkpoint;

    /**
     * @param endpoint the endpoint that was polled
     * @param resource the resource, as in its URI
     * @param routeId the route
     * @param syncId the sync, as in the repository
     * @param outcome how it ended
     * @param rowsDelivered rows handed to the route, those that failed included
     * @param rowsFailed rows that the route failed on
     * @param pagesRead pages read, empty ones included
     * @param checkpoint since when the next sweep asks, or null
     * @param duration how long it took, the route's work on its rows included
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

    /** @return how it ended */
    public Outcome getOutcome() {
        return outcome;
    }

    /** @return rows handed to the route, those that failed included */
    public int getRowsDelivered() {
        return rowsDelivered;
    }

    /** @return rows that the route failed on */
    public int getRowsFailed() {
        return rowsFailed;
    }

    /** @return pages read, empty ones included */
    public int getPagesRead() {
        return pagesRead;
    }

    /** @return the sync timestamp afterwards: since when the next sweep asks, or null before the first */
    public Instant getCheckpoint() {
        return checkpoint;
    }

    @Override
    public String toString() {
        return "CliniceaSweepEvent[" + getResource() + ", sync " + getSyncId() + ", route " + getRouteId() + ", "
                + outcome + ", " + rowsDelivered + " rows delivered, " + rowsFailed + " failed, " + pagesRead
                + " pages read, next from " + checkpoint + ", " + getDuration() + "]";
    }
}
