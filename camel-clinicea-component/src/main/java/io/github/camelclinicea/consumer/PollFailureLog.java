/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.event.LogText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs failed polls in one line each, without a stack. The same failure is logged once, and again after ten minutes
 * with the number of its repetitions. The stack is logged at DEBUG.
 *
 * <p>Specified by {@code PollFailureLogTest}.
 */
final class PollFailureLog {
    private static final Logger LOG = LoggerFactory.getLogger(PollFailureLog.class);

    private static final Duration QUIET = Duration.ofMinutes(10);

    /** The number of messages that are remembered. A server may put a new number into each of its failures. */
    private static final int MESSAGES = 20;

    private static final int LONGEST = 1_000;

    /** Remembers which lines were logged about one message. */
    private static final class Seen {
        private final Instant first;
        private Instant lastLine;
        private int repetitions;

        Seen(Instant first) {
            this.first = first;
            this.lastLine = first;
        }
    }

    private final Supplier<String> routeId;
    private final Clock clock;
    private final Map<String, Seen> seen = new LinkedHashMap<>();
    private int failures;
    private Instant failingSince;

    /**
     * @param routeId returns the id of the route, which is known once the route is started
     * @param clock the local clock
     */
    PollFailureLog(Supplier<String> routeId, Clock clock) {
        this.routeId = routeId;
        this.clock = clock;
    }

    /** Logs that a poll failed. */
    synchronized void failed(Throwable failure) {
        Instant now = clock.instant();
        String message = message(failure);
        failures++;
        failingSince = failingSince == null ? now : failingSince;
        Seen before = seen.get(message);
        if (before == null) {
            remember(message, now);
            LOG.warn("Route {}: a poll failed, and the next one tries again: {}", routeId.get(), message);
        } else {
            before.repetitions++;
            // A clock that was set back must not keep the log silent.
            if (Duration.between(before.lastLine, now).abs().compareTo(QUIET) >= 0) {
                before.lastLine = now;
                LOG.warn(
                        "Route {}: polls fail again, {} times since {}: {}",
                        routeId.get(),
                        before.repetitions,
                        before.first,
                        message);
            }
        }
        LOG.debug("Route {}: the failure of the poll", routeId.get(), failure);
    }

    private void remember(String message, Instant now) {
        if (seen.size() == MESSAGES) {
            seen.remove(seen.keySet().iterator().next());
        }
        seen.put(message, new Seen(now));
    }

    /** Logs that polls succeed again, if the last one failed. */
    synchronized void succeeded() {
        if (failures > 0) {
            LOG.info(
                    "Route {}: polls succeed again, after {} that failed since {}",
                    routeId.get(),
                    failures,
                    failingSince);
            failures = 0;
            failingSince = null;
            seen.clear();
        }
    }

    private static String message(Throwable failure) {
        String message = LogText.of(failure.getMessage(), LONGEST);
        return failure instanceof CliniceaException && message != null
                ? message
                : failure.getClass().getName() + (message == null ? "" : ": " + message);
    }
}
