/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Groups the due rows of a page into batches of one status. A record's rows keep their order: those of another status
 * wait for the batch before them.
 */
final class Batches {
    private final List<List<Due>> closed = new ArrayList<>();
    private final Map<String, List<Due>> open = new LinkedHashMap<>();
    private final Map<Long, String> statuses = new HashMap<>();

    private Batches() {}

    /**
     * Returns the batches in the order in which they are to be emitted.
     *
     * @param due the due rows in the order of their page
     * @param alone which rows must not share a batch
     */
    static List<List<Due>> of(List<Due> due, Predicate<Due> alone) {
        Batches batches = new Batches();
        for (Due next : due) {
            batches.add(next, alone.test(next));
        }
        batches.close();
        return batches.closed;
    }

    private void add(Due next, boolean alone) {
        long record = next.row().recordKey();
        String status = next.row().status();
        if (statuses.containsKey(record) && (alone || !Objects.equals(statuses.get(record), status))) {
            close();
        }
        if (alone) {
            closed.add(List.of(next));
        } else {
            open.computeIfAbsent(status, none -> new ArrayList<>()).add(next);
            statuses.put(record, status);
        }
    }

    private void close() {
        closed.addAll(open.values());
        open.clear();
        statuses.clear();
    }
}
