/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Finds and removes the keys that an ended process left behind, if the repository can list its keys. The second
 * clean poll lists those that its list does not show: the first one may be a long backlog, whose own keys go at the
 * second. The next clean poll removes them unless its list shows them. So a key always goes
 * after a reading that began when the key was there: another node may add keys during a reading that came too early to
 * show their rows.
 *
 * <p>Specified by {@code LedgerTest}.
 */
final class LeftBehindKeys {
    /** Keys of one listing, and rows in a list, up to which keys are listed: both are in memory meanwhile. */
    static final int LISTED_AT_ONCE = 100_000;

    private final RepositoryKeys keys;
    private final String prefix;
    private final Fence fence;
    private final Set<String> leftBehind = new HashSet<>();
    private boolean allListed;
    private boolean polledSinceStart;

    LeftBehindKeys(RepositoryKeys keys, String prefix, Fence fence) {
        this.keys = keys;
        this.prefix = prefix;
        this.fence = fence;
    }

    /** Lets the keys be listed again: another process may have polled and ended meanwhile. */
    void start() {
        allListed = false;
        polledSinceStart = false;
    }

    /**
     * Removes the keys that an earlier call listed, and lists further ones.
     *
     * @param shown the versions that a clean poll was shown
     * @param open whether to go on
     * @param progress is notified of each step
     */
    void trim(VersionTable shown, BooleanSupplier open, Progress progress) {
        if (!keys.isBulk() || allListed && leftBehind.isEmpty()) {
            return;
        }
        shown.forEach((record, version) -> leftBehind.remove(prefix + version.text()));
        StaleKeys stale = new StaleKeys(keys, fence, open, progress);
        leftBehind.forEach(stale::remove);
        if (stale.end()) {
            leftBehind.clear();
            if (polledSinceStart && !allListed && shown.size() <= LISTED_AT_ONCE) {
                list(shown, open);
                progress.made();
            }
            polledSinceStart = true;
        }
    }

    private void list(VersionTable shown, BooleanSupplier open) {
        Set<String> live = new HashSet<>();
        shown.forEach((record, version) -> live.add(prefix + version.text()));
        allListed = keys.forEach(prefix, key -> {
            if (!live.contains(key)) {
                leftBehind.add(key);
            }
            return leftBehind.size() < LISTED_AT_ONCE && open.getAsBoolean();
        });
    }
}
