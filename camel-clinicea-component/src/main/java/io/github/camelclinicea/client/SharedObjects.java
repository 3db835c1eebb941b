/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Objects that all who ask alike share. An object is kept while it has users. Of those without, the ones used last are kept
 * for who asks again. To be guarded by its owner.
 *
 * @param <K> what they are asked for by
 * @param <V> what they are
 */
final class SharedObjects<K, V> {
    private static final class Shared<V> {
        private final V object;
        private int users;

        Shared(V object) {
            this.object = object;
        }
    }

    private final int maxUnused;
    private final Consumer<V> dropped;
    private final Map<K, Shared<V>> used = new HashMap<>();
    private final Map<K, Shared<V>> unused = new LinkedHashMap<>();

    /**
     * @param maxUnused how many objects without users are kept
     * @param dropped is given each object that is no longer kept
     */
    SharedObjects(int maxUnused, Consumer<V> dropped) {
        this.maxUnused = maxUnused;
        this.dropped = dropped;
    }

    /** Returns the object for one more user, who gives it back. */
    V take(K key, Callable<V> maker) throws Exception {
        Shared<V> shared = used.get(key);
        if (shared == null) {
            shared = unused.remove(key);
            if (shared == null) {
                shared = new Shared<>(maker.call());
            }
            used.put(key, shared);
        }
        shared.users++;
        return shared.object;
    }

    /** Takes back what {@link #take} gave to one user. Does nothing if it is not kept any more. */
    void giveBack(K key, V object) {
        Shared<V> shared = used.get(key);
        if (shared == null || shared.object != object || --shared.users > 0) {
            return;
        }
        used.remove(key);
        unused.put(key, shared);
        if (unused.size() > maxUnused) {
            Iterator<Shared<V>> eldest = unused.values().iterator();
            Shared<V> drop = eldest.next();
            eldest.remove();
            dropped.accept(drop.object);
        }
    }

    /** Returns how many objects are kept. */
    int size() {
        return used.size() + unused.size();
    }

    /** Drops all. */
    void clear() {
        used.values().forEach(shared -> dropped.accept(shared.object));
        unused.values().forEach(shared -> dropped.accept(shared.object));
        used.clear();
        unused.clear();
    }
}
