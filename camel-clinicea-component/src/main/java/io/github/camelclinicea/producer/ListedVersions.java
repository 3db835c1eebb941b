package io.github.camelclinicea.producer;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.client.ChangeListReader;
import io.github.camelclinicea.client.PagedList;
import io.github.camelclinicea.client.WirePage;
import io.github.camelclinicea.client.WireRow;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks for one record in the list of changes, as long as the list is short. */
final class ListedVersions {
    /** A list of more pages than this is not looked through for the sake of one write. */
    private static final int MAX_PAGES = 20;

    private final String resource;
    private final ChangeListReader list;
    private final int fullPage;
    private volatile int first;

    /**
     * @param resource the resource's name, for messages
     * @param list the list of changes
     * @param first the number of its first page; a 0 that the server refuses is corrected to 1
     * @param fullPage rows of a full page
     */
    ListedVersions(String resource, ChangeListReader list, int first, int fullPage) {
        this.resource = resource;
        this.list = list;
        this.first = first;
        this.fullPage = fullPage;
    }

    /** The list, read forward from its first page. */
    private final class Reading {
        private final Instant since;
        private final Deque<Integer> numbers = new ArrayDeque<>();
        private final PagedList pages;

        Reading(Instant since) {
            this.since = since;
            // One page more, so that a list that is too long is never one that has no end.
            this.pages = new PagedList(resource, this::read, first, MAX_PAGES + 1, fullPage);
        }

        private WirePage read(int number) throws CliniceaException, InterruptedException {
            WirePage page = list.read(since, number);
            if (numbers.isEmpty()) {
                first = number;
            }
            numbers.push(number);
            return page;
        }

        /** @return the rows of the next page; none at the end */
        List<WireRow> next() throws CliniceaException, InterruptedException {
            return pages.nextPage();
        }

        boolean isTooLong() {
            return numbers.size() > MAX_PAGES;
        }

        /** @return the numbers of the pages read, the last one first */
        Deque<Integer> backward() {
            return numbers;
        }
    }

    /**
     * All versions of a record that are listed. A list of several pages may shift while it is read, so that it is read
     * backward, too: see sync-contract section 3 for why that suffices.
     *
     * @return them, none if the record is certainly not in the list; nothing if the list is too long to tell
     */
    Optional<List<WireRow>> all(Instant since, String id) throws CliniceaException, InterruptedException {
        List<WireRow> found = new ArrayList<>();
        Reading reading = new Reading(since);
        for (List<WireRow> rows = reading.next(); !rows.isEmpty(); rows = reading.next()) {
            if (reading.isTooLong()) {
                return Optional.empty();
            }
            of(id, rows).forEach(found::add);
        }
        if (reading.backward().size() > 2) {
            for (int number : reading.backward()) {
                of(id, list.read(since, number).rows()).forEach(found::add);
            }
        }
        return Optional.of(found);
    }

    /** @return the record's version that is met first, if any is */
    Optional<WireRow> any(Instant since, String id) throws CliniceaException, InterruptedException {
        Reading reading = new Reading(since);
        for (List<WireRow> rows = reading.next(); !rows.isEmpty() && !reading.isTooLong(); rows = reading.next()) {
            Optional<WireRow> found = of(id, rows).findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Stream<WireRow> of(String id, List<WireRow> rows) {
        return rows.stream().filter(row -> id.equals(row.id()));
    }
}
