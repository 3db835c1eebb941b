/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.client.json.PageReader;
import io.github.camelclinicea.row.Page;
import java.util.List;
import java.util.Set;

/**
 * Determines whether a list begins with page 0 or with page 1 (docs/design/wire.md, section 2). A server that counts
 * from 1 may respond to page 0 with a refusal, a failure, or an empty list.
 *
 * <p>Specified by {@code PagedListTest}.
 */
final class FirstPageSearch {
    /** Statuses that say nothing about the page: no response came (0), or the request or its sender was refused. */
    private static final Set<Integer> NOT_ABOUT_PAGE = Set.of(0, 401, 403, 407, 429, 503);

    private FirstPageSearch() {}

    /**
     * The beginning of a list.
     *
     * @param number the number of its first page; without meaning if the list is empty
     * @param page the page; without rows if the list is empty
     */
    record Beginning(int number, Page page) {}

    /**
     * The result of requesting one page.
     *
     * @param page the page, or null
     * @param failure the failure, or null
     */
    private record Result(Page page, CliniceaException failure) {
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
     * Returns whether a failure says that there is no page of this number, because it is before the first page or after
     * the last one.
     */
    static boolean refusesPage(CliniceaException e) {
        return e.getHttpResponseCode() == 400 || e.getHttpResponseCode() == 404;
    }

    /**
     * Requests page 0, and page 1 if page 0 has no rows. Rows at page 1 prove nothing yet, because a list from 0 with
     * more than one page has them too. So page 0 is requested once more.
     *
     * @throws CliniceaException if the list could not be read
     * @throws InterruptedException if interrupted while waiting
     */
    static Beginning in(PageReader pages) throws CliniceaException, InterruptedException {
        Result zero = request(pages, 0);
        if (zero.hasRows()) {
            return new Beginning(0, zero.page());
        }
        Result one = request(pages, 1);
        if (one.hasRows()) {
            Result again = request(pages, 0);
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

    private static Result request(PageReader pages, int number) throws CliniceaException, InterruptedException {
        try {
            return new Result(pages.read(number), null);
        } catch (CliniceaException e) {
            if (NOT_ABOUT_PAGE.contains(e.getHttpResponseCode()) || ListReader.hadRows(e)) {
                throw e;
            }
            return new Result(null, e);
        }
    }
}
