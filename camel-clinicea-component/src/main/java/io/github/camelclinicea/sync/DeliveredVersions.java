/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.row.RowVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to the ledger which versions were delivered, and forgets those that newer ones replace. Without {@code
 * transacted}, the key of a replaced version is removed before the route sees the newer one, whose key follows when it
 * was delivered. In a transaction, both go with the commit.
 *
 * <p>It outlives a poll. Rows end on any thread; the methods that forget are for the thread that polls.
 *
 * <p>Specified by {@code SyncContractTest} and {@code BatchesInPollsTest}.
 */
final class DeliveredVersions {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveredVersions.class);

    private final SyncSettings settings;
    private final Ledger ledger;
    private final HeldRows held;
    private final RowsInFlight inFlight;
    private final RowSkips skips;

    /** The replaced versions whose keys a rollback kept. */
    private final Set<RowVersion> keptByRollback = ConcurrentHashMap.newKeySet();

    /** The exception with which the repository failed to remember a delivery of this poll; null if it did not. */
    private volatile RuntimeException repositoryFailure;

    /** Whether another node has delivered rows in this poll, so that the rows of this one may be outdated. */
    private volatile boolean overtaken;

    DeliveredVersions(SyncSettings settings, Ledger ledger, HeldRows held, RowsInFlight inFlight, RowSkips skips) {
        this.settings = settings;
        this.ledger = ledger;
        this.held = held;
        this.inFlight = inFlight;
        this.skips = skips;
    }

    void beginPoll() {
        repositoryFailure = null;
        overtaken = false;
    }

    /** Throws if the repository could not remember a delivery of this poll. */
    void requireRepository() {
        RuntimeException failure = repositoryFailure;
        if (failure != null) {
            // A row emitted now would be emitted again, and each would wait for the repository in vain.
            throw failure;
        }
    }

    boolean hasRepositoryFailed() {
        return repositoryFailure != null;
    }

    /** Throws if another node has delivered rows in this poll: rows that it read were given up. */
    void requireNotOvertaken() {
        if (overtaken) {
            throw repositoryFailure;
        }
    }

    boolean isOvertaken() {
        return overtaken;
    }

    /**
     * Returns whether this version of the record needs no delivery: it is in flight, or the ledger knows it.
     *
     * @param besideLast whether the list also shows the last version that this process delivered of the record
     */
    boolean isKnown(long record, RowVersion version, boolean besideLast) {
        return inFlight.contains(record, version) || ledger.isKnown(record, version, besideLast);
    }

    /** Returns whether a commit that was reported as failed was done: the keys are in the ledger only if it was. */
    boolean wasCommittedAfterAll(Row row) {
        return settings.transacted() && ledger.contains(row.version());
    }

    /** Forgets the version that a row replaces, before the route sees the row. In a transaction, its key stays. */
    void forgetBefore(Due due) {
        if (!settings.transacted()) {
            forgetReplaced(due);
        } else if (due.replacesAnother()) {
            held.replaced(due.row().recordKey(), due.superseded());
            skips.replaced(due.superseded());
        }
    }

    /**
     * Forgets that the version which the row replaces was delivered or is held; a row that failed before replaces none.
     */
    void forgetReplaced(Due due) {
        if (due.replacesAnother()) {
            forget(due.row().recordKey(), due.superseded());
        }
    }

    /** Forgets that a version was delivered or is held. */
    void forget(long record, RowVersion version) {
        held.replaced(record, version);
        skips.replaced(version);
        ledger.remove(version);
    }

    /**
     * Writes the keys of a delivery inside its transaction.
     *
     * @throws RuntimeException if the repository could not
     */
    void remember(Delivery delivery) {
        try {
            ledger.addInTransaction(
                    delivery.items().stream()
                            .filter(item -> item.due().replacesAnother())
                            .map(item -> item.due().superseded())
                            .toList(),
                    versions(delivery));
        } catch (OvertakenException e) {
            repositoryFailure = e;
            overtaken = true;
            throw e;
        }
        // Any other failure is one of these rows: it may come from a statement of the route, after which PostgreSQL
        // refuses more.
    }

    /**
     * Writes the keys of a delivery whose exchange completed, unless its transaction did.
     *
     * @return whether the rows were delivered
     * @throws RuntimeException if the repository could not remember it
     */
    boolean completed(Delivery delivery) {
        if (settings.transacted()) {
            return delivery.isRemembered();
        }
        try {
            ledger.addAll(versions(delivery));
            return true;
        } catch (RuntimeException e) {
            repositoryFailure = e;
            throw e;
        }
    }

    private static List<RowVersion> versions(Delivery delivery) {
        List<RowVersion> versions = new ArrayList<>(delivery.items().size());
        delivery.items().forEach(item -> versions.add(item.row().version()));
        return versions;
    }

    /** Removes the key of the version that a failed row replaces: if it came back, it would have to be delivered. */
    void rolledBack(Due due) {
        if (settings.transacted() && due.replacesAnother()) {
            keptByRollback.add(due.superseded());
            try {
                forgetKeptByRollback();
            } catch (RuntimeException | Error e) {
                // The next delivery removes it first.
                LOG.debug("Sync {}: the key of a replaced row was not removed: {}", settings.syncId(), e.getClass());
            }
        }
    }

    void forgetKeptByRollback() {
        if (!keptByRollback.isEmpty()) {
            Set<RowVersion> kept = Set.copyOf(keptByRollback);
            ledger.removeAll(kept);
            keptByRollback.removeAll(kept);
        }
    }
}
