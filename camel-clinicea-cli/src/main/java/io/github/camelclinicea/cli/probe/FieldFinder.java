/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclinicea.DataStatus;
import io.github.camelclinicea.catalog.ChangeList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the fields of a list that hold id, status and stamp: those of the catalogue, or others that look like it.
 *
 * <p>Specified by {@code FieldFinderTest}.
 */
final class FieldFinder {
    /** With fewer rows, too many fields are different in each row. */
    static final int ENOUGH_ROWS = 10;

    private static final Pattern ID_NAME = Pattern.compile(".*(ID|Id|GUID|Guid|Key)");
    private static final Pattern STAMP_NAME = Pattern.compile("(?i).*(modif|updat|chang).*");
    private static final Set<String> STATUSES = Arrays.stream(DataStatus.values())
            .map(status -> status.wireName().toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());

    /** The records that rows refer to. The catalogue names the id of a list that is called after its record. */
    private static final List<String> OTHERS = List.of(
            "patient",
            "appointment",
            "bill",
            "clinic",
            "staff",
            "doctor",
            "lead",
            "payment",
            "visit",
            "encounter",
            "package",
            "service",
            "document",
            "invoice",
            "user");

    private final ChangeList list;
    private final List<List<ObjectNode>> pages;
    private final List<ObjectNode> rows;

    /** @param pages the rows of each page that was read */
    FieldFinder(ChangeList list, List<List<ObjectNode>> pages) {
        this.list = list;
        this.pages = pages;
        this.rows = pages.stream().flatMap(Collection::stream).toList();
    }

    /**
     * Returns the field that is an id: each row has one, and hardly two rows of a page have the same. A record that
     * changed may be in a page twice.
     */
    Optional<String> id() {
        Predicate<String> fits = name -> all(name, FieldFinder::isIdValue) && isUnique(name);
        Optional<String> known = list.idFields().stream().filter(fits).findFirst();
        return known.isPresent() || rows.size() < ENOUGH_ROWS
                ? known
                : only(names().filter(name -> ID_NAME.matcher(name).matches())
                        .filter(this::isOwn)
                        .filter(fits)
                        .toList());
    }

    /** Of several that look like an id, none is taken: a wrong one would make one record of two. */
    private static Optional<String> only(List<String> names) {
        return names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty();
    }

    /** Returns whether a name is not that of another record's id, such as the patient's in a bill. */
    private boolean isOwn(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return OTHERS.stream().noneMatch(lower::startsWith);
    }

    /** Returns the field whose values are statuses. */
    Optional<String> status() {
        return first(list.statusFields(), name -> true, FieldFinder::isStatus);
    }

    /** Returns the field with the time of the last change. */
    Optional<String> modified() {
        return first(
                list.modifiedFields(),
                name -> STAMP_NAME.matcher(name).matches(),
                value -> Stamp.of(value).isPresent());
    }

    private Optional<String> first(List<String> known, Predicate<String> looksRight, Predicate<JsonNode> isValue) {
        return known.stream()
                .filter(name -> rows.stream().anyMatch(row -> row.has(name)))
                .findFirst()
                .or(() -> names().filter(looksRight)
                        .filter(name -> all(name, isValue))
                        .findFirst());
    }

    private Stream<String> names() {
        Set<String> names = new LinkedHashSet<>();
        rows.forEach(row -> row.fieldNames().forEachRemaining(names::add));
        return names.stream().filter(FieldNames::isIdentifier);
    }

    private boolean all(String name, Predicate<JsonNode> isValue) {
        return !rows.isEmpty() && rows.stream().allMatch(row -> row.has(name) && isValue.test(row.get(name)));
    }

    private boolean isUnique(String name) {
        return pages.stream().allMatch(page -> {
            Set<String> values = new HashSet<>();
            page.forEach(row -> values.add(text(row, name)));
            return 10 * values.size() >= 9 * page.size();
        });
    }

    private static boolean isIdValue(JsonNode value) {
        return value.isIntegralNumber()
                || value.isTextual() && !value.textValue().isBlank();
    }

    private static boolean isStatus(JsonNode value) {
        return value.isTextual() && STATUSES.contains(value.textValue().toLowerCase(Locale.ROOT));
    }

    /** Returns the id of a row, for comparison; GUIDs are the same in either case. */
    static String text(ObjectNode row, String idField) {
        return row.path(idField).asText().toLowerCase(Locale.ROOT);
    }
}
