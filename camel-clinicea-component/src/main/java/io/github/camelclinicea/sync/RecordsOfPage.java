/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.row.RowVersion;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The rows of one page by record. A page is the response to one query. If it holds several rows of one record, all of
 * them are the record's state at that moment: siblings that do not replace one another.
 */
final class RecordsOfPage {
    private static final Pattern COMPARABLE_STAMP = Pattern.compile("\\d{4}-\\d{2}-\\d{2}.*");

    private final List<Row> rows;
    /** The indexes of the rows of each record that has more than one. */
    private final Map<Long, List<Integer>> several = new HashMap<>();

    RecordsOfPage(List<Row> rows) {
        this.rows = rows;
        long[] keys = rows.stream().mapToLong(Row::recordKey).sorted().toArray();
        for (int i = 1; i < keys.length; i++) {
            if (keys[i] == keys[i - 1] && !several.containsKey(keys[i])) {
                several.put(keys[i], indexes(keys[i]));
            }
        }
    }

    private List<Integer> indexes(long record) {
        return IntStream.range(0, rows.size())
                .filter(index -> rows.get(index).recordKey() == record)
                .boxed()
                .toList();
    }

    /** Returns whether the page has several rows of the record. */
    boolean hasSeveral(long record) {
        return several.containsKey(record);
    }

    /** Returns whether one of several rows of the record on this page is that version. */
    boolean hasSibling(long record, RowVersion version) {
        return version != null
                && several.getOrDefault(record, List.of()).stream()
                        .anyMatch(index -> rows.get(index).version().equals(version));
    }

    /**
     * Returns the indexes of the rows in the order in which they are to be emitted. This is the order of the page,
     * except for siblings whose stamps can be compared: among these, the newest comes last.
     */
    int[] order() {
        int[] order = IntStream.range(0, rows.size()).toArray();
        several.values().stream().filter(this::haveComparableStamps).forEach(places -> {
            List<Integer> sorted = places.stream()
                    .sorted(Comparator.comparing(index -> rows.get(index).modified()))
                    .toList();
            for (int i = 0; i < places.size(); i++) {
                order[places.get(i)] = sorted.get(i);
            }
        });
        return order;
    }

    private boolean haveComparableStamps(List<Integer> places) {
        String[] stamps =
                places.stream().map(index -> rows.get(index).modified()).toArray(String[]::new);
        return Arrays.stream(stamps)
                .allMatch(stamp -> stamp != null
                        && stamp.length() == stamps[0].length()
                        && COMPARABLE_STAMP.matcher(stamp).matches());
    }
}
