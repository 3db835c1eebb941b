/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Page;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds where a sync begins: at the checkpoint in the repository, at {@code syncFrom}, at the server's present time, or
 * where a reset says. Begins again after a reset, and goes on from the repository after another node has delivered
 * rows. Resets are requested from any thread; the other methods are not called during a reading.
 *
 * <p>Specified by {@code SyncContractTest} and {@code OvertakenTest}.
 */
final class SyncStart {
    private static final Logger LOG = LoggerFactory.getLogger(SyncStart.class);

    private final String syncId;
    private final StateOwner owner;
    private final SyncPosition position;
    private final ResetRequest reset;
    private final Ledger ledger;
    private final HeldRows held;
    private final RowSkips skips;
    private final Deliveries deliveries;
    private final PageReads reads;
    private final Clock clock;

    /** Whether another node has delivered rows, until this one has read the state that it left. */
    private boolean overtaken;

    SyncStart(
            String syncId,
            StateOwner owner,
            SyncPosition position,
            ResetRequest reset,
            Ledger ledger,
            HeldRows held,
            RowSkips skips,
            Deliveries deliveries,
            PageReads reads,
            Clock clock) {
        this.syncId = syncId;
        this.owner = owner;
        this.position = position;
        this.reset = reset;
        this.ledger = ledger;
        this.held = held;
        this.skips = skips;
        this.deliveries = deliveries;
        this.reads = reads;
        this.clock = clock;
    }

    /** As {@link ChangeSync#start}. */
    void start(Instant syncFrom) {
        position.beginsFrom(syncFrom);
        ledger.start();
        if (reset.isKept()) {
            beginAgain();
        } else {
            owner.claim(reset.key());
            reads.firstPage().start();
            goOnFromRepository();
            owner.useSyncFrom(syncFrom, position.committed());
            logBeginning(syncFrom);
        }
        if (position.committed() == null && syncFrom != null && syncFrom.isAfter(clock.instant())) {
            LOG.warn(
                    "Sync {}: syncFrom={} lies in the future. The sync begins at the server's present time instead."
                            + " If it is to deliver older rows, correct syncFrom and call resetSync",
                    syncId,
                    syncFrom);
        }
    }

    private void logBeginning(Instant syncFrom) {
        if (position.committed() != null) {
            LOG.info("Sync {} goes on from {}, the checkpoint in the repository", syncId, position.since());
        } else if (syncFrom != null) {
            LOG.info(
                    "Sync {} begins at syncFrom, {}, since the repository has no checkpoint", syncId, position.since());
        } else {
            LOG.info(
                    "Sync {} begins at the server's present time (syncFrom=now), since the repository has no checkpoint",
                    syncId);
        }
    }

    private void goOnFromRepository() {
        deliveries.holdFailedBatches();
        position.read();
        held.clear();
    }

    /** As {@link ChangeSync#reset}. */
    void reset(Instant syncFrom) {
        position.beginsFrom(syncFrom);
        reset.keep();
        beginAgain();
    }

    private void beginAgain() {
        Instant from = reset.begin();
        position.clearCheckpoint();
        owner.claimAnew();
        owner.useSyncFrom(position.syncFrom(), null);
        ledger.forgetAll();
        held.clear();
        skips.clear();
        reads.firstPage().forget();
        position.beginAgain(from);
        reset.begun();
        LOG.info(
                "Sync {} was reset and begins again at {}",
                syncId,
                position.since() == null ? "the server's present time" : position.since());
    }

    /**
     * Carries out a requested reset and finds where the sync begins, before a poll reads the list.
     *
     * @return false if the sink closed meanwhile
     */
    boolean canBegin() throws Exception {
        overtaken |= ledger.wasOvertaken();
        if (overtaken) {
            LOG.info("Sync {}: another node has delivered rows. This node goes on from there", syncId);
            if (reset.isKept()) {
                beginAgain();
            } else {
                goOnFromRepository();
            }
            overtaken = false;
        }
        if (reset.isPending()) {
            reset.keep();
            beginAgain();
        }
        return position.since() != null || startAtServersNow();
    }

    private boolean startAtServersNow() throws Exception {
        Page page = reads.anyFirstPage(clock.instant().truncatedTo(ChronoUnit.SECONDS));
        if (page == null) {
            return false;
        }
        // Committed at once: a restart before the first change would begin later and lose the changes in between.
        position.beginAt(page.serverTime() == null ? clock.instant() : page.serverTime());
        reset.done();
        return true;
    }
}
