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
 * found by trying them. A last key, with a {@code Z} behind the second, says that the path was written to its end.
 * Without it, a path whose write a crash ended could be completed by the keys that it shares with another one.
 *
 * <p>Any number of nodes may write at once. Each adds its whole path before it removes anything, and removes only
 * keys that its own path does not share. The largest path with its last key wins. No interleaving leaves a moment
 * readable that no node committed.
 *
 * <p>Earlier versions wrote no last key. If no path has one, the smallest path counts: an earlier checkpoint is always
 * safe.
 */
final class Checkpoint {
    /** Clinicea did not exist before. An earlier checkpoint is not kept, and the sync begins at {@code syncFrom}. */
    private static final int FIRST_YEAR = 2000;
    /** A clock that is far behind must not hide a checkpoint that was written while it was right. */
    private static final int LAST_YEAR_AT_LEAST = 2026;

    private static final String LAST = "Z";

    private static final String[] SEPARATORS = {"@", "-", "-", "T", ":", ":"};

    private final RepositoryKeys keys;
    private final String syncId;
    private final Clock clock;

    Checkpoint(RepositoryKeys keys, String syncId, Clock clock) {
        this.keys = keys;
        this.syncId = syncId;
        this.clock = clock;
    }

    /** Returns the moment, or the earliest that is kept if it is before that. A fraction of a second is cut off. */
    static Instant keepable(Instant moment) {
        Instant first = LocalDateTime.of(FIRST_YEAR, 1, 1, 0, 0).toInstant(ZoneOffset.UTC);
        return moment.isBefore(first) ? first : moment.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Returns the largest checkpoint with its last key, or else the smallest one without; empty if there is none. */
    Optional<Instant> read() {
        return Optional.ofNullable(found().moment);
    }

    /** Reads like {@link #read}, and adds the last key if the checkpoint has none. */
    Optional<Instant> readToGoOn() {
        Found found = found();
        if (found.moment != null && !found.last) {
            keys.add(last(path(found.moment)));
        }
        return Optional.ofNullable(found.moment);
    }

    private Found found() {
        Found found = new Found();
        descend(syncId, 0, new int[SEPARATORS.length], found);
        return found;
    }

    /** Returns whether the checkpoint is still in the repository. For a moment, a later one may be there as well. */
    boolean holds(Instant moment) {
        List<String> path = path(moment);
        return !path.isEmpty() && keys.contains(last(path));
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
        // From second to year: the earlier version reads a path without its last key as soon as it is whole.
        for (int depth = path.size() - 1; depth >= 0; depth--) {
            keys.add(path.get(depth));
        }
        keys.add(last(path));
        if (replaced != null && !path(replaced).equals(path)) {
            remove(path(replaced), path);
            if (moment.isBefore(replaced)) {
                removeLaterThan(moment.truncatedTo(ChronoUnit.SECONDS), path);
            }
        }
    }

    /** Removes what a crash left when the checkpoint went back before: it would hide the earlier one. */
    private void removeLaterThan(Instant moment, List<String> path) {
        for (Instant found = largest(); found != null && found.isAfter(moment); found = largest()) {
            remove(path(found), path);
        }
    }

    private Instant largest() {
        return read().orElse(null);
    }

    /** Removes all checkpoints, those of other nodes included. */
    void clear() {
        List<List<String>> paths = new ArrayList<>();
        for (Optional<Instant> found = read(); found.isPresent(); found = read()) {
            List<String> path = path(found.get());
            keys.remove(last(path));
            keys.remove(path.get(path.size() - 1));
            paths.add(path);
        }
        // The upper keys go last: without them, a path that shares them would not be found, but would be left.
        paths.forEach(path -> removePath(path, List.of()));
    }

    /** Holds the result of a walk over the keys: the path found last, and whether it has its last key. */
    private static final class Found {
        private Instant moment;
        private boolean last;
    }

    /**
     * Walks over the paths below a prefix, from the largest to the smallest; goes back up where a branch has none.
     *
     * @return whether it has found a path with its last key, which ends the walk
     */
    private boolean descend(String prefix, int depth, int[] fields, Found found) {
        if (depth == SEPARATORS.length) {
            found.moment = LocalDateTime.of(fields[0], fields[1], fields[2], fields[3], fields[4], fields[5])
                    .toInstant(ZoneOffset.UTC);
            found.last = keys.contains(prefix + LAST);
            return found.last;
        }
        int smallest = depth == 0 ? FIRST_YEAR : depth <= 2 ? 1 : 0;
        for (int value = largest(depth, fields); value >= smallest; value--) {
            String key = key(prefix, depth, value);
            if (keys.contains(key)) {
                fields[depth] = value;
                if (descend(key, depth + 1, fields, found)) {
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

    private static String last(List<String> path) {
        return path.get(path.size() - 1) + LAST;
    }

    /** Removes the last key first: a crash in between leaves a path that does not count. */
    private void remove(List<String> old, List<String> kept) {
        if (!old.isEmpty()) {
            keys.remove(last(old));
            removePath(old, kept);
        }
    }

    private void removePath(List<String> old, List<String> kept) {
        for (int depth = old.size() - 1; depth >= 0; depth--) {
            if (!kept.contains(old.get(depth))) {
                keys.remove(old.get(depth));
            }
        }
    }
}
