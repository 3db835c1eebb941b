/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import io.github.camelclinicea.CliniceaConstants;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;

/**
 * Collects the ids of records that the routes write, until the table with their fields is brought up to date. At the
 * beginning, and after very many, all records count as changed. Each list has its own ids: only after a poll of the list
 * are they certain to be committed. Thread-safe.
 *
 * <p>Specified by {@code ChangedRecordsTest}.
 */
public final class ChangedRecords {
    private static final int MOST = 5_000;

    /** The ids by list. Without an entry, all records count as changed. */
    private final Map<String, Set<String>> ids = new HashMap<>();

    ChangedRecords() {
        // Those of bills, which all count as changed, are enough for their table.
        take(Mirrored.DELETED_BILLS);
    }

    /** Adds the ids of an exchange. The routes call this before they write. */
    public void add(Exchange exchange) {
        String resource = exchange.getMessage().getHeader(CliniceaConstants.RESOURCE, String.class);
        List<?> changed = exchange.getMessage().getHeader(CliniceaConstants.RECORD_IDS, List.class);
        add(resource, changed.stream().map(String::valueOf).toList());
    }

    synchronized void add(String list, Collection<String> changed) {
        Set<String> known = ids.get(list);
        if (known == null) {
            return;
        }
        known.addAll(changed);
        if (known.size() > MOST) {
            ids.remove(list);
        }
    }

    /** Returns the ids of a list since the last call; empty if all records count as changed. */
    final synchronized Optional<Set<String>> take(Mirrored list) {
        return Optional.ofNullable(ids.put(list.resource(), new HashSet<>()));
    }

    /** Makes all records of a list count as changed. */
    synchronized void addAll(Mirrored list) {
        ids.remove(list.resource());
    }
}
