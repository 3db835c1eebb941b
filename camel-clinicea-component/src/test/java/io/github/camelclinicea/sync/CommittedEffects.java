/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.sync.HostileServer.Version;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds the effects that transactions committed, for promise 7 of docs/design/sync.md. The effects of a row must follow
 * its history, with at most one effect for each version. A row may return to an earlier version, which is a new one.
 */
final class CommittedEffects {
    private final HostileServer server;
    private final VirtualTime time;
    /** By row, or by version where rows have no id; the number of versions up to the last one that took effect. */
    private final Map<String, Integer> done = new HashMap<>();

    private final Map<String, String> last = new HashMap<>();

    CommittedEffects(HostileServer server, VirtualTime time) {
        this.server = server;
        this.time = time;
    }

    /**
     * Adds an effect.
     *
     * @param key the content of a version
     * @return whether the row had this version after the ones that took effect before
     */
    boolean add(String key) {
        String order = order(key);
        List<Version> history = server.history().get(Integer.parseInt(row(key)));
        for (int at = done.getOrDefault(order, 0); at < history.size(); at++) {
            Version version = history.get(at);
            if (version.key().equals(key) && version.visible() <= time.now()) {
                done.put(order, at + 1);
                last.put(order, key);
                return true;
            }
        }
        return false;
    }

    /** Returns whether the row is now as this version: a rollback leaves it as the last effect did. */
    boolean isLast(String key) {
        return key.equals(last.get(order(key)));
    }

    private String order(String key) {
        return server.traits().ids() ? row(key) : key;
    }

    private static String row(String key) {
        return key.substring(0, key.indexOf(':'));
    }
}
