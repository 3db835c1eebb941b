/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices rows that a caller has taken and does not complete: they hold the checkpoint back without a failure. Used by
 * any thread.
 *
 * <p>Specified by {@code TakenRowsTest}.
 */
final class TakenRows {
    private static final Logger LOG = LoggerFactory.getLogger(TakenRows.class);

    private final Set<Taken> taken = ConcurrentHashMap.newKeySet();
    private final Supplier<String> name;
    private final Duration limit;
    private final Clock clock;

    /** One row, until its exchange completes or fails. It goes over to another exchange with the row. */
    private final class Taken extends SynchronizationAdapter {
        private final Instant since = clock.instant();
        private volatile boolean warned;

        @Override
        public void onDone(Exchange exchange) {
            taken.remove(this);
        }
    }

    /**
     * @param name returns the name of the sync for the log
     * @param limit the time after which a row is overdue; zero for never
     * @param clock the local clock
     */
    TakenRows(Supplier<String> name, Duration limit, Clock clock) {
        this.name = name;
        this.limit = limit;
        this.clock = clock;
    }

    /** Records that a caller has taken a row, and warns of earlier ones that are overdue. */
    void took(Exchange row) {
        Taken one = new Taken();
        taken.add(one);
        row.getExchangeExtension().addOnCompletion(one);
        overdueSince();
    }

    /** Returns since when the oldest overdue row is taken, after warning of it once; empty if none is overdue. */
    Optional<Instant> overdueSince() {
        if (limit.isZero()) {
            return Optional.empty();
        }
        Optional<Taken> oldest = taken.stream()
                .min(Comparator.comparing(row -> row.since))
                .filter(row -> Duration.between(row.since, clock.instant()).compareTo(limit) > 0);
        oldest.ifPresent(this::warnOnce);
        return oldest.map(row -> row.since);
    }

    private synchronized void warnOnce(Taken oldest) {
        if (!oldest.warned) {
            oldest.warned = true;
            LOG.warn(
                    "Sync {}: a caller took a row at {} and has not completed its exchange since. Until then, the"
                            + " checkpoint does not move, and the row comes to no other caller. Call doneUoW after"
                            + " ConsumerTemplate.receive. With pollEnrich, check that the aggregationStrategy returns"
                            + " an exchange",
                    name.get(),
                    oldest.since);
        }
    }
}
