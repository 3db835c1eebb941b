/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The facts about the number of rows of a page.
 *
 * <p>Specified by {@code ProbeTest}.
 */
final class SizeFacts {
    /** The smallest page that a live server was seen to accept (docs/design/wire.md, section 2). */
    static final int SMALL = 10;
    /** Twice the usual page. */
    static final int LARGE = 200;

    private SizeFacts() {}

    static List<Fact> of(ListFindings list, ListCorrections options) {
        List<Fact> facts = new ArrayList<>();
        int usual = list.list().pageSize().rows();
        facts.add(Fact.of(list.resource(), "rows on a full page", Integer.toString(usual), fullPage(list))
                .withOption(options.words("pageSize")));
        String name = list.list().pageSize().name();
        if (name != null) {
            facts.add(Fact.of(list.resource(), name + "=" + SMALL, expectedSmall(list), size(list, SMALL)));
            facts.add(Fact.of(list.resource(), name + "=" + LARGE, "unknown", size(list, LARGE)));
        }
        return facts;
    }

    /** Returns what is expected of a small page; a short list may have fewer rows. */
    private static String expectedSmall(ListFindings list) {
        boolean enough = list.hasRows() && list.page(list.rowsAt()).rows().size() >= SMALL;
        return enough ? SMALL + " rows" : "unknown";
    }

    private static String fullPage(ListFindings list) {
        Optional<Integer> rows = ListCorrections.fullPage(list);
        if (rows.isPresent()) {
            return rows.get().toString();
        }
        if (!list.hasRows()) {
            return Fact.notKnown("no rows");
        }
        int seen = list.page(list.rowsAt()).rows().size();
        return Fact.notKnown("one page of " + (seen == 1 ? "1 row" : seen + " rows"));
    }

    private static String size(ListFindings list, int rows) {
        if (!list.hasRows()) {
            return Fact.notKnown("no rows");
        }
        return list.size(rows)
                .map(response -> response.mayPass() ? Fact.notKnown(response.words()) : response.words())
                .orElse(Fact.NOT_ASKED);
    }
}
