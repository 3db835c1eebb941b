/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Holds objects that users with equal keys share. An object is kept while it has users. Of the objects without users,
 * those used last are kept for later users. Not thread-safe: its owner guards it.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the objects
 */
final class SharedObjects<K, V> {
    private static final class Shared<V> {
        private final V object;
        private int users;

        Shared(V object) {
            this.object = object;
        }
    }

    /** Creates an object. */
    @FunctionalInterface
    interface Maker<V, E extends Exception> {
        V make() throws E;
    }

    private final int maxUnused;
    private final Consumer<V> dropped;
    private final Map<K, Shared<V>> used = new HashMap<>();
    private final Map<K, Shared<V>> unused = new LinkedHashMap<>();

    /**
     * Creates an empty holder.
     *
     * @param maxUnused the most objects without users that are kept
     * @param dropped receives each object that is no longer kept
     */
    SharedObjects(int maxUnused, Consumer<V> dropped) {
        this.maxUnused = maxUnused;
        this.dropped = dropped;
    }

    /**
     * Returns the object of a key for one more user, who gives it back. Creates it if there is none.
     *
     * @throws E if the object could not be created
     */
    <E extends Exception> V take(K key, Maker<V, E> maker) throws E {
        Shared<V> shared = used.get(key);
        if (shared == null) {
            shared = unused.remove(key);
            if (shared == null) {
                shared = new Shared<>(maker.make());
            }
            used.put(key, shared);
        }
        shared.users++;
        return shared.object;
    }

    /** Takes back the object that {@link #take} gave to one user. Does nothing if the object is no longer kept. */
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

    /** Returns the objects that have users, in no certain order. */
    List<V> used() {
        return used.values().stream().map(shared -> shared.object).toList();
    }

    /** Returns how many objects are kept. */
    int size() {
        return used.size() + unused.size();
    }

    /** Drops all objects. */
    void clear() {
        used.values().forEach(shared -> dropped.accept(shared.object));
        unused.values().forEach(shared -> dropped.accept(shared.object));
        used.clear();
        unused.clear();
    }
}
