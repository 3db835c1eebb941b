/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.benchmarks;

import java.io.IOException;

/** Reads a change list in one of the compared ways: each row once, with its id and status. */
interface Peer {
    /** Returns the name in the table. */
    String name();

    /** Returns the number of pages in flight. */
    int pagesInFlight();

    /** Returns how many times fewer pages this peer reads than the others, because it is so much slower. */
    default int fewerPages() {
        return 1;
    }

    /**
     * Prepares one sync. The preparation is not measured.
     *
     * @param baseUrl the address of the list
     * @param tally counts each row
     */
    Sync prepare(String baseUrl, Tally tally) throws Exception;

    /** Runs one sync. */
    interface Sync extends AutoCloseable {
        /** Reads the list from its first page to its end, and returns when the last row is counted. */
        void run() throws Exception;

        /**
         * Checks what the sync has written. The check is not measured.
         *
         * @param rows the number of rows in the list
         * @param deleted the number of those that are deleted
         * @throws IllegalStateException if something else was written
         */
        default void check(long rows, long deleted) throws Exception {}

        @Override
        void close() throws IOException;
    }
}
