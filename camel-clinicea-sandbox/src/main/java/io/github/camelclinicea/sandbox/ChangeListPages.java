/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import io.github.camelclinicea.catalog.Argument;
import io.github.camelclinicea.catalog.ChangeList;
import io.github.camelclinicea.catalog.SinceParameter;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Serves a resource's change list page by page: the rows that were added, changed or deleted since a moment. The second
 * of that moment is included.
 *
 * <p>Specified by {@code ChangeListTest} and {@code RefusalTest}.
 */
final class ChangeListPages implements Handler {
    private final ClinicStore clinic;
    private final String resource;
    private final ChangeList list;
    private final Set<String> known = new HashSet<>();

    ChangeListPages(ClinicStore clinic, String resource, ChangeList list) {
        this.clinic = clinic;
        this.resource = resource;
        this.list = list;
        list.since().forEach(since -> known.add(since.name()));
        list.arguments().forEach(argument -> known.add(argument.name()));
        known.add(list.page().name());
        if (list.pageSize().name() != null) {
            known.add(list.pageSize().name());
        }
    }

    @Override
    public SandboxResponse respond(SandboxRequest request, String id) {
        Map<String, String> query = request.query();
        Parameters.refuseUnknown(query, known);
        Parameters.check(query, list.arguments());
        Instant since = since(query);
        int page = Parameters.page(query, list.page());
        int rows = Parameters.rows(query, list.pageSize());
        long skip = (long) (page - list.page().first()) * rows;
        return SandboxResponse.rows(clinic.changes(resource, since, wanted(query), skip, rows));
    }

    /** Checks every since-parameter of the query, and returns the value of the one that the catalogue names first. */
    private Instant since(Map<String, String> query) {
        Instant counts = null;
        for (SinceParameter parameter : list.since()) {
            String text = query.get(parameter.name());
            if (text != null) {
                Instant moment = Parameters.since(parameter.name(), parameter.format(), text);
                counts = counts == null ? moment : counts;
            }
        }
        if (counts == null) {
            throw Parameters.missing(list.since().get(0).name());
        }
        return counts;
    }

    /** Returns the condition that the optional arguments set for a row, or null if all rows match. */
    private Predicate<StoredRow> wanted(Map<String, String> query) {
        Predicate<StoredRow> wanted = null;
        for (Argument argument : list.arguments()) {
            String text = query.getOrDefault(argument.name(), "");
            if (!text.isBlank()) {
                Predicate<StoredRow> one = row -> row.has(LookUps.fieldOf(argument), text);
                wanted = wanted == null ? one : wanted.and(one);
            }
        }
        return wanted;
    }
}
