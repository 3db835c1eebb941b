/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.row.Page;

/** Reads the pages of one list. */
@FunctionalInterface
public interface PageReader {
    /**
     * Returns a page, which has no rows past the end of the list.
     *
     * @param number the page number as the wire counts
     * @throws CliniceaException if there was no response, or one that is not a page
     * @throws InterruptedException if interrupted while waiting
     */
    Page read(int number) throws CliniceaException, InterruptedException;
}
