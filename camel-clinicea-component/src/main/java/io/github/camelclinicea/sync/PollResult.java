/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

/**
 * What one poll did.
 *
 * @param emitted rows handed to the route
 * @param delivered rows that the route finished without failure
 * @param failed rows that the route finished with a failure
 * @param pages pages read, empty ones included
 * @param end how it ended
 */
public record PollResult(int emitted, int delivered, int failed, int pages, End end) {

    /** How a poll ended. */
    public enum End {
        /** Everything was read and completed. */
        CLEAN,
        /** A row failed; the checkpoint stays and the row comes again. */
        ROWS_FAILED,
        /** The list kept shifting; the checkpoint stays and the next poll reads it again. */
        UNSETTLED,
        /** A page could not be had or trusted, or the repository failed: the poll threw; the checkpoint stays. */
        FAILED,
        /** As many rows as one poll may deliver; the checkpoint stays and the next poll goes on. */
        LIMITED,
        /** The sink was closed: the consumer was stopped or suspended, or stood still; the checkpoint stays. */
        STOPPED
    }
}
