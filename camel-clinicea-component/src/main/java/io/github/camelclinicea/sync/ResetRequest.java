/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

/**
 * Keeps the request to begin a sync again, as the key {@code <syncId>=reset} in the repository, until it has been
 * carried out (docs/design/sync.md, section 3a, rule 13). Used by any thread; all methods throw what the repository
 * throws.
 *
 * <p>Specified by {@code ResetWishTest}.
 */
final class ResetRequest {
    private final RepositoryKeys keys;
    private final String key;
    private volatile boolean pending;

    /** Whether this process has begun again. Another node's request is not done by a poll of this one. */
    private boolean begun;

    ResetRequest(RepositoryKeys keys, String syncId) {
        this.keys = keys;
        this.key = syncId + "=reset";
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

    /** Requests that the next poll begins again. It does so even if the repository cannot keep the request. */
    synchronized void request() {
        pending = true;
        keys.add(key);
    }

    /** Keeps the request in the repository, before it is carried out. */
    void keep() {
        keys.add(key);
    }

    /** Records that the sync has begun again. */
    synchronized void begun() {
        pending = false;
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
        }
    }
}
