/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.RowVersion;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ties a sync's state to its list: the checkpoint of one list would hide rows of another. A repository cannot list
 * its keys, so each question has a key of its own:
 *
 * <pre>
 *   syncId=1, syncId=2 …   the state has an owner; a reset makes the next one
 *   syncId=hash            the owner's list (server, resource, path), its credential, each status that it delivers, and
 *                          the syncFrom with which it began
 * </pre>
 */
final class StateOwner {
    private static final Logger LOG = LoggerFactory.getLogger(StateOwner.class);
    private static final String ALL = "*";
    private static final List<String> STATUSES = List.of(ALL, "none", "added", "modified", "deleted");

    private final RepositoryKeys keys;
    private final String syncId;
    private final SyncIdentity identity;

    /** @param identity the list of this sync; null to check and keep nothing */
    StateOwner(RepositoryKeys keys, String syncId, SyncIdentity identity) {
        this.keys = keys;
        this.syncId = syncId;
        this.identity = identity;
    }

    /**
     * Checks that the state belongs to this sync, and takes it over if it has no owner.
     *
     * @param resetKey the key that begins the sync again, for the message
     * @throws ForeignStateException if the state belongs to another list
     */
    void claim(String resetKey) {
        int owner = owner();
        if (identity == null || owner == 0) {
            own(1);
            return;
        }
        if (!keys.contains(list(owner))) {
            throw new ForeignStateException(
                    syncId,
                    "The state of syncId '" + syncId
                            + "' in the idempotentRepository belongs to another list: server, resource or path differ"
                            + " from those of '" + identity.resource()
                            + "'. Give this route a syncId of its own. To begin again in its place, call resetSync on the"
                            + " other route's MBean before you stop it, or add the key '" + resetKey
                            + "' to the repository");
        }
        warnOfWidenedStatuses(owner);
        if (!keys.contains(credential(owner))) {
            LOG.warn(
                    "Sync {}: its state was made with another credential. If that is another clinic's, give this route"
                            + " a syncId of its own. If the credential was only renewed, nothing needs to be done",
                    syncId);
        }
        own(owner);
    }

    /** Takes the state over from any owner. To be called when the sync begins again. */
    void claimAnew() {
        own(owner() + 1);
    }

    /**
     * Keeps {@code syncFrom} with a sync that begins with it. Warns if a sync that has a checkpoint began with another
     * one: the option has no effect then.
     *
     * @param syncFrom the option; null for the server's present time
     * @param checkpoint the checkpoint in the repository; null if there is none
     */
    void useSyncFrom(Instant syncFrom, Instant checkpoint) {
        int owner = owner();
        if (identity == null || owner == 0) {
            return;
        }
        String kept = hash(owner, "syncFrom");
        String same = hash(owner, "syncFrom", syncFrom == null ? "now" : syncFrom.toString());
        if (checkpoint == null || !keys.contains(kept)) {
            keys.add(same);
            keys.add(kept);
        } else if (!keys.contains(same)) {
            LOG.warn(
                    "Sync {}: syncFrom={} is not the one that this sync began with. It has no effect, since the sync"
                            + " goes on from its checkpoint, {}. To begin again at that moment, call resetSync with it."
                            + " To go on without this warning, set syncFrom to its former value",
                    syncId,
                    syncFrom == null ? "now" : syncFrom,
                    checkpoint);
        }
    }

    private void warnOfWidenedStatuses(int owner) {
        if (keys.contains(status(owner, ALL))) {
            return;
        }
        Set<String> widened = statuses().stream()
                .filter(status -> !keys.contains(status(owner, status)))
                .collect(Collectors.toSet());
        if (!widened.isEmpty()) {
            LOG.warn(
                    "Sync {}: statuses was widened. Rows that were left out before the checkpoint stay left out. If"
                            + " they are to be delivered, call resetSync",
                    syncId);
        }
    }

    /** Returns the number of the state's owner; 0 if it has none. */
    private int owner() {
        int owner = 0;
        while (identity != null && keys.contains(key(Integer.toString(owner + 1)))) {
            owner++;
        }
        return owner;
    }

    private void own(int owner) {
        if (identity == null) {
            return;
        }
        keys.add(list(owner));
        keys.add(credential(owner));
        Set<String> statuses = statuses();
        statuses.forEach(status -> keys.add(status(owner, status)));
        STATUSES.stream()
                .filter(status -> !statuses.contains(status))
                .forEach(status -> keys.remove(status(owner, status)));
        // Last, so that the keys which a crash leaves without it are no owner.
        keys.add(key(Integer.toString(owner)));
    }

    private Set<String> statuses() {
        return identity.statuses().isEmpty() ? Set.of(ALL) : identity.statuses();
    }

    private String list(int owner) {
        return hash(owner, "list", identity.server(), identity.resource(), identity.path());
    }

    private String credential(int owner) {
        return hash(owner, "credential", identity.credential());
    }

    private String status(int owner, String status) {
        return hash(owner, "status", status);
    }

    private String hash(int owner, String... parts) {
        String text = syncId + "\n" + owner + "\n" + String.join("\n", parts);
        return key(RowVersion.of(null, null, null, text.getBytes(StandardCharsets.UTF_8))
                .text());
    }

    private String key(String rest) {
        return syncId + "=" + rest;
    }
}
