/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.client.json.PageReader;
import io.github.camelclinicea.row.Page;
import java.util.List;
import java.util.Set;

/**
 * Finds out whether a list begins with page 0 or with page 1 (docs/design/wire.md, section 2). At page 0, a server that
 * counts from 1 may answer anything: a refusal, a failure, or what looks like an empty list.
 */
final class FirstPageSearch {
    /** Says nothing about the page: no response came (0), or it is the request or its sender that is refused. */
    private static final Set<Integer> NOT_OF_THE_PAGE = Set.of(0, 401, 403, 407, 429, 503);

    private FirstPageSearch() {}

    /**
     * Where a list begins.
     *
     * @param number the number of its first page; of no meaning if the list is empty
     * @param page the page; without rows if the list is empty
     */
    record Beginning(int number, Page page) {}

    /**
     * What was answered to the request for a page.
     *
     * @param page the page, or null
     * @param failure the failure, or null
     */
    private record Answer(Page page, CliniceaException failure) {
        boolean hasRows() {
            return page != null && !page.rows().isEmpty();
        }

        boolean isRefusal() {
            return failure != null && refusesPage(failure);
        }

        boolean isFailure() {
            return failure != null && !isRefusal();
        }
    }

    /**
     * Returns whether the server says that there is no page of this number: what it would say of one before the first
     * or behind the last.
     */
    static boolean refusesPage(CliniceaException e) {
        return e.getHttpResponseCode() == 400 || e.getHttpResponseCode() == 404;
    }

    /**
     * Asks for page 0, and for page 1 if there are no rows at page 0. Rows at page 1 prove nothing yet: a list from 0
     * that is longer than a page has them, too. So page 0 is asked once more.
     *
     * @throws CliniceaException if the list could not be had
     * @throws InterruptedException if interrupted while waiting
     */
    static Beginning in(PageReader pages) throws CliniceaException, InterruptedException {
        Answer zero = ask(pages, 0);
        if (zero.hasRows()) {
            return new Beginning(0, zero.page());
        }
        Answer one = ask(pages, 1);
        if (one.hasRows()) {
            Answer again = ask(pages, 0);
            return again.hasRows() ? new Beginning(0, again.page()) : new Beginning(1, one.page());
        }
        if (zero.isFailure() || zero.isRefusal() && one.isRefusal()) {
            throw zero.failure();
        }
        if (one.isFailure()) {
            throw one.failure();
        }
        return new Beginning(0, new Page(0, List.of(), null));
    }

    private static Answer ask(PageReader pages, int number) throws CliniceaException, InterruptedException {
        try {
            return new Answer(pages.read(number), null);
        } catch (CliniceaException e) {
            if (NOT_OF_THE_PAGE.contains(e.getHttpResponseCode()) || ListReader.hadRows(e)) {
                throw e;
            }
            return new Answer(null, e);
        }
    }
}
