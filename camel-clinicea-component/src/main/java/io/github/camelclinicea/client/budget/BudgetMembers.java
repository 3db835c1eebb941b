/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.budget;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The clients that share a budget, and the limits that follow from theirs: the smallest number that one of them sets
 * for a period applies to all. Thread-safe.
 *
 * <p>Specified by {@code RequestBudgetTest}.
 */
final class BudgetMembers {
    /** The part of a budget that polls leave to operations, if there are any: a tenth. */
    private static final int LEFT_BY_POLLS = 10;
    /** More requests than any budget has. */
    private static final long UNLIMITED = 10_000_000_000L;

    /** The periods that ever had a budget. They are counted even while no endpoint with a budget runs. */
    private volatile Set<BudgetPeriod> counted = Set.of();

    /** The zone of the first endpoint that has one; it stays, since another one would move the periods. */
    private volatile ZoneId zone;

    /** The present members; replaced as a whole. */
    private volatile List<BudgetMember> members = List.of();

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

    /** Returns the periods whose requests are counted. */
    Set<BudgetPeriod> counted() {
        return counted;
    }

    /** Returns the periods that have a budget at present. */
    Set<BudgetPeriod> limited() {
        Set<BudgetPeriod> limited = EnumSet.noneOf(BudgetPeriod.class);
        for (BudgetPeriod period : BudgetPeriod.values()) {
            if (members.stream().anyMatch(member -> member.settings().limit(period) > 0)) {
                limited.add(period);
            }
        }
        return limited;
    }

    /** Returns the smallest budget that an endpoint sets; more than any if none does. */
    long limit(BudgetPeriod period) {
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
    long limit(BudgetPeriod period, boolean polls) {
        long polling = polls ? pollers() : 0;
        boolean shares = polling > 0 && polling < members.size();
        long limit = limit(period);
        return shares ? limit - limit / LEFT_BY_POLLS : limit;
    }

    /** Returns how many members poll. */
    long pollers() {
        return members.stream().filter(BudgetMember::isPolling).count();
    }

    /** Returns the zone of days and months. */
    ZoneId zone() {
        ZoneId first = zone;
        return first == null ? ZoneOffset.UTC : first;
    }

    /** Returns the keys of the members that have some; each set of keys once. */
    Set<BudgetKeys> keys() {
        Set<BudgetKeys> keys = new LinkedHashSet<>();
        members.stream()
                .map(member -> member.settings().keys())
                .filter(Objects::nonNull)
                .forEach(keys::add);
        return keys;
    }
}
