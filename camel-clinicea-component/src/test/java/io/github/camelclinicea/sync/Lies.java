/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

/**
 * What a hostile server says that is not so, or says in more ways than one. Frequencies are "one in so many", 0 for never.
 *
 * @param empty requests that are answered empty, though there may be rows
 * @param neighbour requests that are answered with the rows of the page before or behind
 * @param refused requests for page 0 that are refused, though there is one
 * @param emptyZero whether a list that counts from 1 has an empty page 0, where others refuse it
 * @param respelt whether rows are spelt differently at each read, as the same content
 * @param unsteady whether a field of each row differs at each read
 * @param siblings rows that the list shows as two, with one id
 * @param unreadable rows that cannot be read
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

    /** Returns whether answers may be wrong that another asking would put right. */
    boolean areTransient() {
        return empty > 0 || neighbour > 0 || refused > 0;
    }
}
