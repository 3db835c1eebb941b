package io.github.camelclinicea.client;

import io.github.camelclinicea.CliniceaException;
import java.util.ArrayList;
import java.util.List;

/** Reads a list to its end, for who wants it whole. */
public final class PagedList {
    /** Where the pages come from. */
    @FunctionalInterface
    public interface Pages {
        /**
         * @param number the page number as the wire counts
         * @return the page; without rows past the end
         */
        WirePage read(int number) throws CliniceaException, InterruptedException;
    }

    private PagedList() {}

    /**
     * @param resource the resource's name, for messages
     * @param pages where the pages come from
     * @param first the number of the first page; a 0 that the server refuses is corrected to 1
     * @param maxPages a list that is longer fails
     * @param fullPage rows of a full page
     * @return all rows in the order sent
     * @throws CliniceaException if a page could not be had, or the list does not end
     * @throws InterruptedException if interrupted while waiting
     */
    public static List<WireRow> readAll(String resource, Pages pages, int first, int maxPages, int fullPage)
            throws CliniceaException, InterruptedException {
        List<WireRow> rows = new ArrayList<>();
        WirePage last = null;
        int start = first;
        for (int number = first; number - start < maxPages; number++) {
            WirePage page;
            try {
                page = pages.read(number);
            } catch (CliniceaException e) {
                if (number == 0 && e.getHttpResponseCode() == 400) {
                    start = 1;
                    continue;
                }
                throw e;
            }
            boolean repeats = last != null && page.sameRowsAs(last);
            if (page.rows().isEmpty() || repeats && number > 1 && page.rows().size() < fullPage) {
                return rows;
            }
            if (repeats && number > 1) {
                break;
            }
            // A page 1 like page 0 comes from a server that counts from 1 and takes 0 for 1.
            if (!repeats) {
                rows.addAll(page.rows());
            }
            last = page;
        }
        throw new CliniceaException(
                "The list of " + resource + " does not come to an end: the server repeats a page, or has more than "
                        + maxPages + " of them",
                resource,
                "list",
                200,
                false,
                null);
    }
}
