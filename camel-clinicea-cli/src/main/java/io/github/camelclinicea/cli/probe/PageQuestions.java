/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the path of a list and the number of its first page (docs/design/sync.md, section 3). Page 1 is asked first,
 * because each list with rows may have it, whether it counts from 0 or 1.
 *
 * <p>Specified by {@code ProbeTest} and {@code HostileServerTest}.
 */
final class PageQuestions {
    private final Lists lists;
    private final Wire wire;
    private final boolean thorough;

    /** @param thorough whether each path that is guessed is asked for page 0, too, if it has no page 1 */
    PageQuestions(Lists lists, Wire wire, boolean thorough) {
        this.lists = lists;
        this.wire = wire;
        this.thorough = thorough;
    }

    /** Asks for the pages 1 and 0 of a list. */
    void ask(ListFindings list) throws InterruptedException {
        findPath(list);
        if (list.path() == null || list.page(1).isUnauthorized()) {
            return;
        }
        for (int number = 1; number >= 0; number--) {
            if (!list.page(number).isAsked()) {
                lists.page(list, number, false);
            }
        }
        SinceFamily family = list.family();
        if (list.responded()) {
            family.works(family.working());
        } else if (!family.isProven()
                && list.page(0).isRefusal()
                && list.page(1).isRefusal()) {
            if (list.page(0).status() == list.page(1).status()) {
                family.note(family.documented(), Effect.refused(list.page(1).status()));
            }
            findWorkingRequest(list);
        }
        list.base(base(list));
        if (list.hasRows()) {
            family.gotRows(family.working());
            family.hasRows(list);
        }
    }

    /** The responses of one path to the pages 1 and 0. */
    private record Candidate(String path, ListResponse one, ListResponse zero) {
        boolean hasRows() {
            return one.hasRows() || zero.hasRows();
        }

        boolean isList() {
            return one.isList() || zero.isList();
        }
    }

    private void findPath(ListFindings list) throws InterruptedException {
        boolean single = list.paths().size() == 1;
        Candidate likely = null;
        for (String path : list.paths()) {
            ListResponse one = lists.page(list, path, 1);
            if (!one.isAsked()) {
                break;
            }
            list.tried(path, one);
            boolean mayBeShort = one.outcome() == ListResponse.Outcome.EMPTY || thorough && one.status() == 404;
            ListResponse zero = !single && mayBeShort ? lists.page(list, path, 0) : ListResponse.NOT_ASKED;
            Candidate candidate = new Candidate(path, one, zero);
            if (single || candidate.hasRows() || one.isUnauthorized()) {
                take(list, candidate);
                return;
            }
            // Without rows it may be another path: a server may take the last part for an id, and find nothing.
            boolean mayBeRefused = one.status() == 400 && !list.family().isProven();
            if (candidate.isList() && (likely == null || !likely.isList()) || likely == null && mayBeRefused) {
                likely = candidate;
            }
        }
        if (likely != null) {
            take(list, likely);
        }
    }

    private static void take(ListFindings list, Candidate candidate) {
        list.foundAt(candidate.path());
        list.page(1, candidate.one());
        list.page(0, candidate.zero());
        for (ListResponse page : List.of(candidate.one(), candidate.zero())) {
            if (page.hasRows()) {
                list.read(page.rows());
            }
        }
    }

    /**
     * Tries the since-parameters alone and in other formats, because the documented request was refused. If one of them
     * gets a list without rows, page 0 is asked only for those that have no page 1. They may have the rows there. All
     * others at both pages would take half of the requests.
     */
    private void findWorkingRequest(ListFindings list) throws InterruptedException {
        SinceFamily family = list.family();
        boolean found = false;
        List<SinceChoice> choices = family.alternatives();
        for (int number = 1; number >= 0; number--) {
            List<SinceChoice> withoutPage = new ArrayList<>();
            for (SinceChoice choice : choices) {
                ListResponse response = lists.ask(list, choice, Lists.LONG_AGO, number, false);
                if (!response.isAsked()) {
                    return;
                }
                if (response.isList() && (!found || response.hasRows())) {
                    family.works(choice);
                    list.page(number, response);
                    lists.page(list, 1 - number, false);
                    found = true;
                    if (list.hasRows()) {
                        return;
                    }
                }
                if (response.status() == 400) {
                    family.note(choice, Effect.refused(response.status()));
                } else if (response.status() == 404) {
                    withoutPage.add(choice);
                }
            }
            choices = found ? withoutPage : choices;
        }
    }

    private PageBase base(ListFindings list) throws InterruptedException {
        ListResponse one = list.page(1);
        ListResponse zero = list.page(0);
        if (!one.isAsked() || !zero.isAsked()) {
            return PageBase.NOT_ASKED;
        }
        if (one.hasRows() && !zero.hasRows()) {
            // A failure that may pass was asked twice already.
            ListResponse again = zero.mayPass() ? zero : lists.page(list, 0, false);
            if (!again.isAsked()) {
                return PageBase.notKnown("page 0: " + zero.words() + ", page 1: " + one.words());
            }
            if (!again.hasRows()) {
                return new PageBase(1, "1 (page 0: " + again.words() + ")", zero.saysNoPage() && again.saysNoPage());
            }
            zero = again;
        }
        if (!zero.hasRows()) {
            return zero.isList() || one.isList()
                    ? PageBase.notKnown("no rows")
                    : PageBase.notKnown("page 0: " + zero.words() + ", page 1: " + one.words());
        }
        if (!one.hasRows()) {
            return new PageBase(0, "0", true);
        }
        Optional<Boolean> same = list.isSame(zero, one);
        if (same.isEmpty()) {
            return PageBase.notKnown("rows without id and stamp");
        }
        return same.get() ? repeated(list, one) : new PageBase(0, "0", true);
    }

    /**
     * Finds out why the pages 0 and 1 have the same rows. The server may take 0 for 1, ignore the number, or repeat the
     * last page behind the end. Only page 2 shows it.
     */
    private PageBase repeated(ListFindings list, ListResponse one) throws InterruptedException {
        ListResponse two = wire.left() > 0 ? lists.page(list, 2, false) : ListResponse.NOT_ASKED;
        if (two.hasRows() && list.isSame(one, two).orElse(true)) {
            return PageBase.notKnown("pages 0, 1 and 2 have the same rows");
        }
        return two.hasRows() || two.saysNoPage()
                ? new PageBase(1, "1 (page 0 repeats page 1)", true)
                : PageBase.notKnown("pages 0 and 1 have the same rows, page 2: " + two.words());
    }
}
