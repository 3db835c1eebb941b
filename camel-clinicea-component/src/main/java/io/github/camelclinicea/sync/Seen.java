package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.RowVersion;
import java.util.HashSet;
import java.util.Set;

/** Every row version that one poll has been shown: the last of each record, and the few that were replaced meanwhile. */
final class Seen {
    private final VersionTable last = new VersionTable();
    private final Set<RowVersion> replaced = new HashSet<>();

    /** @return the version of the record that was shown last, or null if none was */
    RowVersion last(long recordKey) {
        return last.get(recordKey);
    }

    boolean replaced(RowVersion version) {
        return replaced.contains(version);
    }

    void note(long recordKey, RowVersion version) {
        RowVersion before = last.get(recordKey);
        if (before != null && !before.equals(version)) {
            replaced.add(before);
        }
        last.put(recordKey, version);
    }

    void forget(long recordKey) {
        last.remove(recordKey);
    }

    VersionTable table() {
        return last;
    }
}
