/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import java.time.Instant;

/**
 * Asks for pages of lists, and notes their rows.
 *
 * <p>Specified by {@code ProbeTest}.
 */
final class Lists {
    /** The start of the component's first sync. */
    static final Instant LONG_AGO = Instant.parse("2000-01-01T00:00:00Z");

    private final KeyForms keys;

    Lists(KeyForms keys) {
        this.keys = keys;
    }

    /** Asks for a page of everything, in the way that is known to work. */
    ListResponse page(ListFindings list, int number, boolean mayTryForm) throws InterruptedException {
        ListResponse response = ask(list, list.family().working(), LONG_AGO, number, mayTryForm);
        if (response.isAsked()) {
            list.page(number, response);
        }
        if (response.hasRows()) {
            list.family().gotRows(list.family().working());
        }
        return response;
    }

    /** Asks for a page of everything, of a path that may not be that of the list. */
    ListResponse page(ListFindings list, String path, int number) throws InterruptedException {
        return keys.ask(ListQuery.page(path, list.list(), list.family().working(), LONG_AGO, number, null), true);
    }

    /** Asks for a page with rows in the forms of the credential that were refused. */
    void refusedFormsAgain(ListFindings list) throws InterruptedException {
        keys.askRefusedAgain(
                ListQuery.page(list.path(), list.list(), list.family().working(), LONG_AGO, list.rowsAt(), null));
    }

    /** Asks for a page of the changes since a moment. */
    ListResponse ask(ListFindings list, SinceChoice choice, Instant since, int number, boolean mayTryForm)
            throws InterruptedException {
        return noted(list, keys.ask(ListQuery.page(list.path(), list.list(), choice, since, number, null), mayTryForm));
    }

    /** Asks for the first page with a number of rows. */
    ListResponse ofSize(ListFindings list, int rows, boolean mayTryForm) throws InterruptedException {
        ListQuery query =
                ListQuery.page(list.path(), list.list(), list.family().working(), LONG_AGO, list.rowsAt(), rows);
        return noted(list, keys.ask(query, mayTryForm));
    }

    private static ListResponse noted(ListFindings list, ListResponse response) {
        if (response.hasRows()) {
            list.read(response.rows());
        }
        return response;
    }
}
