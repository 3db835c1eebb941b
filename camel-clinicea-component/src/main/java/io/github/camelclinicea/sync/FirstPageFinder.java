/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.FirstPageRules;
import io.github.camelclinicea.sync.PageSlots.Fetched;

/**
 * Finds the number of the list's first page (docs/design/wire.md, section 2). The documentation contradicts itself,
 * and a reading from 1 of a list that starts at 0 would lose a page silently. So 0 is certain once a row has come by
 * it. 1 is certain once two polls found rows at 1 and, in two requests, none at 0. Until then each poll requests
 * both, and the checkpoint must not move.
 *
 * <p>The repository keeps a certain number as {@code <syncId>=page0} or {@code <syncId>=page1}. Used by the thread that
 * polls.
 */
final class FirstPageFinder {
    private static final int POLLS_THAT_PROVE_ONE = 2;

    /** Fetches one page. */
    @FunctionalInterface
    interface Fetch {
        /** Returns the page; null if the sink closed first. */
        Fetched page(int number) throws Exception;
    }

    private final RepositoryKeys keys;
    private final String prefix;
    private final int configured;
    private final boolean isGiven;

    private int number;
    private boolean certain;
    private int pollsThatFoundOne;

    /**
     * @param configured the number that the catalogue or the user gives
     * @param pinned whether the user gave it
     */
    FirstPageFinder(RepositoryKeys keys, String syncId, int configured, boolean pinned) {
        this.keys = keys;
        this.prefix = syncId + "=page";
        this.configured = configured;
        // Only 0 is uncertain: no source says that a list documented to start at 1 was seen to start at 0.
        this.isGiven = pinned || configured != 0;
        this.number = configured;
        this.certain = isGiven;
    }

    /** Reads from the repository which number an earlier process found. */
    void start() {
        if (isGiven) {
            return;
        }
        number = configured;
        pollsThatFoundOne = 0;
        certain = keys.contains(prefix + 0);
        if (!certain && keys.contains(prefix + 1)) {
            number = 1;
            certain = true;
        }
    }

    /** Forgets the number, in the repository as well. */
    void forget() {
        keys.remove(prefix + 0);
        keys.remove(prefix + 1);
        start();
    }

    int number() {
        return number;
    }

    boolean isCertain() {
        return certain;
    }

    /** Fetches pages for the search, and holds the last one. */
    private static final class Requests implements FirstPageRules.Requests<Exception> {
        private final Fetch fetch;
        private final PageRefusedException[] refusals = new PageRefusedException[2];
        /** The last page; null if it was refused. */
        private Fetched last;

        private boolean isClosed;

        Requests(Fetch fetch) {
            this.fetch = fetch;
        }

        @Override
        public FirstPageRules.Response request(int number) throws Exception {
            // Released before the next page is requested, since there may be only one slot.
            release();
            try {
                last = isClosed ? null : fetch.page(number);
                isClosed = last == null;
                return isClosed || last.page().isEmpty() ? FirstPageRules.Response.EMPTY : FirstPageRules.Response.ROWS;
            } catch (PageRefusedException e) {
                refusals[number] = e;
                return e.isWrongRequest() ? FirstPageRules.Response.REFUSAL : FirstPageRules.Response.FAILURE;
            }
        }

        void release() {
            if (last != null) {
                last.slot().release();
                last = null;
            }
        }
    }

    /**
     * Finds the first page of a list whose first number is not certain, as {@link FirstPageRules} says.
     *
     * @return the first page that has rows; an empty page if neither has; null if the sink closed meanwhile
     * @throws Exception if a page could not be fetched, or if neither page has rows and the rules report a failure
     */
    Fetched find(Fetch fetch) throws Exception {
        number = 0;
        Requests requests = new Requests(fetch);
        FirstPageRules.Beginning beginning = FirstPageRules.find(requests);
        if (requests.isClosed) {
            return null;
        }
        return switch (beginning) {
            case AT_0 -> foundAt(0, requests.last);
            case AT_1 -> foundAtOne(requests);
            case NO_ROWS -> requests.last != null ? requests.last : pageZeroAgain(fetch);
            case FAILURE_OF_0 -> throw refused(requests, 0);
            case FAILURE_OF_1 -> throw refused(requests, 1);
        };
    }

    private static PageRefusedException refused(Requests requests, int number) {
        requests.release();
        return requests.refusals[number];
    }

    /** Requests page 0 in place of a page 1 that was refused as past the end. It is probably empty again. */
    private Fetched pageZeroAgain(Fetch fetch) throws Exception {
        Fetched zero = fetch.page(0);
        return zero != null && hasRows(zero) ? foundAt(0, zero) : zero;
    }

    private Fetched foundAt(int page, Fetched fetched) {
        boolean isKept = false;
        try {
            keys.add(prefix + page);
            isKept = true;
        } finally {
            if (!isKept) {
                fetched.slot().release();
            }
        }
        number = page;
        certain = true;
        return fetched;
    }

    private Fetched foundAtOne(Requests requests) throws Exception {
        requests.release();
        Fetched one = requests.fetch.page(1);
        if (one == null || !hasRows(one)) {
            return one;
        }
        number = 1;
        return ++pollsThatFoundOne < POLLS_THAT_PROVE_ONE ? one : foundAt(1, one);
    }

    private static boolean hasRows(Fetched fetched) {
        return !fetched.page().isEmpty();
    }
}
