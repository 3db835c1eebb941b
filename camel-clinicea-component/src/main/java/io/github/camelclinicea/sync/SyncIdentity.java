/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import java.util.Set;

/**
 * Identifies the list to which a sync's state belongs.
 *
 * <p>Specified by {@code StateOwnerTest}.
 *
 * @param server the server's base URL
 * @param resource the resource's name
 * @param path the path of its change list
 * @param statuses the statuses that are delivered, in lower case; empty for all
 * @param credential the API key or the login name of the requests; only its hash is kept
 */
public record SyncIdentity(String server, String resource, String path, Set<String> statuses, String credential) {
    /** Returns the resource only: a credential must not reach a log. */
    @Override
    public String toString() {
        return "SyncIdentity[" + resource + "]";
    }
}
