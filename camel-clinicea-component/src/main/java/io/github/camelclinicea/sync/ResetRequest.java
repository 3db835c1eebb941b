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
    private volatile Request pending;
    private Request begunWith;

    /** Whether this process has begun again. Another node's request is not done by a poll of this one. */
    private boolean begun;

    /** A request of this process; two requests of one moment are not the same. */
    private static final class Request {
        private final Instant from;

        Request(Instant from) {
            this.from = from;
        }
    }

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
        return pending != null;
    }

    /**
     * Requests that the next poll begins again. It does so even if the repository cannot keep the request.
     *
     * @param where the moment at which it begins, in whole seconds and not before 2000; null for {@code syncFrom}
     */
    synchronized void request(Instant where) {
        pending = new Request(where);
        keep();
    }

    /** Keeps the request in the repository, before it is carried out. */
    synchronized void keep() {
        if (pending == null || pending.from == null) {
            // The moment of an earlier request, or of one that a crash left without its key, does not count any more.
            moment.clear();
        } else {
            // The new moment comes first: without any, the kept request would mean syncFrom.
            moment.write(moment.read().orElse(null), pending.from);
        }
        keys.add(key);
    }

    /** Returns the moment at which the sync begins again now; null for {@code syncFrom}. */
    synchronized Instant begin() {
        begunWith = pending;
        return pending != null ? pending.from : moment.read().orElse(null);
    }

    /** Records that the sync has begun again. A request that came after {@link #begin} is for the next poll. */
    synchronized void begun() {
        if (pending == begunWith) {
            pending = null;
        }
        begun = true;
    }

    /**
     * Removes the request from the repository: a poll has read the whole list since the sync began again, so that every
     * delivery from before was seen. A row that failed since has no key that could be taken for one.
     */
    synchronized void done() {
        // A new request may have been made while the poll ran.
        if (begun && pending == null) {
            keys.remove(key);
            begun = false;
            moment.clear();
        }
    }
}
