package io.github.camelclinicea.client;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.catalog.Paging;
import java.util.List;

/**
 * A list that is read page by page, each only when it is asked for, so that one page is in memory and, while the next is
 * held against it, a second. Used by one thread at a time.
 */
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

    private final String resource;
    private final Pages pages;
    private final int maxPages;
    private final int fullPage;

    private int start;
    private int number;
    private WirePage last;
    private boolean ended;

    /**
     * @param resource the resource's name, for messages
     * @param pages where the pages come from
     * @param first the number of the first page; a 0 that the server refuses is corrected to 1
     * @param maxPages a list that is longer fails
     * @param fullPage rows of a full page
     */
    public PagedList(String resource, Pages pages, int first, int maxPages, int fullPage) {
        this.resource = resource;
        this.pages = pages;
        this.maxPages = maxPages;
        this.fullPage = fullPage;
        this.start = first;
        this.number = first;
    }

    /**
     * @param reader reads the pages
     * @param call the call without its page
     * @param paging how a page is asked for; null if the answer is the whole list
     * @param maxPages a list that is longer fails
     * @return the list that the call answers
     */
    public static PagedList of(ListReader reader, WireCall call, Paging paging, int maxPages) {
        return paging == null
                ? new PagedList(
                        call.resource(),
                        number -> number == 1 ? reader.read(call) : new WirePage(List.of(), null),
                        1,
                        Integer.MAX_VALUE,
                        1)
                : new PagedList(
                        call.resource(),
                        number -> reader.read(call, paging, number),
                        paging.page().first(),
                        maxPages,
                        paging.pageSize().rows());
    }

    /**
     * @return the rows of the next page in the order sent; none at the end, which is then not asked for again
     * @throws CliniceaException if the page could not be had, or the list does not end; after a page that could not be had,
     *     the next call asks for the same one
     * @throws InterruptedException if interrupted while waiting
     */
    public List<WireRow> nextPage() throws CliniceaException, InterruptedException {
        while (!ended) {
            WirePage page = read();
            boolean repeats = last != null && page.sameRowsAs(last);
            if (page.rows().isEmpty() || repeats && number > 1 && page.rows().size() < fullPage) {
                ended = true;
                last = null;
                return List.of();
            }
            if (repeats && number > 1) {
                throw endless();
            }
            number++;
            // A page 1 like page 0 comes from a server that counts from 1 and takes 0 for 1.
            if (!repeats) {
                last = page;
                return page.rows();
            }
        }
        return List.of();
    }

    private WirePage read() throws CliniceaException, InterruptedException {
        while (number - start < maxPages) {
            try {
                return pages.read(number);
            } catch (CliniceaException e) {
                if (number != 0 || e.getHttpResponseCode() != 400) {
                    throw e;
                }
                start = 1;
                number = 1;
            }
        }
        throw endless();
    }

    private CliniceaException endless() {
        return new CliniceaException(
                "The list of " + resource + " does not come to an end: the server repeats a page, or has more than "
                        + maxPages + " of them",
                resource,
                "list",
                200,
                false,
                null);
    }
}
