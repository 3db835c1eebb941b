/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.client.json.PageReader;
import io.github.camelclinicea.row.FirstPageRules;
import io.github.camelclinicea.row.Page;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the first page of a list that an operation looks up, if the number of its first page is not certain.
 *
 * <p>Specified by {@code PagedListTest}.
 */
final class FirstPageSearch {
    private FirstPageSearch() {}

    /**
     * The beginning of a list.
     *
     * @param number the number of its first page; without meaning if the list is empty
     * @param page the page; without rows if the list is empty
     */
    record Beginning(int number, Page page) {}

    /** Requests pages, and keeps the last response to each number. */
    private static final class Requests implements FirstPageRules.Requests<CliniceaException> {
        private final PageReader reader;
        private final Map<Integer, Page> pages = new HashMap<>();
        private final Map<Integer, CliniceaException> failures = new HashMap<>();

        Requests(PageReader reader) {
            this.reader = reader;
        }

        @Override
        public FirstPageRules.Response request(int number) throws CliniceaException, InterruptedException {
            try {
                Page page = reader.read(number);
                pages.put(number, page);
                return page.isEmpty() ? FirstPageRules.Response.EMPTY : FirstPageRules.Response.ROWS;
            } catch (CliniceaException e) {
                if (!ListReader.mayConcernPage(e)) {
                    throw e;
                }
                failures.put(number, e);
                return refusesPage(e) ? FirstPageRules.Response.REFUSAL : FirstPageRules.Response.FAILURE;
            }
        }
    }

    /**
     * Returns whether a failure says that there is no page of this number, because it is before the first page or after
     * the last one.
     */
    static boolean refusesPage(CliniceaException e) {
        return ListReader.mayConcernPage(e) && (e.getHttpResponseCode() == 400 || e.getHttpResponseCode() == 404);
    }

    /**
     * Finds the first page, as {@link FirstPageRules} says.
     *
     * @throws CliniceaException if the list could not be read
     * @throws InterruptedException if interrupted while waiting
     */
    static Beginning in(PageReader reader) throws CliniceaException, InterruptedException {
        Requests requests = new Requests(reader);
        return switch (FirstPageRules.find(requests)) {
            case AT_0 -> new Beginning(0, requests.pages.get(0));
            case AT_1 -> new Beginning(1, requests.pages.get(1));
            case NO_ROWS -> new Beginning(0, new Page(0, List.of(), null));
            case FAILURE_OF_0 -> throw requests.failures.get(0);
            case FAILURE_OF_1 -> throw requests.failures.get(1);
        };
    }
}
