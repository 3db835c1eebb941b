/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.spi.IdempotentRepository;

/**
 * Keeps the checkpoint in an {@link IdempotentRepository} (docs/design/sync.md, section 2). Such a repository is a
 * set of strings that cannot be listed. So the checkpoint is spelled as a path of keys, from year to second, and
 * found by trying them.
 *
 * <p>Any number of nodes may write at once. Each adds its whole path before it removes anything, and removes only
 * keys that its own, later path does not share. The largest complete path wins. No interleaving leaves a moment
 * readable that no node committed.
 */
final class Checkpoint {
    /** Clinicea did not exist before. An earlier checkpoint is not kept, and the sync begins at {@code syncFrom}. */
    private static final int FIRST_YEAR = 2000;
    /** A clock that is far behind must not hide a checkpoint that was written while it was right. */
    private static final int LAST_YEAR_AT_LEAST = 2026;

    private static final String[] SEPARATORS = {"@", "-", "-", "T", ":", ":"};

    private final RepositoryKeys keys;
    private final String syncId;
    private final Clock clock;

    Checkpoint(RepositoryKeys keys, String syncId, Clock clock) {
        this.keys = keys;
        this.syncId = syncId;
        this.clock = clock;
    }

    /** Returns the largest checkpoint that is complete in the repository. */
    Optional<Instant> read() {
        int[] fields = new int[SEPARATORS.length];
        return descend(syncId, 0, fields)
                ? Optional.of(LocalDateTime.of(fields[0], fields[1], fields[2], fields[3], fields[4], fields[5])
                        .toInstant(ZoneOffset.UTC))
                : Optional.empty();
    }

    /** Returns whether the checkpoint is still in the repository. For a moment, a later one may be there as well. */
    boolean holds(Instant moment) {
        List<String> path = path(moment);
        return !path.isEmpty() && keys.contains(path.get(path.size() - 1));
    }

    /**
     * Writes a checkpoint, then removes the one that it replaces.
     *
     * @param replaced the checkpoint in the repository; null if there is none
     * @param moment the new checkpoint; earlier than {@code replaced} only if the server's clock was set back. A
     *     fraction of a second is cut off
     */
    void write(Instant replaced, Instant moment) {
        List<String> path = path(moment);
        if (path.isEmpty()) {
            return;
        }
        // From second to year: until the last missing key is there, a reader does not find this path at all.
        for (int depth = path.size() - 1; depth >= 0; depth--) {
            keys.add(path.get(depth));
        }
        if (replaced != null) {
            remove(path(replaced), path);
        }
    }

    /** Removes all checkpoints, those of other nodes included. */
    void clear() {
        for (Optional<Instant> found = read(); found.isPresent(); found = read()) {
            remove(path(found.get()), List.of());
        }
    }

    /** Finds the largest complete path below a prefix; goes back up where a branch has none. */
    private boolean descend(String prefix, int depth, int[] fields) {
        if (depth == SEPARATORS.length) {
            return true;
        }
        int smallest = depth == 0 ? FIRST_YEAR : depth <= 2 ? 1 : 0;
        for (int value = largest(depth, fields); value >= smallest; value--) {
            String key = key(prefix, depth, value);
            if (keys.contains(key)) {
                fields[depth] = value;
                if (descend(key, depth + 1, fields)) {
                    return true;
                }
            }
        }
        return false;
    }

    private int largest(int depth, int[] fields) {
        return switch (depth) {
            case 0 ->
                Math.max(
                                LAST_YEAR_AT_LEAST,
                                clock.instant().atZone(ZoneOffset.UTC).getYear())
                        + 1;
            case 1 -> 12;
            case 2 -> YearMonth.of(fields[0], fields[1]).lengthOfMonth();
            case 3 -> 23;
            default -> 59;
        };
    }

    /** Returns the keys from year to second; none for a moment before the first year. */
    private List<String> path(Instant moment) {
        LocalDateTime time = LocalDateTime.ofInstant(moment.truncatedTo(ChronoUnit.SECONDS), ZoneOffset.UTC);
        if (time.getYear() < FIRST_YEAR) {
            return List.of();
        }
        int[] fields = {
            time.getYear(),
            time.getMonthValue(),
            time.getDayOfMonth(),
            time.getHour(),
            time.getMinute(),
            time.getSecond()
        };
        List<String> path = new ArrayList<>(fields.length);
        String prefix = syncId;
        for (int depth = 0; depth < fields.length; depth++) {
            prefix = key(prefix, depth, fields[depth]);
            path.add(prefix);
        }
        return path;
    }

    private static String key(String prefix, int depth, int value) {
        return prefix + SEPARATORS[depth] + (value < 10 ? "0" : "") + value;
    }

    /** Removes from second to year: a crash in between leaves an incomplete path, never a complete one. */
    private void remove(List<String> old, List<String> kept) {
        for (int depth = old.size() - 1; depth >= 0; depth--) {
            if (!kept.contains(old.get(depth))) {
                keys.remove(old.get(depth));
            }
        }
    }
}
