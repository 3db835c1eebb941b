/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import io.github.camelclinicea.catalog.PageParameter;

/**
 * The number of a list's first page. A 0 of the catalogue is a guess, since the server may count from 1
 * (docs/design/wire.md, section 2).
 *
 * @param number the number as the wire counts
 * @param isCertain whether the list is known to begin there; if not, the number is 0, and may prove to be 1
 */
public record FirstPage(int number, boolean isCertain) {
    public FirstPage {
        if (!isCertain && number != 0) {
            throw new IllegalArgumentException("only a 0 can be uncertain, not " + number);
        }
    }

    /** Returns the number of a first page that is known. */
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
