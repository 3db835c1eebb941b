/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.budget;

import java.time.ZoneId;

/**
 * The budget that one endpoint sets for all endpoints with its credential.
 *
 * <p>Specified by {@code RequestBudgetTest}.
 *
 * @param perDay the most requests in a day; 0 for no budget
 * @param perMonth the most requests in a calendar month; 0 for no budget
 * @param zone the zone of days and months; null for UTC
 * @param keys keep the count; null if the endpoint has no repository
 */
public record BudgetSettings(long perDay, long perMonth, ZoneId zone, BudgetKeys keys) {
    /** No budget. */
    public static final BudgetSettings NONE = new BudgetSettings(0, 0, null, null);

    /** Returns whether the endpoint sets a budget. */
    public boolean isSet() {
        return perDay > 0 || perMonth > 0;
    }

    long limit(BudgetPeriod period) {
        return period == BudgetPeriod.DAY ? perDay : perMonth;
    }
}
