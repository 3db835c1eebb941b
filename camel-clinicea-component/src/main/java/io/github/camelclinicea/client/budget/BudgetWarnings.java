/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.budget;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs a WARN when a budget is used to 80 percent, when no part of it is left for polls, and when it is used up. Each is
 * logged once in a period. Not thread-safe.
 *
 * <p>Specified by {@code RequestBudgetTest}.
 */
final class BudgetWarnings {
    private static final Logger LOG = LoggerFactory.getLogger(BudgetWarnings.class);
    private static final int WARNED_AT_PERCENT = 80;

    private static final int MOST_USED = 1;
    private static final int POLLS_WAIT = 2;
    private static final int USED_UP = 3;

    /** The last warning of a period. */
    private record Warned(Instant endsAt, int level) {}

    private final String credentialName;
    private final Map<BudgetPeriod, Warned> last = new EnumMap<>(BudgetPeriod.class);

    /** @param credentialName the name of the credential, which does not contain it */
    BudgetWarnings(String credentialName) {
        this.credentialName = credentialName;
    }

    /**
     * Warns if there is reason to.
     *
     * @param usage what is used
     * @param pollLimit the most requests after which a poll may send another one
     */
    void check(BudgetUsage usage, long pollLimit) {
        int level = level(usage, pollLimit);
        Warned before = last.get(usage.period());
        boolean isKnown = before != null && before.endsAt().equals(usage.endsAt()) && before.level() >= level;
        if (level > 0 && !isKnown) {
            last.put(usage.period(), new Warned(usage.endsAt(), level));
            LOG.warn(
                    "{}: {} of {}={} requests are used. {}, until {}",
                    credentialName,
                    usage.used(),
                    usage.period().option(),
                    usage.limit(),
                    consequence(level),
                    usage.endsAt());
        }
    }

    private static int level(BudgetUsage usage, long pollLimit) {
        if (usage.used() >= usage.limit()) {
            return USED_UP;
        }
        if (usage.used() >= pollLimit) {
            return POLLS_WAIT;
        }
        return usage.used() * 100 >= usage.limit() * WARNED_AT_PERCENT ? MOST_USED : 0;
    }

    private static String consequence(int level) {
        return switch (level) {
            case USED_UP -> "The budget is used up: polls wait and operations fail";
            case POLLS_WAIT -> "The rest is for operations, and polls wait";
            default -> "Polls are spread over the rest";
        };
    }
}
