/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.reminders;

import io.github.camelclinicea.consumer.CliniceaConsumer;
import io.github.camelclinicea.consumer.PollSummary;
import io.github.camelclinicea.consumer.SyncOperations;
import io.github.camelclinicea.sync.HeldRow;
import io.github.camelclinicea.sync.PollResult.End;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says up to which moment the tables know the clinic, and which rows they lack.
 *
 * <p>Specified by {@code RemindersTest}.
 */
final class Feeds {
    static final String PATIENTS = "patients";
    static final String APPOINTMENTS = "appointments";

    private static final Logger LOG = LoggerFactory.getLogger(Feeds.class);

    /** The option maxHeldRows. Of more failed rows, no list has the ids. */
    private static final int MOST_HELD = 1000;

    private final CamelContext context;
    private final Duration maxAge;
    private final Clock clock;
    private String reported = "";

    /**
     * @param context the context with the routes of both feeds
     * @param maxAge the time after which what was read is too old to send anything
     */
    Feeds(CamelContext context, Duration maxAge, Clock clock) {
        this.context = context;
        this.maxAge = maxAge;
        this.clock = clock;
    }

    /**
     * Returns the moment for which the tables are complete, but for held rows: the earlier start of the two last polls
     * that read everything. A poll that runs, that failed, or whose list kept shifting does not count, nor does one of an
     * earlier process.
     *
     * @return null if nothing may be sent: one of the feeds has not caught up since the start, is too old, or has failed
     *     rows whose ids are not known
     */
    Instant asOf() {
        Instant patients = readAt(PATIENTS);
        Instant appointments = readAt(APPOINTMENTS);
        String late = patients == null ? PATIENTS : appointments == null ? APPOINTMENTS : "";
        report(late);
        if (!late.isEmpty()) {
            return null;
        }
        return patients.isBefore(appointments) ? patients : appointments;
    }

    private Instant readAt(String routeId) {
        SyncOperations operations = operations(routeId);
        List<HeldRow> held = operations.heldRows();
        if (held.size() >= MOST_HELD || held.stream().anyMatch(row -> row.recordId() == null)) {
            return null;
        }
        return operations.recentPolls().stream()
                .filter(poll -> poll.end() == End.CLEAN || poll.end() == End.ROWS_FAILED)
                .map(PollSummary::startedAt)
                .findFirst()
                .filter(read -> !read.isBefore(clock.instant().minus(maxAge)))
                .orElse(null);
    }

    /**
     * Returns whether the last version of a record is held because it could not be used. It may say that the appointment
     * is cancelled, or that the patient wants no messages.
     */
    boolean isHeld(String routeId, String id) {
        return operations(routeId).heldRows().stream()
                .map(HeldRow::recordId)
                .filter(Objects::nonNull)
                .anyMatch(held -> RowText.id(held).equals(id));
    }

    private SyncOperations operations(String routeId) {
        return ((CliniceaConsumer) context.getRoute(routeId).getConsumer()).operations();
    }

    private void report(String late) {
        if (late.equals(reported)) {
            return;
        }
        reported = late;
        if (late.isEmpty()) {
            LOG.info("Both feeds have caught up: due reminders are sent");
        } else {
            LOG.warn("The feed {} is not up to date, or has too many held rows: no reminder is sent", late);
        }
    }
}
