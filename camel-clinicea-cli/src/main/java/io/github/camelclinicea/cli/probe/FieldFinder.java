/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclinicea.DataStatus;
import io.github.camelclinicea.catalog.ChangeList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    /** The records that rows refer to. */
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

    private final String record;
    private final ChangeList list;
    private final List<List<ObjectNode>> pages;
    private final List<ObjectNode> rows;

    /**
     * Creates a finder.
     *
     * @param resource the name of the list, in the plural
     * @param list the list as the catalogue has it
     * @param pages the rows of each page that was read
     */
    FieldFinder(String resource, ChangeList list, List<List<ObjectNode>> pages) {
        this.record =
                resource.replaceFirst("^deleted", "").replaceFirst("s$", "").toLowerCase(Locale.ROOT);
        this.list = list;
        this.pages = pages;
        this.rows = pages.stream().flatMap(Collection::stream).toList();
    }

    /**
     * Returns the field that is an id. One of the catalogue must be in each row, and hardly two rows of a page may have the
     * same: a record that changed may be in a page twice. Another one is taken only if no other field may be the id,
     * because a wrong one would make one record of two.
     */
    Optional<String> id() {
        Optional<String> known = knownId();
        return known.isPresent() ? known : only(ofTheList()).or(() -> only(ofNoOther()));
    }

    private Optional<String> knownId() {
        return list.idFields().stream()
                .filter(name -> all(name, FieldFinder::isIdValue) && isUnique(name))
                .findFirst();
    }

    /** Returns the fields that may be the id; empty if the catalogue's is. */
    List<String> idCandidates() {
        if (rows.size() < ENOUGH_ROWS || knownId().isPresent()) {
            return List.of();
        }
        List<String> named =
                names().filter(name -> ID_NAME.matcher(name).matches()).toList();
        return named.stream()
                .filter(name -> all(name, FieldFinder::isIdValue))
                .filter(this::isUniqueInEachPage)
                .filter(name -> isOneRecord(name, named))
                .toList();
    }

    private List<String> ofTheList() {
        return idCandidates().stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).startsWith(record))
                .toList();
    }

    /** Returns the candidates without those of other records, such as the patient's in a payment. */
    private List<String> ofNoOther() {
        return ofTheList().isEmpty()
                ? idCandidates().stream().filter(this::isOfNoOther).toList()
                : List.of();
    }

    private static Optional<String> only(List<String> names) {
        return names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty();
    }

    private boolean isOfNoOther(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return OTHERS.stream().noneMatch(lower::contains);
    }

    private boolean isUniqueInEachPage(String name) {
        return pages.stream()
                .allMatch(page ->
                        page.stream().map(row -> text(row, name)).distinct().count() == page.size());
    }

    /** Returns whether rows with one value are one record, which has the same references whenever it is read. */
    private boolean isOneRecord(String name, List<String> references) {
        Map<String, List<String>> seen = new HashMap<>();
        return rows.stream().allMatch(row -> {
            List<String> values =
                    references.stream().map(of -> row.path(of).asText()).toList();
            return values.equals(seen.computeIfAbsent(text(row, name), value -> values));
        });
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
