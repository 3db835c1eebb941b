/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.budget;

import java.time.Instant;

/**
 * How much of a budget is used.
 *
 * <p>Specified by {@code RequestBudgetTest}.
 *
 * @param period the period
 * @param used the requests of this period, as far as this process knows
 * @param limit the most requests of the period
 * @param endsAt when the next period begins
 */
public record BudgetUsage(BudgetPeriod period, long used, long limit, Instant endsAt) {
    /** Returns how much is used, as in {@code requestsPerDay: 12 of 1000, until 2026-12-02T00:00:00Z}. */
    @Override
    public String toString() {
        return period.option() + ": " + used + " of " + limit + ", until " + endsAt;
    }
}
