/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import java.time.Clock;
import java.time.Instant;

/**
 * Keeps the request to begin a sync again, as the key {@code <syncId>=reset} in the repository, until it has been
 * carried out (docs/design/sync.md, section 3a, rule 13). The moment at which to begin is spelled in keys as the
 * checkpoint is, {@code <syncId>=r@2026} to {@code <syncId>=r@2026-11-23T10:05:17Z}. Used by any thread; all methods
 * throw what the repository throws.
 *
 * <p>Specified by {@code ResetWishTest} and {@code ResetFromTest}.
 */
final class ResetRequest {
    private final RepositoryKeys keys;
    private final String key;
    private final Checkpoint moment;
    private volatile boolean pending;
    private Instant from;

    /** Whether this process has begun again. Another node's request is not done by a poll of this one. */
    private boolean begun;

    ResetRequest(RepositoryKeys keys, String syncId, Clock clock) {
        this.keys = keys;
        this.key = syncId + "=reset";
        this.moment = new Checkpoint(keys, syncId + "=r", clock);
    }

    String key() {
        return key;
    }

    /** Returns whether the repository holds a request that was not carried out to its end. */
    boolean isKept() {
        return keys.contains(key);
    }

    /** Returns whether this process has a request that the next poll carries out. */
    boolean isPending() {
        return pending;
    }

    /**
     * Requests that the next poll begins again. It does so even if the repository cannot keep the request.
     *
     * @param where the moment at which it begins, in whole seconds and not before 2000; null for {@code syncFrom}
     */
    synchronized void request(Instant where) {
        from = where;
        pending = true;
        keep();
    }

    /** Keeps the request in the repository, before it is carried out. */
    synchronized void keep() {
        // The moment of an earlier request, or of one that a crash left without its key, does not count any more.
        moment.clear();
        if (from != null) {
            moment.write(null, from);
        }
        keys.add(key);
    }

    /** Returns the moment at which the sync begins again; null for {@code syncFrom}. */
    synchronized Instant from() {
        return pending ? from : moment.read().orElse(null);
    }

    /** Records that the sync has begun again. */
    synchronized void begun() {
        pending = false;
        from = null;
        begun = true;
    }

    /**
     * Removes the request from the repository: a poll has read the whole list since the sync began again, so that every
     * delivery from before was seen. A row that failed since has no key that could be taken for one.
     */
    synchronized void done() {
        // A new request may have been made while the poll ran.
        if (begun && !pending) {
            keys.remove(key);
            begun = false;
            moment.clear();
        }
    }
}
