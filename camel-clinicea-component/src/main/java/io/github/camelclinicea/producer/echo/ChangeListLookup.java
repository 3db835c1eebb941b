/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.echo;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.client.ChangeListReader;
import io.github.camelclinicea.client.FirstPage;
import io.github.camelclinicea.client.PagedList;
import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.RecordId;
import io.github.camelclinicea.row.RequestListener;
import io.github.camelclinicea.row.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Looks for one record in the list of changes, as long as the list is short. Used by any number of threads. */
public final class ChangeListLookup {
    /** A list of more pages than this is not looked through for the sake of one write. */
    private static final int MAX_PAGES = 20;

    /**
     * Readings that must find page 1 to be the first before page 0 is no longer asked for (docs/design/wire.md, section
     * 2).
     */
    private static final int READINGS_FOR_PAGE_1 = 2;

    private static final int NONE = -1;

    private final String resource;
    private final ChangeListReader list;
    private final int fullPage;
    private final AtomicInteger readingsFromPage1 = new AtomicInteger();
    private volatile FirstPage first;

    /**
     * @param resource the resource's name, for messages
     * @param list the list of changes
     * @param first its first page
     * @param fullPage rows of a full page
     */
    public ChangeListLookup(String resource, ChangeListReader list, FirstPage first, int fullPage) {
        this.resource = resource;
        this.list = list;
        this.first = first;
        this.fullPage = fullPage;
    }

    /** The list, read forward from its first page. */
    private final class Reading {
        private final Instant since;
        /** By the page's number, whether it has ever shown rows. */
        private final NavigableMap<Integer, Boolean> hadRows = new TreeMap<>();

        private final PagedList pages;
        private int pagesWithRows;
        private int lastWithRows = NONE;
        private boolean hasFailedAtFirst;

        Reading(Instant since) {
            this.since = since;
            // Some more, so that a list that is too long is never one that has no end.
            this.pages = new PagedList(resource, this::read, first, 2 * MAX_PAGES, fullPage);
        }

        private Page read(int number) throws CliniceaException, InterruptedException {
            try {
                Page page = list.read(since, number, List.of(), RequestListener.NONE);
                boolean hasRows = !page.rows().isEmpty();
                hadRows.merge(number, hasRows, Boolean::logicalOr);
                lastWithRows = hasRows ? Math.max(lastWithRows, number) : lastWithRows;
                return page;
            } catch (CliniceaException e) {
                hasFailedAtFirst |= number == 0 && e.isRetryable();
                throw e;
            }
        }

        /** @return the rows of the next page; none at the end */
        List<Row> next() throws CliniceaException, InterruptedException {
            List<Row> rows = pages.nextPage();
            if (!rows.isEmpty() && pagesWithRows++ == 0) {
                remember(pages.firstNumber().orElseThrow(), hasFailedAtFirst);
            }
            return rows;
        }

        boolean isTooLong() {
            return pagesWithRows > MAX_PAGES;
        }

        /** Returns whether the list was read from its first page, or had no rows by whichever page it begins. */
        boolean isFromFirstPage() {
            return pagesWithRows == 0 || first.isCertain();
        }

        /**
         * Reads again what a single wrong answer would hide: the pages at which the list seems to end, and all pages of
         * a list that may have shifted, backward.
         *
         * @return the rows of the pages that had some; nothing if a page has rows now that had none
         */
        Optional<List<Row>> again() throws CliniceaException, InterruptedException {
            List<Row> rows = new ArrayList<>();
            int end = lastWithRows == NONE ? Integer.MAX_VALUE : lastWithRows + 1;
            for (int number : hadRows.descendingKeySet()) {
                boolean hasRows = hadRows.get(number);
                if (hasRows ? pagesWithRows > 1 : number <= end) {
                    List<Row> now = list.read(since, number, List.of(), RequestListener.NONE)
                            .rows();
                    if (!hasRows && !now.isEmpty()) {
                        return Optional.empty();
                    }
                    rows.addAll(now);
                }
            }
            return Optional.of(rows);
        }
    }

    private void remember(int number, boolean hasFailedAtFirst) {
        if (number == 0 || !hasFailedAtFirst && readingsFromPage1.incrementAndGet() >= READINGS_FOR_PAGE_1) {
            first = FirstPage.certain(number);
        }
    }

    /**
     * Returns all versions of a record that are listed. A list of several pages may shift while it is read, so that it
     * is read backward, too: see docs/design/sync.md, section 3 for why that suffices. That a record is not listed is
     * believed only of a list whose first page is known and whose end has been seen twice: a caller takes it for a
     * record without changes.
     *
     * @return them, none if the record is certainly not in the list; nothing if that is uncertain
     */
    Optional<List<Row>> all(Instant since, String id) throws CliniceaException, InterruptedException {
        List<Row> found = new ArrayList<>();
        Reading reading = new Reading(since);
        for (List<Row> rows = reading.next(); !rows.isEmpty(); rows = reading.next()) {
            if (reading.isTooLong()) {
                return Optional.empty();
            }
            of(id, rows).forEach(found::add);
        }
        if (!reading.isFromFirstPage()) {
            return Optional.empty();
        }
        Optional<List<Row>> again = reading.again();
        again.ifPresent(rows -> of(id, rows).forEach(found::add));
        return again.map(rows -> found);
    }

    /**
     * @return the record's version that is met first, if any is; a list that is wrongly empty costs no more than the
     *     mark
     */
    Optional<Row> any(Instant since, String id) throws CliniceaException, InterruptedException {
        Reading reading = new Reading(since);
        for (List<Row> rows = reading.next(); !rows.isEmpty() && !reading.isTooLong(); rows = reading.next()) {
            Optional<Row> found = of(id, rows).findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Stream<Row> of(String id, List<Row> rows) {
        return rows.stream().filter(row -> RecordId.same(id, row.id()));
    }
}
