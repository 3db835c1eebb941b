/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import io.github.camelclinicea.catalog.PageParameter;

/**
 * The number of a list's first page. The catalogue's 0 is a guess, because the server may count from 1
 * (docs/design/wire.md, section 2).
 *
 * <p>Specified by {@code PagedListTest}.
 *
 * @param number the number as the wire counts
 * @param isCertain whether the list is known to begin there. If not, the number is 0, and the list may begin at 1
 */
public record FirstPage(int number, boolean isCertain) {
    public FirstPage {
        if (!isCertain && number != 0) {
            throw new IllegalArgumentException("only a 0 can be uncertain, not " + number);
        }
    }

    /** Returns a number that is certain. */
    public static FirstPage certain(int number) {
        return new FirstPage(number, true);
    }

    /**
     * Returns the first page of a list of the catalogue.
     *
     * @param pinned the user's option {@code firstPage}, or null
     * @param page the catalogue's page parameter
     */
    public static FirstPage of(Integer pinned, PageParameter page) {
        return pinned == null ? new FirstPage(page.first(), page.first() != 0) : certain(pinned);
    }
}
