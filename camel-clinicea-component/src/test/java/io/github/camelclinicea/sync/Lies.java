/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

/**
 * Holds the wrong and varying responses of a hostile server. A frequency n means one in n; 0 means never.
 *
 * @param empty frequency of empty responses although there may be rows
 * @param neighbour frequency of responses with the rows of the page before or after
 * @param refused frequency of refusals of page 0 although it exists
 * @param emptyZero whether a list that counts from 1 has an empty page 0 and does not refuse it
 * @param respelt whether each read spells the same content differently
 * @param unsteady whether a field of each row differs at each read
 * @param siblings frequency of records that the list shows as two rows with one id
 * @param unreadable frequency of unreadable rows
 */
record Lies(
        int empty,
        int neighbour,
        int refused,
        boolean emptyZero,
        boolean respelt,
        boolean unsteady,
        int siblings,
        int unreadable) {
    static final Lies NONE = new Lies(0, 0, 0, false, false, false, 0, 0);

    Lies withEmpty(int oneIn) {
        return new Lies(oneIn, neighbour, refused, emptyZero, respelt, unsteady, siblings, unreadable);
    }

    Lies withEmptyZero() {
        return new Lies(empty, neighbour, refused, true, respelt, unsteady, siblings, unreadable);
    }

    Lies withUnsteadyFields() {
        return new Lies(empty, neighbour, refused, emptyZero, respelt, true, siblings, unreadable);
    }

    Lies withSiblings(int oneIn) {
        return new Lies(empty, neighbour, refused, emptyZero, respelt, unsteady, oneIn, unreadable);
    }

    /** Returns whether responses may be wrong that are right if the request is repeated. */
    boolean areTransient() {
        return empty > 0 || neighbour > 0 || refused > 0;
    }
}
