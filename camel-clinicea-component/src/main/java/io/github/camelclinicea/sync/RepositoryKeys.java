/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.state.BulkIdempotentRepository;
import java.util.Collection;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.camel.spi.IdempotentRepository;

/**
 * Uses a repository as a set of keys, to which any number of nodes may write at once. A call that throws is repeated
 * three times, with a pause before each: one failed call must not cost a poll over thousands of rows
 * (docs/design/sync.md, section 3a, rule 14).
 */
public final class RepositoryKeys {
    private static final int REPETITIONS = 3;
    private static final long FIRST_PAUSE_MILLIS = 50;

    private final IdempotentRepository repository;
    private final long firstPauseMillis;
    private final int repetitions;

    /**
     * Creates the keys of a repository.
     *
     * @param repository the repository; started before the first use
     */
    public RepositoryKeys(IdempotentRepository repository) {
        this(repository, FIRST_PAUSE_MILLIS);
    }

    /** @param firstPauseMillis the pause before the first repetition; each further one is twice as long */
    RepositoryKeys(IdempotentRepository repository, long firstPauseMillis) {
        this(repository, firstPauseMillis, REPETITIONS);
    }

    private RepositoryKeys(IdempotentRepository repository, long firstPauseMillis, int repetitions) {
        this.repository = repository;
        this.firstPauseMillis = firstPauseMillis;
        this.repetitions = repetitions;
    }

    /**
     * Returns the same keys for calls inside a transaction, which are not repeated. After a call that failed, the
     * transaction has to be repeated as a whole: PostgreSQL refuses every further call.
     */
    RepositoryKeys inTransaction() {
        return new RepositoryKeys(repository, firstPauseMillis, 0);
    }

    /** Returns whether the repository takes many keys in one call and lists its keys. */
    boolean isBulk() {
        return repository instanceof BulkIdempotentRepository;
    }

    /** Returns whether a key is there. */
    public boolean contains(String key) {
        return repeated(() -> repository.contains(key));
    }

    /** Returns those of the keys that are there, with one call; only if {@link #isBulk}. */
    Set<String> containsAll(Collection<String> keys) {
        return repeated(() -> ((BulkIdempotentRepository) repository).containsAll(keys));
    }

    /** Adds keys, all or none with one call if the repository can. */
    void addAll(Collection<String> keys) {
        if (repository instanceof BulkIdempotentRepository bulk) {
            repeated(() -> {
                bulk.addAll(keys);
                return true;
            });
        } else {
            keys.forEach(this::add);
        }
    }

    /** Adds keys that are known to be absent, with one call; only if {@link #isBulk}. */
    void addNew(Collection<String> keys) {
        repeated(() -> {
            ((BulkIdempotentRepository) repository).addNew(keys);
            return true;
        });
    }

    /** Removes keys, with one call if the repository can. */
    public void removeAll(Collection<String> keys) {
        if (repository instanceof BulkIdempotentRepository bulk) {
            repeated(() -> {
                bulk.removeAll(keys);
                return true;
            });
        } else {
            keys.forEach(this::remove);
        }
    }

    /**
     * Passes each key that begins with the prefix to the action, until the action returns false; only if
     * {@link #isBulk}. Passes some twice if the repository fails meanwhile.
     *
     * @return false if the action returned false
     */
    boolean forEach(String prefix, Predicate<String> action) {
        return repeated(() -> {
            try {
                ((BulkIdempotentRepository) repository).forEach(prefix, key -> {
                    if (!action.test(key)) {
                        throw new ListingEnded();
                    }
                });
                return true;
            } catch (ListingEnded e) {
                return false;
            }
        });
    }

    /** Ends a listing before its last key. */
    private static final class ListingEnded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ListingEnded() {
            super(null, null, false, false);
        }
    }

    /**
     * Adds a key and confirms it: some repositories only reserve a key by {@code add}.
     *
     * @return whether the key was not there before
     */
    public boolean add(String key) {
        boolean added = repeated(() -> addOnce(key));
        repeated(() -> repository.confirm(key));
        return added;
    }

    private boolean addOnce(String key) {
        try {
            return repository.add(key);
        } catch (RuntimeException e) {
            // Another node added it between this repository's own query and its insert.
            if (!repository.contains(key)) {
                throw e;
            }
            return false;
        }
    }

    /** Removes a key; returns whether it was there. */
    boolean remove(String key) {
        return repeated(() -> repository.remove(key));
    }

    private <T> T repeated(Supplier<T> call) {
        for (int retry = 0; ; retry++) {
            try {
                return call.get();
            } catch (RuntimeException e) {
                if (retry == repetitions || !pause(retry)) {
                    throw e;
                }
            }
        }
    }

    /** Pauses before a repetition; returns false if the thread was interrupted. */
    private boolean pause(int retry) {
        try {
            Thread.sleep(firstPauseMillis << retry);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
