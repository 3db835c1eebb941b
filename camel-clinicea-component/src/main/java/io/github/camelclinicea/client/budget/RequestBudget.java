/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.budget;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Is the budget of requests that all endpoints with one credential share. The smallest number that an endpoint sets for
 * a period applies to all. The count is kept in the keys of all endpoints that have some. Each attempt of a request
 * counts when it is about to be sent. Thread-safe.
 */
public final class RequestBudget {
    /** The part of a budget that polls leave to operations, if there are any: a tenth. */
    private static final int LEFT_BY_POLLS = 10;
    /** More requests than any budget has. */
    private static final long UNLIMITED = 10_000_000_000L;

    private final String credentialName;
    private final String keyPrefix;
    private final Clock clock;
    private final Executor executor;

    /** Guards the counts. It is held while the keys are used, which may take long. */
    private final ReentrantLock counting = new ReentrantLock();

    private final Map<BudgetPeriod, PeriodCount> counts = new EnumMap<>(BudgetPeriod.class);
    private final Map<BudgetKeys, SpentRequests> stores = new HashMap<>();
    private final BudgetWarnings warnings;

    /** The periods that ever had a budget. They are counted even while no endpoint with a budget runs. */
    private volatile Set<BudgetPeriod> counted = Set.of();

    /** The zone of the first endpoint that has one; it stays, since another one would move the periods. */
    private volatile ZoneId zone;

    /** The present members; replaced as a whole. */
    private volatile List<BudgetMember> members = List.of();

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

    /** Adds a member, whose limits apply to all members until it leaves. */
    synchronized void join(BudgetMember member) {
        for (BudgetPeriod period : BudgetPeriod.values()) {
            if (member.settings().limit(period) > 0) {
                Set<BudgetPeriod> more = EnumSet.of(period);
                more.addAll(counted);
                counted = more;
            }
        }
        if (zone == null) {
            zone = member.settings().zone();
        }
        List<BudgetMember> more = new ArrayList<>(members);
        more.add(member);
        members = List.copyOf(more);
    }

    synchronized void leave(BudgetMember member) {
        members = members.stream().filter(other -> other != member).toList();
    }

    /** Returns the name of the credential. It does not contain the credential. */
    public String credentialName() {
        return credentialName;
    }

    /** Returns how much is used of each budget that is set, in the order of {@link BudgetPeriod}. Never waits. */
    public List<BudgetUsage> usage() {
        Instant now = clock.instant();
        ZoneId zone = zone();
        List<BudgetUsage> usage = new ArrayList<>();
        for (BudgetPeriod period : limited()) {
            BudgetUsage last = seen.get(period);
            boolean isPresent = last != null && period.isPresent(last.endsAt(), now, zone);
            usage.add(new BudgetUsage(
                    period,
                    isPresent ? last.used() : 0,
                    limit(period),
                    isPresent ? last.endsAt() : period.endsAt(period.start(now, zone), zone)));
        }
        return usage;
    }

    boolean isCounting() {
        return !counted.isEmpty();
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
            ZoneId zone = zone();
            Set<SpentRequests> present = presentStores();
            Set<BudgetPeriod> periods = counted;
            boolean isReady = periods.stream()
                    .allMatch(period -> counts.get(period).isReady(now, zone, limit(period, polls), present));
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
            ZoneId zone = zone();
            Set<SpentRequests> present = presentStores();
            Set<BudgetPeriod> periods = counted;
            for (BudgetPeriod period : periods) {
                PeriodCount count = counts.get(period);
                if (!count.reserve(now, zone, limit(period), limit(period, polls), present)) {
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
            BudgetUsage usage = counts.get(period).usage(now, zone, limit(period));
            usages.put(period, usage);
            warnings.check(usage, limit(period, true));
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
        long pollers = members.stream().filter(BudgetMember::isPolling).count();
        Duration longest = Duration.ZERO;
        for (BudgetUsage usage : usage()) {
            double millisToEnd = Duration.between(now, usage.endsAt()).toMillis();
            double millis = millisToEnd
                    * Math.max(1, requests)
                    * Math.max(1, pollers)
                    / Math.max(1, limit(usage.period(), true) - usage.used());
            Duration interval = Duration.ofMillis((long) millis);
            longest = interval.compareTo(longest) > 0 ? interval : longest;
        }
        return longest;
    }

    /** Returns when the last of the budgets ends that have no part left for polls; empty if there is none. */
    Optional<Instant> pollsWaitUntil() {
        return usage().stream()
                .filter(usage -> usage.used() >= limit(usage.period(), true))
                .map(BudgetUsage::endsAt)
                .max(Instant::compareTo);
    }

    Instant now() {
        return clock.instant();
    }

    Executor executor() {
        return executor;
    }

    private Set<BudgetPeriod> limited() {
        Set<BudgetPeriod> limited = EnumSet.noneOf(BudgetPeriod.class);
        for (BudgetPeriod period : BudgetPeriod.values()) {
            if (hasLimit(period)) {
                limited.add(period);
            }
        }
        return limited;
    }

    private boolean hasLimit(BudgetPeriod period) {
        return members.stream().anyMatch(member -> member.settings().limit(period) > 0);
    }

    /** Returns the smallest budget that an endpoint sets; more than any if none does. */
    private long limit(BudgetPeriod period) {
        return members.stream()
                .mapToLong(member -> member.settings().limit(period))
                .filter(limit -> limit > 0)
                .min()
                .orElse(UNLIMITED);
    }

    /**
     * Returns the number of requests after which another one may be sent.
     *
     * @param polls whether it is of a poll, which leaves a part to the operations of the same credential
     */
    private long limit(BudgetPeriod period, boolean polls) {
        long polling = polls ? members.stream().filter(BudgetMember::isPolling).count() : 0;
        boolean shares = polling > 0 && polling < members.size();
        long limit = limit(period);
        return shares ? limit - limit / LEFT_BY_POLLS : limit;
    }

    private ZoneId zone() {
        ZoneId first = zone;
        return first == null ? ZoneOffset.UTC : first;
    }

    private Set<SpentRequests> presentStores() {
        Set<SpentRequests> present = new LinkedHashSet<>();
        members.stream()
                .map(member -> member.settings().keys())
                .filter(Objects::nonNull)
                .forEach(keys -> present.add(stores.computeIfAbsent(keys, same -> new SpentRequests(same, keyPrefix))));
        return present;
    }

    @Override
    public String toString() {
        return "RequestBudget of " + credentialName;
    }
}
