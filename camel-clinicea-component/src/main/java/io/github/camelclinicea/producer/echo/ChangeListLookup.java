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

/**
 * Finds the versions of one record in the change list, if the list is short. Thread-safe.
 *
 * <p>Specified by {@code EchoTest}.
 */
public final class ChangeListLookup {
    /** The maximum number of pages that are read for one write. */
    private static final int MAX_PAGES = 20;

    /**
     * The number of readings that must find page 1 to be the first, before page 0 is no longer requested
     * (docs/design/wire.md, section 2).
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
     * @param list reads pages of the change list
     * @param first the number of its first page, as far as it is known
     * @param fullPage the number of rows of a full page
     */
    public ChangeListLookup(String resource, ChangeListReader list, FirstPage first, int fullPage) {
        this.resource = resource;
        this.list = list;
        this.first = first;
        this.fullPage = fullPage;
    }

    /** One forward reading of the list from its first page. */
    private final class Reading {
        private final Instant since;
        /** Whether a page has ever shown rows, by its number. */
        private final NavigableMap<Integer, Boolean> hadRows = new TreeMap<>();

        private final PagedList pages;
        private int pagesWithRows;
        private int lastWithRows = NONE;
        private boolean hasFailedAtFirst;

        Reading(Instant since) {
            this.since = since;
            // A higher limit, so that a list of too many pages does not fail as one without an end.
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

        /** Returns the rows of the next page; none at the end. */
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

        /** Returns whether the list was certainly read from its first page, or has no rows on page 0 and page 1. */
        boolean isFromFirstPage() {
            return pagesWithRows == 0 || first.isCertain();
        }

        /**
         * Reads pages again, from the last to the first, because one wrong response would hide rows. These are the
         * pages at which the list seems to end, and all pages of a list that may have shifted.
         *
         * @return the rows of the pages that had some; nothing if a page that had none has rows now
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
     * Returns all listed versions of a record. A list of several pages may shift while it is read, so it is read
     * backward, too; docs/design/sync.md, section 3 says why that suffices. The caller takes a record that is not
     * listed for one without changes. So the first page must be known, and the end must have been seen twice.
     *
     * @param since the moment since which the list shows changes
     * @param id the record's id
     * @return the versions, none if the record is certainly not listed; nothing if that is uncertain
     * @throws CliniceaException if a request fails
     * @throws InterruptedException if interrupted while waiting for a response
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
     * Returns the first listed version of a record, or nothing if none is found. One reading suffices, because a list
     * that is wrongly empty costs only the mark.
     *
     * @param since the moment since which the list shows changes
     * @param id the record's id
     * @throws CliniceaException if a request fails
     * @throws InterruptedException if interrupted while waiting for a response
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
