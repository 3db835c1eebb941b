/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.RowVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * The delivery ledger: one key {@code <syncId>#<hash>} in the repository for each delivered version
 * (docs/design/sync.md, section 2). A key is written when the exchange completes, never before: a key written at the
 * start would lose the row at a crash.
 *
 * <p>Few repositories list their keys. So the ledger remembers the open window, which is the versions that may have
 * a key, and removes the keys of those that a later reading no longer shows. The open window is used by the thread
 * that polls; {@link #add}, {@link #contains} and {@link #remove} by any thread. All methods throw what the
 * repository throws.
 */
final class Ledger {
    private final RepositoryKeys keys;
    private final String prefix;
    private final Fence fence;
    private final LeftBehindKeys leftBehind;
    private final Map<RowVersion, Boolean> lookedUp = new ConcurrentHashMap<>();

    /** The versions of the last look-up that had no key then, and that this process has not added since. */
    private final Set<RowVersion> absent = ConcurrentHashMap.newKeySet();

    private VersionTable openWindow = new VersionTable();

    /** Since a reset: a key that this process did not write may be older than the reset. */
    private boolean afterReset;

    /** Whether the ledger may have no key yet, as before the first delivery of a sync. */
    private volatile boolean mayBeEmpty;

    /** A ledger that is not written inside transactions. */
    Ledger(RepositoryKeys keys, String syncId) {
        this(keys, syncId, new Fence(keys, syncId, false));
    }

    Ledger(RepositoryKeys keys, String syncId, Fence fence) {
        this.keys = keys;
        this.prefix = syncId + "#";
        this.fence = fence;
        this.leftBehind = new LeftBehindKeys(keys, prefix, fence);
    }

    /** To be called at each start and whenever leadership is taken: another node may have polled meanwhile. */
    void start() {
        leftBehind.start();
        mayBeEmpty = true;
    }

    /** Returns whether {@link #lookUp} has an effect: most repositories take one key at a time. */
    boolean canLookUp() {
        return keys.isBulk();
    }

    /**
     * Asks for versions with one call, if the repository can. Until {@link #endLookUp}, {@link #contains} knows them.
     *
     * <p>Does not ask for a version that this poll was not shown before, if the ledger was empty when the poll began and
     * only deliveries in transactions have written to it since. If another node had written its key, the fence would
     * have fallen, and the transaction that delivers the version would be rolled back.
     *
     * <p>The versions are those of a page that are not in flight: no other thread adds or removes their keys.
     *
     * @param unseen those that this poll was not shown before
     * @param seen those that it was shown before
     */
    void lookUp(Collection<RowVersion> unseen, Collection<RowVersion> seen) {
        if (canLookUp()) {
            absent.clear();
            ask(seen);
            if (mayBeEmpty) {
                unseen.forEach(version -> noteLookUp(version, false));
            } else {
                ask(unseen);
            }
        }
    }

    private void ask(Collection<RowVersion> versions) {
        if (!versions.isEmpty()) {
            Set<String> present = keys.containsAll(keys(versions));
            versions.forEach(version -> noteLookUp(version, present.contains(key(version))));
        }
    }

    private void noteLookUp(RowVersion version, boolean found) {
        lookedUp.put(version, found);
        if (!found) {
            absent.add(version);
        }
    }

    void endLookUp() {
        lookedUp.clear();
    }

    boolean contains(RowVersion version) {
        Boolean known = lookedUp.get(version);
        return known != null ? known : keys.contains(key(version));
    }

    void add(RowVersion version) {
        mayBeEmpty = false;
        forgetLookUp(version);
        keys.add(key(version));
    }

    void addAll(Collection<RowVersion> versions) {
        mayBeEmpty = false;
        versions.forEach(this::forgetLookUp);
        keys.addAll(keys(versions));
    }

    void remove(RowVersion version) {
        forgetLookUp(version);
        keys.remove(key(version));
    }

    void removeAll(Collection<RowVersion> versions) {
        versions.forEach(this::forgetLookUp);
        keys.removeAll(keys(versions));
    }

    /**
     * Records a delivery inside its transaction.
     *
     * @param replaced the versions that the delivered ones replace
     * @param delivered the versions of the delivery
     * @throws OvertakenException if another node has delivered rows since this poll began
     */
    void addInTransaction(Collection<RowVersion> replaced, Collection<RowVersion> delivered) {
        // First: from here on no other node delivers, so no key of these rows can appear any more.
        List<String> added = new ArrayList<>(fence.replaceToken());
        boolean isNew = absent.containsAll(delivered);
        replaced.forEach(this::forgetLookUp);
        delivered.forEach(this::forgetLookUp);
        RepositoryKeys inTransaction = keys.inTransaction();
        inTransaction.removeAll(keys(replaced));
        added.addAll(keys(delivered));
        if (keys.isBulk() && isNew) {
            inTransaction.addNew(added);
        } else {
            inTransaction.addAll(added);
        }
    }

    private void forgetLookUp(RowVersion version) {
        lookedUp.remove(version);
        absent.remove(version);
    }

    private String key(RowVersion version) {
        return prefix + version.text();
    }

    private List<String> keys(Collection<RowVersion> versions) {
        List<String> keys = new ArrayList<>(versions.size());
        versions.forEach(version -> keys.add(key(version)));
        return keys;
    }

    /** Returns the version of the record that an earlier poll was shown last; null if there is none. */
    RowVersion last(long record) {
        return openWindow.get(record);
    }

    /** Returns whether an earlier poll was shown the version beside the last one of its record. */
    boolean isSibling(long record, RowVersion version) {
        return openWindow.holds(SeenVersions.siblingKey(record, version), version);
    }

    /** Returns whether the sync was reset, and no poll since has read the whole list without a failure. */
    boolean isAfterReset() {
        return afterReset;
    }

    /**
     * Returns whether this version of the record needs no delivery.
     *
     * <p>A key in the ledger does not count if this process last delivered another version that the list does not
     * show any more. A second node may have been faster with the newer version, and this one slower with the older
     * one. The older one would then be the last to have arrived.
     *
     * <p>After a reset, removes a key that may be older than the reset.
     *
     * @param besideLast whether the list also shows the last version that this process delivered of the record
     */
    boolean isKnown(long record, RowVersion version, boolean besideLast) {
        RowVersion last = last(record);
        if (afterReset && !version.equals(last) && !isSibling(record, version)) {
            // This holds even if this process has seen another row of the record.
            remove(version);
            return false;
        }
        return (last == null || besideLast || last.equals(version)) && contains(version);
    }

    /**
     * Forgets the open window if another node has delivered rows since the last poll, as if this process had just begun.
     * To be called before a poll reads the list.
     *
     * @return whether it has
     */
    boolean wasOvertaken() {
        boolean overtaken = fence.wasOvertaken();
        if (overtaken) {
            openWindow = new VersionTable();
            afterReset = false;
            leftBehind.start();
        }
        // After the look at the fence: another node that delivers from here on takes it down.
        mayBeEmpty = mayBeEmpty && fence.isUp() && keys.forEach(prefix, key -> false);
        return overtaken;
    }

    /** Returns whether another node has delivered rows since this poll began. */
    boolean isOvertaken() {
        return !fence.holds();
    }

    /** Keeps what a poll was shown in the open window, after a poll that removed no keys: a later one will. */
    void extendWindow(SeenVersions seen) {
        openWindow = VersionTable.union(openWindow, seen.table());
    }

    /**
     * Removes the keys of all versions that a clean poll did not show any more, those of ended processes included.
     *
     * @param open whether to go on
     * @param progress is notified of each removed key
     * @return false if {@code open} returned false first
     */
    boolean replaceWindow(SeenVersions seen, BooleanSupplier open, Progress progress) {
        VersionTable shown = seen.table();
        StaleKeys stale = new StaleKeys(keys, fence, open, progress);
        openWindow.forEach((key, version) -> {
            if (!shown.holds(key, version) && !seen.isSibling(key, version)) {
                stale.remove(key(version));
            }
        });
        if (!stale.end()) {
            return false;
        }
        openWindow = shown;
        afterReset = false;
        leftBehind.trim(shown, open, progress);
        return true;
    }

    /**
     * Forgets all deliveries: removes the keys in the open window at once. Keys of an earlier process are removed when
     * {@link #isKnown} meets them.
     */
    void forgetAll() {
        openWindow.forEach((record, version) -> remove(version));
        openWindow = new VersionTable();
        afterReset = true;
    }
}
