/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds the order of the rows of the first pages.
 *
 * <p>Specified by {@code RowOrderTest}.
 */
final class RowOrder {
    /** With fewer rows, an order may be by chance. */
    private static final int ENOUGH_ROWS = 5;

    private static final Comparator<String> BY_NUMBER =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    private RowOrder() {}

    /**
     * Returns the order in words.
     *
     * @param rows the rows in the order of their pages
     * @param idField the field with the id, if it is known
     * @param stampField the field with the stamp, if it is known
     */
    static String of(List<ObjectNode> rows, Optional<String> idField, Optional<String> stampField) {
        if (rows.size() < ENOUGH_ROWS) {
            return Fact.notKnown("only " + (rows.size() == 1 ? "1 row" : rows.size() + " rows"));
        }
        List<Instant> stamps = stampField.stream()
                .flatMap(field -> rows.stream().flatMap(row -> Stamp.of(row.get(field)).stream()))
                .toList();
        if (stamps.size() == rows.size() && stamps.stream().distinct().count() > 1) {
            if (isSorted(stamps, Comparator.naturalOrder())) {
                return "by stamp, ascending";
            }
            if (isSorted(stamps, Comparator.reverseOrder())) {
                return "by stamp, descending";
            }
        } else if (!stamps.isEmpty() && stamps.stream().distinct().count() == 1) {
            return Fact.notKnown("all stamps are the same");
        }
        return byId(rows, idField);
    }

    private static String byId(List<ObjectNode> rows, Optional<String> idField) {
        if (idField.isEmpty()) {
            return Fact.notKnown("no id field");
        }
        List<String> ids =
                rows.stream().map(row -> FieldFinder.text(row, idField.get())).toList();
        for (Comparator<String> order : List.of(Comparator.<String>naturalOrder(), BY_NUMBER)) {
            if (isSorted(ids, order) || isSorted(ids, order.reversed())) {
                return "by id";
            }
        }
        return "none";
    }

    private static <T> boolean isSorted(List<T> values, Comparator<? super T> order) {
        for (int i = 1; i < values.size(); i++) {
            if (order.compare(values.get(i - 1), values.get(i)) > 0) {
                return false;
            }
        }
        return true;
    }
}
