package io.github.camelclinicea.producer;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.client.ChangeListReader;
import io.github.camelclinicea.client.WirePage;
import io.github.camelclinicea.client.WireRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Looks for one record in the list of changes, as long as the list is short. */
final class ListedVersions {
    /** A list of more pages than this is not looked through for the sake of one write. */
    private static final int MAX_PAGES = 20;

    private final ChangeListReader list;
    private final int fullPage;
    private final boolean mayStartAtOne;
    private volatile int first;

    /**
     * @param list the list of changes
     * @param first the number of its first page
     * @param mayStartAtOne whether a refusal of page 0 means that pages start at 1
     * @param fullPage rows of a full page
     */
    ListedVersions(ChangeListReader list, int first, boolean mayStartAtOne, int fullPage) {
        this.list = list;
        this.first = first;
        this.mayStartAtOne = mayStartAtOne;
        this.fullPage = fullPage;
    }

    /**
     * All versions of a record that are listed. A list of several pages may shift while it is read, so that it is read
     * backward, too: see sync-contract section 3 for why that suffices.
     *
     * @return them, none if the record is certainly not in the list; nothing if the list is too long to tell
     */
    Optional<List<WireRow>> all(Instant since, String id) throws CliniceaException, InterruptedException {
        List<WireRow> found = new ArrayList<>();
        int beyond = forward(since, page -> {
            collect(page, id, found);
            return false;
        });
        if (beyond < 0) {
            return Optional.empty();
        }
        if (beyond > first + 1) {
            for (int number = beyond; number >= first; number--) {
                collect(list.read(since, number), id, found);
            }
        }
        return Optional.of(found);
    }

    /** @return the record's version that is met first, if any is */
    Optional<WireRow> any(Instant since, String id) throws CliniceaException, InterruptedException {
        List<WireRow> found = new ArrayList<>();
        forward(since, page -> {
            collect(page, id, found);
            return !found.isEmpty();
        });
        return found.stream().findFirst();
    }

    private static void collect(WirePage page, String id, List<WireRow> found) {
        page.rows().stream().filter(row -> id.equals(row.id())).forEach(found::add);
    }

    /** @return the number of the page where the list was at its end, or the reader; -1 if it has too many */
    private int forward(Instant since, Predicate<WirePage> enough) throws CliniceaException, InterruptedException {
        WirePage last = null;
        for (int number = first; number < first + MAX_PAGES; number++) {
            WirePage page;
            try {
                page = list.read(since, number);
            } catch (CliniceaException e) {
                if (mayStartAtOne && number == 0 && e.getHttpResponseCode() == 400) {
                    first = 1;
                    continue;
                }
                throw e;
            }
            boolean repeats = last != null && number > 1 && page.sameRowsAs(last);
            if (page.rows().isEmpty() || repeats && page.rows().size() < fullPage || enough.test(page)) {
                return number;
            }
            last = page;
        }
        return -1;
    }
}
