/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.budget;

/**
 * Is one client that shares a budget. Two members with the same settings are not equal.
 *
 * <p>Specified by {@code RequestBudgetTest}.
 */
final class BudgetMember {
    private final BudgetSettings settings;
    private volatile boolean polling;

    BudgetMember(BudgetSettings settings) {
        this.settings = settings;
    }

    BudgetSettings settings() {
        return settings;
    }

    void poll() {
        polling = true;
    }

    boolean isPolling() {
        return polling;
    }
}
