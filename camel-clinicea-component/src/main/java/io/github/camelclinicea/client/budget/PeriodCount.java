/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.budget;

import io.github.camelclinicea.client.budget.SpentRequests.Block;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts the requests of the present day, or of the present month. The period never goes back by a little: a clock that
 * is set back by up to 48 hours must not give a budget twice. If it is set back further, it was wrong before, and the
 * count is that of the period that it shows now. Not thread-safe.
 */
final class PeriodCount {
    /** The number of periods before the present one whose counts are kept. */
    private static final int KEPT = 3;

    private final BudgetPeriod period;
    private LocalDate start;
    private long used;
    /** The requests of other periods, as far as this process knows. A clock may go back to them. */
    private final Map<LocalDate, Long> usedBefore = new HashMap<>();
    /** The requests that are reserved and not used yet, in each set of keys. */
    private final Map<SpentRequests, Long> reserved = new HashMap<>();

    PeriodCount(BudgetPeriod period) {
        this.period = period;
    }

    /** Returns whether a request may be taken, and {@link #reserve} would change nothing. */
    boolean isReady(Instant now, ZoneId zone, long most, Collection<SpentRequests> stores) {
        return start != null
                && start.equals(period.current(start, now, zone))
                && used < most
                && stores.stream().allMatch(store -> reserved.getOrDefault(store, 0L) > 0);
    }

    /**
     * Reserves one request at least.
     *
     * @param now the time
     * @param zone the zone of the period
     * @param limit the budget
     * @param most the number of requests after which this one may be sent; the budget or less
     * @param stores the sets of keys; each of them reserves it
     * @return false if so many are used
     */
    boolean reserve(Instant now, ZoneId zone, long limit, long most, Collection<SpentRequests> stores) {
        begin(now, zone, stores);
        for (SpentRequests store : stores) {
            if (used < most && reserved.getOrDefault(store, 0L) == 0) {
                reserve(store, limit);
            }
        }
        return used < most;
    }

    private void reserve(SpentRequests store, long limit) {
        String label = period.label(start);
        Optional<Block> block = store.reserve(label, limit);
        // A set of keys that joins later learns what was sent before.
        while (block.isPresent() && block.get().end() <= used) {
            block = store.reserve(label, limit);
        }
        if (block.isEmpty()) {
            used = Math.max(used, limit);
            return;
        }
        used = Math.max(used, block.get().before());
        reserved.put(store, block.get().end() - used);
    }

    /** Uses one of the reserved requests. */
    void take() {
        used++;
        reserved.replaceAll((store, left) -> Math.max(0, left - 1));
    }

    /** Returns how much is used. Reads no key. */
    BudgetUsage usage(Instant now, ZoneId zone, long limit) {
        LocalDate current = start == null ? period.start(now, zone) : period.current(start, now, zone);
        long usedOfCurrent = current.equals(start) ? used : usedBefore.getOrDefault(current, 0L);
        return new BudgetUsage(period, usedOfCurrent, limit, period.endsAt(current, zone));
    }

    private void begin(Instant now, ZoneId zone, Collection<SpentRequests> stores) {
        LocalDate current = start == null
                ? period.latestBegun(day -> isBegun(day, stores), now, zone)
                : period.current(start, now, zone);
        if (current.equals(start)) {
            return;
        }
        if (start != null) {
            usedBefore.put(start, used);
            if (current.equals(period.shifted(start, 1))) {
                // Only then: a clock that jumps may be wrong, and the counts that look old may be needed again.
                stores.forEach(store -> forgetBefore(current, store));
                usedBefore.keySet().removeIf(before -> before.isBefore(period.shifted(current, -KEPT)));
            }
        }
        start = current;
        used = usedBefore.getOrDefault(current, 0L);
        reserved.clear();
    }

    private boolean isBegun(LocalDate day, Collection<SpentRequests> stores) {
        return stores.stream().anyMatch(store -> store.isBegun(period.label(day)));
    }

    private void forgetBefore(LocalDate current, SpentRequests store) {
        for (int i = KEPT + 1; i <= period.searchedBack(); i++) {
            String label = period.label(period.shifted(current, -i));
            if (store.isBegun(label)) {
                store.forget(label);
            }
        }
    }
}
