/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.row;

import java.util.Set;

/**
 * Decides whether a list begins with page 0 or with page 1 (docs/design/wire.md, section 2). A server that counts from
 * 1 may respond to page 0 with a refusal, a failure, or an empty page. Rows at page 1 prove nothing yet, because a list
 * from 0 with more than one page has them too. So page 0 is requested once more.
 *
 * <p>The rules hold for change lists and for lists that an operation looks up. Each kind decides itself which statuses
 * are refusals.
 *
 * <p>Specified by {@code FirstPageRulesTest}.
 */
public final class FirstPageRules {
    /** Statuses that say nothing about the page: no response came (0), or the request or its sender was refused. */
    private static final Set<Integer> NOT_ABOUT_PAGE = Set.of(0, 401, 403, 407, 429, 503);

    private FirstPageRules() {}

    /** Says what the response to the request of a page was. */
    public enum Response {
        /** The page has rows. */
        ROWS,
        /** The page has no rows. */
        EMPTY,
        /** The server says that the request is wrong, so there may be no page of this number. */
        REFUSAL,
        /** Any other failure. */
        FAILURE
    }

    /** Says where a list begins. */
    public enum Beginning {
        /** At page 0. The last response brought its rows. */
        AT_0,
        /** At page 1, by the responses so far. */
        AT_1,
        /** Nowhere, because the list has no rows. */
        NO_ROWS,
        /** This is unknown. The failure of page 0 is to be reported. */
        FAILURE_OF_0,
        /** This is unknown. The failure of page 1 is to be reported. */
        FAILURE_OF_1
    }

    /**
     * Requests pages.
     *
     * @param <X> the failure that ends the search
     */
    @FunctionalInterface
    public interface Requests<X extends Exception> {
        /**
         * Requests a page.
         *
         * @param number 0 or 1
         * @throws X if the search must end
         * @throws InterruptedException if interrupted while waiting
         */
        Response request(int number) throws X, InterruptedException;
    }

    /**
     * Returns whether a failure with this status may be due to the number of the page.
     *
     * @param status the HTTP status; 0 if no response came
     */
    public static boolean mayConcernPage(int status) {
        return !NOT_ABOUT_PAGE.contains(status);
    }

    /**
     * Requests page 0, page 1 if page 0 has no rows, and page 0 again if page 1 has rows.
     *
     * <p>If page 0 was refused and page 1 failed, the failure of page 1 is reported. It says more: a wrong request
     * would have been refused for page 1 as well. So the refusal was for the number 0, and the failure keeps the list
     * from being read.
     *
     * @throws X if a request ended the search
     * @throws InterruptedException if interrupted while waiting
     */
    public static <X extends Exception> Beginning find(Requests<X> requests) throws X, InterruptedException {
        Response zero = requests.request(0);
        if (zero == Response.ROWS) {
            return Beginning.AT_0;
        }
        Response one = requests.request(1);
        if (one == Response.ROWS) {
            return requests.request(0) == Response.ROWS ? Beginning.AT_0 : Beginning.AT_1;
        }
        if (zero == Response.FAILURE || zero == Response.REFUSAL && one == Response.REFUSAL) {
            return Beginning.FAILURE_OF_0;
        }
        return one == Response.FAILURE ? Beginning.FAILURE_OF_1 : Beginning.NO_ROWS;
    }
}
