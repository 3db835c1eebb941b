/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.RowVersion;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;

/** Lets tests outside the package read the keys that a sync left in a repository. */
public final class SyncKeys {
    private SyncKeys() {}

    /** Returns the key of a row in the delivery ledger, as the sync writes it. */
    public static String ledger(String syncId, String id, String status, String modified, String json) {
        return syncId + "#"
                + RowVersion.of(id, status, modified, json.getBytes(StandardCharsets.UTF_8))
                        .text();
    }

    /** Returns the checkpoint that a set of keys represents. */
    public static Optional<Instant> checkpoint(String syncId, Set<String> keys) {
        Map<String, Object> map =
                new ConcurrentHashMap<>(keys.stream().collect(Collectors.toMap(Function.identity(), k -> k)));
        return new Checkpoint(
                        new RepositoryKeys(MemoryIdempotentRepository.memoryIdempotentRepository(map)),
                        syncId,
                        Clock.systemUTC())
                .read();
    }
}
