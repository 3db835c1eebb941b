/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.budget;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;

/** Holds keys in memory, which several nodes of a test share, and counts the calls. */
final class MemoryKeys implements BudgetKeys {
    final Set<String> keys = new ConcurrentSkipListSet<>();
    final AtomicInteger calls = new AtomicInteger();
    volatile RuntimeException failure;

    private void call() {
        calls.incrementAndGet();
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public boolean contains(String key) {
        call();
        return keys.contains(key);
    }

    @Override
    public boolean add(String key) {
        call();
        return keys.add(key);
    }

    @Override
    public void removeAll(List<String> all) {
        for (String key : all) {
            call();
            keys.remove(key);
        }
    }
}
