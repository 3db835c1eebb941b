/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.budget;

import java.util.List;

/**
 * Is the set of keys that keeps a count. Several nodes may use it at once. Objects on the same repository are equal, so
 * that its count is kept there once.
 */
public interface BudgetKeys {
    /** Returns whether a key is there. */
    boolean contains(String key);

    /**
     * Adds a key.
     *
     * @return whether it was not there before; if several nodes add a key at once, true for one of them only
     */
    boolean add(String key);

    /** Removes keys in this order. A crash may leave the last ones. */
    void removeAll(List<String> keys);
}
