package io.github.camelclinicea.benchmarks;

import java.io.IOException;

/** A way to read a change list: each row once, each by id and status. */
interface Peer {
    /** @return what it is called in the table */
    String name();

    /** @return how many pages it has in flight */
    int pagesInFlight();

    /**
     * Makes itself ready for one sync, which is not measured.
     *
     * @param baseUrl where the list is
     * @param tally told of each row
     */
    Sync prepare(String baseUrl, Tally tally) throws Exception;

    /** One sync that is about to run. */
    interface Sync extends AutoCloseable {
        /** Reads the list from its first page to its end; returns when the last row is done. */
        void run() throws Exception;

        @Override
        void close() throws IOException;
    }
}
