/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

/**
 * The result of one poll.
 *
 * @param emitted rows handed to the route
 * @param delivered rows that the route finished without failure
 * @param failed rows that the route finished with a failure, those that the poll before left in flight included
 * @param pages pages read, empty ones included
 * @param end how the poll ended
 */
public record PollResult(int emitted, int delivered, int failed, int pages, End end) {

    /** How a poll ended. */
    public enum End {
        /** Every row was read and delivered. */
        CLEAN,
        /** A row failed or is held; the checkpoint stays and the row is emitted again. */
        ROWS_FAILED,
        /** The list kept shifting; the checkpoint stays and the next poll reads it again. */
        UNSETTLED,
        /** The poll threw: a page could not be fetched or trusted, or the repository failed. The checkpoint stays. */
        FAILED,
        /** The poll emitted as many rows as it may; the checkpoint stays and the next poll goes on. */
        LIMITED,
        /** The sink closed: the consumer was stopped or suspended, or the process paused. The checkpoint stays. */
        STOPPED
    }
}
