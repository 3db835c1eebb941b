/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

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

    /**
     * Finds the first page of a list whose first number is not certain.
     *
     * @return the first page that has rows; an empty page if neither has; null if the sink closed meanwhile
     * @throws Exception if a page could not be fetched, or if the server failed over page 0 and has no rows at page 1
     */
    Fetched find(Fetch fetch) throws Exception {
        number = 0;
        PageRefusedException refused = null;
        try {
            Fetched zero = fetch.page(0);
            if (zero == null || hasRows(zero)) {
                return zero == null ? null : foundAt(0, zero);
            }
            zero.slot().release();
        } catch (PageRefusedException e) {
            refused = e;
        }
        Fetched one = pageOne(fetch, refused);
        if (one == null || !hasRows(one)) {
            return one;
        }
        // Released before the next page is requested, since there may be only one slot.
        one.slot().release();
        Fetched zero = pageZeroAgain(fetch);
        return zero != null && hasRows(zero) ? foundAt(0, zero) : foundAtOne(zero, fetch);
    }

    /** Returns page 1, or an empty page if neither number has rows; null if the sink closed. */
    private static Fetched pageOne(Fetch fetch, PageRefusedException zero) throws Exception {
        Fetched one;
        try {
            one = fetch.page(1);
        } catch (PageRefusedException e) {
            if (zero != null) {
                throw zero;
            }
            if (!e.isWrongRequest()) {
                throw e;
            }
            // The list starts at 0 and is empty, and the server refuses a number past the end.
            return fetch.page(0);
        }
        if (one != null && !hasRows(one) && zero != null && !zero.isWrongRequest()) {
            one.slot().release();
            throw zero;
        }
        return one;
    }

    /** Returns page 0; null if it was refused again or the sink closed. */
    private static Fetched pageZeroAgain(Fetch fetch) throws Exception {
        try {
            return fetch.page(0);
        } catch (PageRefusedException e) {
            return null;
        }
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

    private Fetched foundAtOne(Fetched emptyZero, Fetch fetch) throws Exception {
        if (emptyZero != null) {
            emptyZero.slot().release();
        }
        Fetched one = fetch.page(1);
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
