/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.sync.PageSlots.Fetched;
import java.time.Instant;

/**
 * Reads the pages of a list from its end to its first page, one at a time. An empty page, and one with the rows of
 * the page behind it, is requested once more before it is believed (docs/design/sync.md, section 3a, rule 1).
 *
 * <p>Specified by {@code SyncContractTest} and {@code ShiftingListTest}.
 */
final class BackwardReading {
    private final PageReads pages;
    private final Instant since;
    private final int lastFilledPage;

    private int number;
    private Page behind;
    private boolean incomplete;

    /** @param lastFilledPage the number of the last page on which the forward reading saw rows */
    BackwardReading(PageReads pages, Instant since, int lastFilledPage) {
        this.pages = pages;
        this.since = since;
        this.lastFilledPage = lastFilledPage;
        // One page more than there were: the list may have grown.
        this.number = lastFilledPage + 1;
    }

    Instant since() {
        return since;
    }

    boolean hasNext() {
        return number >= pages.firstPage().number();
    }

    /**
     * Returns the next page; null if the sink closed.
     *
     * @throws Exception if the page could not be fetched, or is empty although a page behind it has rows
     */
    Fetched next() throws Exception {
        Fetched fetched = pages.fetch(since, number);
        if (fetched != null && isInDoubt(fetched.page())) {
            fetched.slot().release();
            fetched = pages.fetch(since, number);
        }
        if (fetched == null) {
            return null;
        }
        requireRows(fetched);
        Page page = fetched.page();
        // One of the two responses was meant for the other request; only another pass can show which.
        incomplete |= behind != null && page.sameRowsAs(behind) && !mayRepeat();
        behind = page.isEmpty() ? behind : page;
        number--;
        return fetched;
    }

    /** Returns whether a page may not have been shown, since its response had the rows of the page behind it. */
    boolean isIncomplete() {
        return incomplete;
    }

    /** Returns whether the page is empty or like the page behind it, where the forward reading saw rows. */
    private boolean isInDoubt(Page page) {
        return number <= lastFilledPage && (page.isEmpty() || behind != null && number > 0 && page.sameRowsAs(behind));
    }

    private void requireRows(Fetched fetched) throws SyncException {
        if (fetched.page().isEmpty() && behind != null) {
            fetched.slot().release();
            throw new SyncException("page " + number + " is empty, but page " + behind.number()
                    + " behind it has rows, so it is not the end of the list");
        }
    }

    /** Some servers take page 0 for page 1, or respond with the last page to a request past the end. */
    private boolean mayRepeat() {
        return pages.repeatsPages() && (number == 0 || number >= lastFilledPage);
    }
}
