/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import io.github.camelclinicea.catalog.ChangeList;
import io.github.camelclinicea.catalog.SinceParameter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The options that correct what the component would do with a list.
 *
 * <p>Specified by {@code ProbeTest} and {@code PrintedOptionsTest}.
 */
final class ListCorrections {
    private final Map<String, String> options = new LinkedHashMap<>();
    private final ListFindings list;

    ListCorrections(ListFindings list) {
        this.list = list;
        ChangeList known = list.list();
        if (list.isPathCertain()) {
            put("path", list.path(), known.path());
        }
        PageBase base = list.base();
        if (base.mayPin()) {
            put(
                    "firstPage",
                    base.number().toString(),
                    Integer.toString(known.page().first()));
        }
        since();
        fullPage(list)
                .ifPresent(rows -> put(
                        "pageSize",
                        rows.toString(),
                        Integer.toString(known.pageSize().rows())));
        FieldFinder fields = list.fields();
        field("idField", fields.id(), known.idFields());
        field("statusField", fields.status(), known.statusFields());
        field("modifiedField", fields.modified(), known.modifiedFields());
        Set<String> ignored = new TreeSet<>(reread(list).map(Reread::fields).orElse(Set.of()));
        ignored.removeAll(known.idFields());
        ignored.removeAll(known.statusFields());
        ignored.removeAll(known.modifiedFields());
        List.of(fields.id(), fields.status(), fields.modified()).forEach(field -> field.ifPresent(ignored::remove));
        ignored.retainAll(ListFacts.names(list).shown().keySet());
        put("ignoreFields", String.join(",", ignored), "");
    }

    private void put(String option, String value, String byDefault) {
        if (!value.equals(byDefault)) {
            options.put(option, value);
        }
    }

    private void since() {
        SinceFamily family = list.family();
        SinceChoice best = family.best();
        if (list.respectsDocumented()
                || !family.gotRowsBy(best)
                || best.equals(family.documented())
                || best.encodedColons()
                || best.parameters().size() != 1) {
            return;
        }
        SinceParameter parameter = best.parameters().get(0);
        if (family.names().size() > 1) {
            options.put("syncParameter", parameter.name());
        }
        if (!family.alone(parameter.name()).parameters().contains(parameter)) {
            options.put("timestampFormat", parameter.format().toString());
        }
    }

    private void field(String option, Optional<String> found, List<String> known) {
        Optional<String> used = known.stream()
                .filter(name ->
                        list.readings().stream().flatMap(Collection::stream).anyMatch(row -> row.has(name)))
                .findFirst();
        found.filter(name -> !used.equals(found)).ifPresent(name -> options.put(option, name));
    }

    /** Returns the options by name, in a fixed order. */
    Map<String, String> all() {
        return options;
    }

    /** Returns some of the options as they stand in a URI, without the marks of raw values; empty for none. */
    String words(String... names) {
        StringBuilder words = new StringBuilder();
        for (String name : names) {
            if (options.containsKey(name)) {
                words.append(words.isEmpty() ? "" : "&")
                        .append(name)
                        .append('=')
                        .append(options.get(name));
            }
        }
        return words.toString();
    }

    /** Returns the size of a full page; empty if no page was seen to have another one behind it. */
    static Optional<Integer> fullPage(ListFindings list) {
        if (!list.secondPage().hasRows()) {
            return Optional.empty();
        }
        // A server may leave rows out after it has cut a page.
        int rows = Math.max(
                list.page(list.base().number()).rows().size(),
                list.secondPage().rows().size());
        return rows < SizeFacts.SMALL ? Optional.empty() : Optional.of(rows);
    }

    /** Returns the comparison of the rows that were read twice; empty if there are none, or they cannot be known. */
    static Optional<Reread> reread(ListFindings list) {
        FieldFinder fields = list.fields();
        Optional<String> id = fields.id();
        Optional<String> stamp = fields.modified();
        if (id.isEmpty() || stamp.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Reread(list.readings(), id.get(), stamp.get())).filter(reread -> reread.compared() > 0);
    }
}
