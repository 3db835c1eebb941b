/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.budget;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Is the budget of requests that all endpoints with one credential share. The count is kept in the keys of all endpoints
 * that have some. Each attempt of a request counts when it is about to be sent. Thread-safe.
 */
public final class RequestBudget {
    private final String credentialName;
    private final String keyPrefix;
    private final Clock clock;
    private final Executor executor;

    /** Guards the counts. It is held while the keys are used, which may take long. */
    private final ReentrantLock counting = new ReentrantLock();

    private final Map<BudgetPeriod, PeriodCount> counts = new EnumMap<>(BudgetPeriod.class);
    private final Map<BudgetKeys, SpentRequests> stores = new HashMap<>();
    private final BudgetWarnings warnings;
    private final BudgetMembers members = new BudgetMembers();

    /** The counts as they were last seen, for readers that must not wait. */
    private volatile Map<BudgetPeriod, BudgetUsage> seen = Map.of();

    /**
     * Creates a budget without a limit.
     *
     * @param credentialName a name for the log, which does not contain the credential
     * @param keyPrefix the beginning of the keys of the count, which does not reveal the credential
     * @param clock the clock
     * @param executor runs what uses the keys, apart from a caller's transaction
     */
    public RequestBudget(String credentialName, String keyPrefix, Clock clock, Executor executor) {
        this.credentialName = credentialName;
        this.keyPrefix = keyPrefix;
        this.clock = clock;
        this.executor = executor;
        this.warnings = new BudgetWarnings(credentialName);
        for (BudgetPeriod period : BudgetPeriod.values()) {
            counts.put(period, new PeriodCount(period));
        }
    }

    /** Returns the clients that share this budget. */
    BudgetMembers members() {
        return members;
    }

    /** Returns the name of the credential. It does not contain the credential. */
    public String credentialName() {
        return credentialName;
    }

    /** Returns how much is used of each budget that is set, in the order of {@link BudgetPeriod}. Never waits. */
    public List<BudgetUsage> usage() {
        Instant now = clock.instant();
        ZoneId zone = members.zone();
        List<BudgetUsage> usage = new ArrayList<>();
        for (BudgetPeriod period : members.limited()) {
            BudgetUsage last = seen.get(period);
            boolean isPresent = last != null && period.isPresent(last.endsAt(), now, zone);
            usage.add(new BudgetUsage(
                    period,
                    isPresent ? last.used() : 0,
                    members.limit(period),
                    isPresent ? last.endsAt() : period.endsAt(period.start(now, zone), zone)));
        }
        return usage;
    }

    boolean isCounting() {
        return !members.counted().isEmpty();
    }

    /**
     * Takes one request from each budget without using the keys.
     *
     * @param polls whether the request is of a poll
     * @return false if that is not possible, or another thread is counting
     */
    boolean takeAtOnce(boolean polls) {
        if (!counting.tryLock()) {
            return false;
        }
        try {
            Instant now = clock.instant();
            ZoneId zone = members.zone();
            Set<SpentRequests> present = presentStores();
            Set<BudgetPeriod> periods = members.counted();
            boolean isReady = periods.stream()
                    .allMatch(period -> counts.get(period).isReady(now, zone, members.limit(period, polls), present));
            if (isReady) {
                take(periods, now, zone);
            }
            return isReady;
        } finally {
            counting.unlock();
        }
    }

    /**
     * Takes one request from each budget.
     *
     * @param polls whether the request is of a poll
     * @return the budget that is used up, and then nothing was taken; empty if the request may be sent
     * @throws RuntimeException of the keys
     */
    Optional<BudgetUsage> take(boolean polls) {
        counting.lock();
        try {
            Instant now = clock.instant();
            ZoneId zone = members.zone();
            Set<SpentRequests> present = presentStores();
            Set<BudgetPeriod> periods = members.counted();
            for (BudgetPeriod period : periods) {
                PeriodCount count = counts.get(period);
                if (!count.reserve(now, zone, members.limit(period), members.limit(period, polls), present)) {
                    publish(periods, now, zone);
                    return usage().stream()
                            .filter(usage -> usage.period() == period)
                            .findFirst();
                }
            }
            take(periods, now, zone);
            return Optional.empty();
        } finally {
            counting.unlock();
        }
    }

    private void take(Set<BudgetPeriod> periods, Instant now, ZoneId zone) {
        periods.forEach(period -> counts.get(period).take());
        publish(periods, now, zone);
    }

    private void publish(Set<BudgetPeriod> periods, Instant now, ZoneId zone) {
        Map<BudgetPeriod, BudgetUsage> usages = new EnumMap<>(BudgetPeriod.class);
        for (BudgetPeriod period : periods) {
            BudgetUsage usage = counts.get(period).usage(now, zone, members.limit(period));
            usages.put(period, usage);
            warnings.check(usage, members.limit(period, true));
        }
        seen = usages;
    }

    /**
     * Returns the time between two polls of one consumer with which the rest of each budget lasts to its end, if all
     * consumers of this credential poll as often.
     *
     * @param requests the requests of one poll
     * @return the time; zero without a budget
     */
    Duration pollInterval(long requests) {
        Instant now = clock.instant();
        long pollers = members.pollers();
        Duration longest = Duration.ZERO;
        for (BudgetUsage usage : usage()) {
            double millisToEnd = Duration.between(now, usage.endsAt()).toMillis();
            double millis = millisToEnd
                    * Math.max(1, requests)
                    * Math.max(1, pollers)
                    / Math.max(1, members.limit(usage.period(), true) - usage.used());
            Duration interval = Duration.ofMillis((long) millis);
            longest = interval.compareTo(longest) > 0 ? interval : longest;
        }
        return longest;
    }

    /** Returns when the last of the budgets ends that have no part left for polls; empty if there is none. */
    Optional<Instant> pollsWaitUntil() {
        return usage().stream()
                .filter(usage -> usage.used() >= members.limit(usage.period(), true))
                .map(BudgetUsage::endsAt)
                .max(Instant::compareTo);
    }

    Instant now() {
        return clock.instant();
    }

    Executor executor() {
        return executor;
    }

    private Set<SpentRequests> presentStores() {
        Set<SpentRequests> present = new LinkedHashSet<>();
        members.keys()
                .forEach(keys -> present.add(stores.computeIfAbsent(keys, same -> new SpentRequests(same, keyPrefix))));
        return present;
    }

    @Override
    public String toString() {
        return "RequestBudget of " + credentialName;
    }
}
