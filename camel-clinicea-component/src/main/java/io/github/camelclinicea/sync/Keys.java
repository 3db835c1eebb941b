package io.github.camelclinicea.sync;

import org.apache.camel.spi.IdempotentRepository;

/** A repository as the set of keys it is, for any number of nodes writing to it at once. */
final class Keys {
    private final IdempotentRepository repository;

    Keys(IdempotentRepository repository) {
        this.repository = repository;
    }

    boolean contains(String key) {
        return repository.contains(key);
    }

    /**
     * Repositories that reserve a key by {@code add} keep it only once it is confirmed.
     *
     * @return whether it was not there before
     */
    boolean add(String key) {
        boolean added = false;
        try {
            added = repository.add(key);
        } catch (RuntimeException e) {
            // Another node added it between this repository's own look and its insert.
            if (!repository.contains(key)) {
                throw e;
            }
        }
        repository.confirm(key);
        return added;
    }

    void remove(String key) {
        repository.remove(key);
    }
}
