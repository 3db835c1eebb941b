/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.state;

import java.util.Collection;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.camel.spi.IdempotentRepository;

/**
 * Repository that takes many keys in one call and can list its keys.
 *
 * <p>A sync uses that to look up the rows of a page with one call, and to write the keys of a batch with one call. It
 * also removes the keys that an ended process left behind. With any other repository, the sync makes a call for each
 * key.
 *
 * <p>Implementations are safe for several threads and for several nodes on one store. Keys need no
 * {@link #confirm(String)} after {@link #addAll}.
 *
 * <p>Specified by {@code JdbcSyncRepositoryTest} and {@code LedgerTest}.
 */
public interface BulkIdempotentRepository extends IdempotentRepository {
    /**
     * Returns which of the keys the repository has.
     *
     * @param keys the keys to look for; may be empty, may repeat a key
     * @return those that are there, never null
     */
    Set<String> containsAll(Collection<String> keys);

    /**
     * Adds keys, all or none. A key that is there already stays as it is.
     *
     * @param keys the keys to add; may be empty, may repeat a key
     */
    void addAll(Collection<String> keys);

    /**
     * Adds keys that are not there, as far as the caller knows, all or none. It may do without looking for them. So it
     * may fail if one is there after all, and then adds none.
     *
     * @param keys the keys to add; may be empty, repeats no key
     */
    default void addNew(Collection<String> keys) {
        addAll(keys);
    }

    /**
     * Removes keys. A key that is not there is passed over. Many keys may be removed in several steps, so after a
     * failure some may be gone and others not.
     *
     * @param keys the keys to remove; may be empty, may repeat a key
     */
    void removeAll(Collection<String> keys);

    /**
     * Passes each key that begins with the prefix to the action, in no particular order. A key that is added or removed
     * at the same time may be passed or not. The action may call the repository.
     *
     * @param prefix what the keys begin with, compared character by character; the empty text for all keys
     * @param action takes a key; what it throws ends the listing
     */
    void forEach(String prefix, Consumer<String> action);
}
