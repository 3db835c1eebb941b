/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import io.github.camelclinicea.CliniceaBudgetException;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that a budget of requests is smaller than one reading of the list. Such a reading begins again in each period
 * and never ends, so the checkpoint stays for good. Two cut readings in periods that follow each other tell it. The
 * polling thread writes it; any thread may read it.
 *
 * <p>Specified by {@code CutReadingsTest}.
 */
final class CutReadings {
    private static final Logger LOG = LoggerFactory.getLogger(CutReadings.class);

    private final Supplier<String> routeId;

    /** The first cut reading since one ended; null if there is none. */
    private CliniceaBudgetException first;

    private volatile String reason;

    /** @param routeId returns the id of the route, for the log */
    CutReadings(Supplier<String> routeId) {
        this.routeId = routeId;
    }

    /**
     * Records that a budget was used up during a reading. Warns once, until a reading ends.
     *
     * @param requests the requests that the reading took; one that took none proves nothing
     */
    void cut(CliniceaBudgetException usedUp, long requests) {
        if (requests == 0) {
            return;
        }
        boolean isSecond = first != null
                && first.getOption().equals(usedUp.getOption())
                && first.getResetsAt().isBefore(usedUp.getResetsAt());
        if (isSecond && reason == null) {
            reason = "one reading needs more than " + requests + " requests: raise " + usedUp.getOption();
            LOG.warn(
                    "Route {} has not read its list to the end in two periods of its budget, and begins it again in"
                            + " each: {}. The checkpoint stays until then",
                    routeId.get(),
                    reason);
        }
        if (first == null || !first.getOption().equals(usedUp.getOption())) {
            first = usedUp;
        }
    }

    /** Records that a reading came to the end of the list, or that the consumer starts. */
    void ended() {
        first = null;
        reason = null;
    }

    /** Returns what is wrong and what to do; empty unless the budget is too small. */
    Optional<String> reason() {
        return Optional.ofNullable(reason);
    }
}
