/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.evidence;

import io.github.camelclinicea.testing.ListedRow;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;

/** Is a repository that outlives its contexts and fails at the calls that a test names. */
final class StateKeys extends ServiceSupport implements IdempotentRepository {
    /** Runs before each call, and throws to make the call fail. */
    @FunctionalInterface
    interface Trouble {
        void before(String call, String key);
    }

    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private volatile Trouble trouble = (call, key) -> {};

    void trouble(Trouble trouble) {
        this.trouble = trouble;
    }

    Set<String> keys() {
        return Set.copyOf(keys);
    }

    /** Writes the keys of a checkpoint, as an earlier sync has left them. */
    void writeCheckpoint(String syncId, Instant checkpoint) {
        String second = ListedRow.text(checkpoint);
        for (int length : new int[] {4, 7, 10, 13, 16, 19}) {
            keys.add(syncId + "@" + second.substring(0, length));
        }
    }

    Optional<Instant> checkpoint(String syncId) {
        return keys.stream()
                .filter(key -> key.matches("\\Q" + syncId + "\\E@\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d"))
                .map(key -> Instant.parse(key.substring(syncId.length() + 1) + "Z"))
                .max(Comparator.naturalOrder());
    }

    @Override
    public boolean add(String key) {
        trouble.before("add", key);
        return keys.add(key);
    }

    @Override
    public boolean contains(String key) {
        trouble.before("contains", key);
        return keys.contains(key);
    }

    @Override
    public boolean remove(String key) {
        trouble.before("remove", key);
        return keys.remove(key);
    }

    @Override
    public boolean confirm(String key) {
        return true;
    }

    @Override
    public void clear() {
        keys.clear();
    }
}
