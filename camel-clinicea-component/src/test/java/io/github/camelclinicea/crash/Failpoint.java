/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.crash;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.spi.IdempotentRepository;

/**
 * Ends the process without a shutdown at a named step of a repository. {@code before:add:@:3} is the moment before a
 * key of the checkpoint is added for the third time. {@code after:remove:#:1} is the moment after the first key of the
 * delivery ledger is removed.
 */
final class Failpoint implements IdempotentRepository {
    private static final int KILLED = 137;

    private final IdempotentRepository repository;
    private final String when;
    private final String operation;
    private final String kind;
    private final int count;
    private final AtomicInteger seen = new AtomicInteger();

    Failpoint(IdempotentRepository repository, String name) {
        String[] parts = name.split(":");
        this.repository = repository;
        this.when = parts[0];
        this.operation = parts[1];
        this.kind = parts[2];
        this.count = Integer.parseInt(parts[3]);
    }

    private boolean at(String step, String key) {
        return operation.equals(step) && key.contains(kind) && seen.incrementAndGet() == count;
    }

    private boolean step(String step, String key, java.util.function.Predicate<String> call) {
        boolean here = at(step, key);
        if (here && when.equals("before")) {
            Runtime.getRuntime().halt(KILLED);
        }
        boolean result = call.test(key);
        if (here) {
            Runtime.getRuntime().halt(KILLED);
        }
        return result;
    }

    @Override
    public boolean add(String key) {
        return step("add", key, repository::add);
    }

    @Override
    public boolean remove(String key) {
        return step("remove", key, repository::remove);
    }

    @Override
    public boolean contains(String key) {
        return repository.contains(key);
    }

    @Override
    public boolean confirm(String key) {
        return repository.confirm(key);
    }

    @Override
    public void clear() {
        repository.clear();
    }

    @Override
    public void start() {
        repository.start();
    }

    @Override
    public void stop() {
        repository.stop();
    }
}
