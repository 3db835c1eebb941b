/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.benchmarks;

import java.io.IOException;

/**
 * Reads with an HTTP client and Jackson, without a framework, as the limit of what is possible: it keeps no order and
 * no state over a restart.
 */
record BareClient(int pagesInFlight) implements Peer {

    @Override
    public String name() {
        return "bare HTTP client and Jackson to `Map`";
    }

    @Override
    public Sync prepare(String baseUrl, Tally tally) {
        BarePages pages = new BarePages(baseUrl, pagesInFlight);
        BareReaders readers = new BareReaders(pages, pagesInFlight, rows -> rows.forEach(tally::row));
        return new Sync() {
            @Override
            public void run() throws Exception {
                readers.run();
            }

            @Override
            public void close() throws IOException {
                readers.close();
                pages.close();
            }
        };
    }
}
