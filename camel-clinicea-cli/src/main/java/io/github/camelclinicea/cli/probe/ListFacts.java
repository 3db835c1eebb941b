/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The facts about one list.
 *
 * <p>Specified by {@code ProbeTest}.
 */
final class ListFacts {
    private static final String NO_ROWS = Fact.notKnown("no rows");

    private final ListFindings list;
    private final ListCorrections options;
    private final FieldFinder fields;
    private final List<Fact> facts = new ArrayList<>();

    private ListFacts(ListFindings list) {
        this.list = list;
        this.options = new ListCorrections(list);
        this.fields = list.fields();
    }

    static List<Fact> of(ListFindings list) {
        ListFacts of = new ListFacts(list);
        of.add("path", list.list().path(), of.path(), "path");
        if (list.responded()) {
            of.responded();
        }
        return of.facts;
    }

    private void responded() {
        add(
                "first page",
                Integer.toString(list.list().page().first()),
                list.base().words(),
                "firstPage");
        add("since", "respected", ifRows(() -> list.since().words()));
        facts.addAll(SizeFacts.of(list, options));
        add("order", "unknown", ifRows(this::order));
        add("id field", String.join(" or ", list.list().idFields()), ifRows(this::id), "idField");
        field("status field", list.list().statusFields(), fields.status(), "statusField");
        field("stamp field", list.list().modifiedFields(), fields.modified(), "modifiedField");
        FieldNames names = names(list);
        add("fields with 0001-01-01", "unknown", ifRows(() -> names.with(Stamp::isUnset)));
        add("fields with /Date(", "none", ifRows(() -> names.with(Stamp::isDotNet)));
        add("fields that differ at each read", "none", ifRows(this::differing), "ignoreFields");
    }

    private void add(String name, String expected, String seen, String... optionNames) {
        facts.add(Fact.of(list.resource(), name, expected, seen).withOption(options.words(optionNames)));
    }

    private String id() {
        return fields.id()
                .orElseGet(() -> Fact.notKnown(
                        fields.idCandidates().isEmpty()
                                ? "none of these"
                                : "one of " + String.join(", ", fields.idCandidates())));
    }

    private void field(String name, List<String> known, Optional<String> found, String option) {
        add(name, String.join(" or ", known), ifRows(() -> found.orElse(Fact.notKnown("none of these"))), option);
    }

    private String ifRows(Supplier<String> words) {
        return list.hasRows() ? words.get() : NO_ROWS;
    }

    private String path() {
        if (list.tried().isEmpty()) {
            return Fact.NOT_ASKED;
        }
        if (list.isPathCertain()) {
            return list.path();
        }
        if (list.responded()) {
            return Fact.notKnown(list.path() + " showed no rows, so it may be another");
        }
        return list.tried().entrySet().stream()
                .map(entry -> entry.getKey() + ": " + refusal(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String refusal(ListResponse response) {
        return response.isUnauthorized() ? response.status() + ", not allowed to this credential" : response.words();
    }

    private String order() {
        return RowOrder.of(list.firstPages(), fields.id(), fields.modified());
    }

    private String differing() {
        return ListCorrections.reread(list)
                .map(reread -> reread.compared() < Reread.ENOUGH_ROWS
                        ? Fact.notKnown("only 1 row was read twice")
                        : differing(reread))
                .orElse(
                        fields.id().isEmpty() || fields.modified().isEmpty()
                                ? Fact.notKnown("rows without id or stamp")
                                : Fact.NOT_ASKED);
    }

    private String differing(Reread reread) {
        Set<String> shown = new TreeSet<>(reread.fields());
        shown.retainAll(names(list).shown().keySet());
        int hidden = reread.fields().size() - shown.size();
        return hidden == 0
                ? joined(shown)
                : (shown.isEmpty() ? "" : joined(shown) + ", ") + hidden + FieldNames.NAMES_NOT_SHOWN;
    }

    private static String joined(Collection<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    /** Returns the names of the fields of a list. */
    static FieldNames names(ListFindings list) {
        List<String> known = new ArrayList<>(list.list().idFields());
        known.addAll(list.list().statusFields());
        known.addAll(list.list().modifiedFields());
        return new FieldNames(list.readings(), known);
    }
}
