/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.RowVersion;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.spi.IdempotentRepository;

/**
 * Remembers the names of all fields that a change list has shown, for {@code suppressEcho}. A field that another user
 * removed is missing in the row that a write made. Only an earlier row shows that it existed
 * (docs/explanation/decisions/0012).
 *
 * <p>A repository cannot list its keys, so the names are counted, too: each name has a key, and each number up to the
 * count. The count is raised first. After a crash in between, or if two nodes meet a name at once, the count is too
 * high, and the fields are known to be incomplete. Names are compared without regard to case. Used by any number of
 * threads. All methods throw what the repository throws.
 */
public final class ListedFields {
    /** A list with more names may have any number of them, so that its fields are never known. */
    private static final int MAX_NAMES = 1_000;

    private final RepositoryKeys keys;
    private final String prefix;

    /** Names that have a key in the repository, in lower case; none is ever removed. */
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    private volatile int count;

    /**
     * @param repository the repository of the sync
     * @param syncId the name of the sync in it
     */
    public ListedFields(IdempotentRepository repository, String syncId) {
        this.keys = new RepositoryKeys(repository);
        this.prefix = syncId + "=field";
    }

    /**
     * Remembers the names of the fields of rows. To be called before the rows are delivered.
     *
     * @param names the names, in any case
     */
    public void add(Collection<String> names) {
        for (String name : names) {
            if (!isKnown(name) && count() < MAX_NAMES) {
                raiseCount();
                keys.add(keyOf(name));
                known.add(lower(name));
            }
        }
    }

    /**
     * Returns whether these names include all that the list has ever shown; false before any row was seen.
     *
     * @param names the names, in any case
     */
    public boolean isCoveredBy(Collection<String> names) {
        int listed = count();
        return listed > 0
                && listed < MAX_NAMES
                && names.stream()
                                .map(ListedFields::lower)
                                .distinct()
                                .filter(this::isKnown)
                                .count()
                        >= listed;
    }

    private boolean isKnown(String name) {
        String lower = lower(name);
        return known.contains(lower) || keys.contains(keyOf(name)) && known.add(lower);
    }

    private int count() {
        int listed = count;
        while (listed < MAX_NAMES && keys.contains(numberKey(listed + 1))) {
            listed++;
        }
        count = listed;
        return listed;
    }

    private void raiseCount() {
        int next = count + 1;
        while (!keys.add(numberKey(next))) {
            next++;
        }
    }

    private String numberKey(int number) {
        return prefix + "s" + number;
    }

    private String keyOf(String name) {
        return prefix + "-"
                + RowVersion.of(null, null, null, lower(name).getBytes(StandardCharsets.UTF_8))
                        .text();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
