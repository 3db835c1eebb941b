/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.sync.PageSlots.Fetched;

/**
 * The number of the list's first page (docs/design/wire.md, section 2). The documentation contradicts itself, and
 * starting at 1 on a list from 0 would lose a page silently. So 0 is certain once a row has come by it, 1 once two
 * polls found rows at 1 and, asked twice, none at 0. Until then both are asked in each poll, and the checkpoint must
 * not move. What is certain is kept in the repository as {@code <syncId>=page0} or {@code <syncId>=page1}. Used by the
 * thread that polls.
 */
final class FirstPage {
    private static final int POLLS_THAT_PROVE_ONE = 2;

    /** Fetches one page. */
    @FunctionalInterface
    interface Fetch {
        /** @return the page; null if the sink closed before there was room for it */
        Fetched page(int number) throws Exception;
    }

    private final RepositoryKeys keys;
    private final String prefix;
    private final int configured;
    private final boolean given;

    private int number;
    private boolean certain;
    private int pollsThatFoundOne;

    /**
     * @param configured the number by the catalogue or the user
     * @param pinned whether the user set it
     */
    FirstPage(RepositoryKeys keys, String syncId, int configured, boolean pinned) {
        this.keys = keys;
        this.prefix = syncId + "=page";
        this.configured = configured;
        // Only 0 is in doubt: no source says that a list which starts at 1 was seen to start at 0.
        this.given = pinned || configured != 0;
        this.number = configured;
        this.certain = given;
    }

    /** Reads what an earlier process found out. */
    void start() {
        if (given) {
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

    /** Forgets it. */
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
     * @throws Exception if the server cannot be asked, or failed over page 0 and has nothing at page 1
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
        // Its place is given back before the next page is asked for, since there may be one only.
        one.slot().release();
        Fetched zero = pageZeroAgain(fetch);
        return zero != null && hasRows(zero) ? foundAt(0, zero) : foundAtOne(zero, fetch);
    }

    /** Returns page 1, or an empty page if there is nothing at either number. */
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
            // An empty list from 0, of a server that does not take a number past the end.
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
        boolean kept = false;
        try {
            keys.add(prefix + page);
            kept = true;
        } finally {
            if (!kept) {
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
