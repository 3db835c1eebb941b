/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.observe;

import static io.github.camelclinicea.observe.ClinicMeter.Kind.COUNTER;
import static io.github.camelclinicea.observe.ClinicMeter.Kind.GAUGE;
import static io.github.camelclinicea.observe.ClinicMeter.Kind.SECONDS;
import static io.github.camelclinicea.observe.ClinicMeter.Kind.TIMER;

import java.util.List;

/**
 * Lists the meters of the component. The table in docs/reference/monitoring.md is made from it.
 *
 * <p>Specified by {@code MetersTest} and {@code PrometheusTest}.
 */
public enum ClinicMeter {
    /** How long polls took. */
    POLLS("clinicea.polls", TIMER, true, "Polls, with the route's work on their rows", "end"),
    /** The time since the last clean poll. */
    POLL_LAG(
            "clinicea.poll.lag",
            SECONDS,
            true,
            "Time since the last poll in which everything was read and delivered; before the first one, since the start"
                    + " of the route"),
    /** The age of the checkpoint in the repository. */
    CHECKPOINT_AGE(
            "clinicea.checkpoint.age",
            SECONDS,
            true,
            "Time from the checkpoint in the repository to the clock of this machine"),
    /** Whether this process polls. */
    SYNC_ACTIVE(
            "clinicea.sync.active",
            GAUGE,
            true,
            "1 while this process polls; 0 while the route is stopped, suspended, or waits for the lead under master:"),
    /** Rows that were emitted. */
    ROWS_EMITTED("clinicea.rows.emitted", COUNTER, true, "Rows handed to the route, each attempt by itself"),
    /** Rows that were delivered. */
    ROWS_DELIVERED("clinicea.rows.delivered", COUNTER, true, "Rows that the route finished without failure", "status"),
    /** Attempts that failed. */
    ROWS_FAILED(
            "clinicea.rows.failed",
            COUNTER,
            true,
            "Rows that the route finished with a failure, each attempt by itself"),
    /** Rows that were skipped. */
    ROWS_SKIPPED("clinicea.rows.skipped", COUNTER, true, "Held rows that an operator skipped"),
    /** Batches that were emitted. */
    BATCHES("clinicea.batches", COUNTER, true, "Batches handed to the route, with batching=true"),
    /** Rows that hold the checkpoint back. */
    ROWS_HELD("clinicea.rows.held", GAUGE, true, "Failed rows that hold the checkpoint back"),
    /** The age of the oldest held row. */
    ROWS_HELD_AGE(
            "clinicea.rows.held.age",
            SECONDS,
            true,
            "Time since which failed rows have held the checkpoint back; 0 while none does"),
    /** Rows in flight. */
    ROWS_IN_FLIGHT("clinicea.rows.in.flight", GAUGE, true, "Rows that the route has and has not finished"),
    /** Pages in flight. */
    PAGES_IN_FLIGHT("clinicea.pages.in.flight", GAUGE, true, "Pages that may be in flight at present"),
    /** The present rate. */
    RATE("clinicea.rate", GAUGE, true, "Requests a second that the credential may send at present; 0 for no limit"),
    /** The used part of a budget. */
    BUDGET_USED(
            "clinicea.budget.used",
            GAUGE,
            true,
            "Requests that the credential has used in this day or month; 0 without a budget",
            "period"),
    /** A budget. */
    BUDGET_LIMIT(
            "clinicea.budget.limit",
            GAUGE,
            true,
            "Requests that the credential may use in a day or month; 0 without a budget",
            "period"),
    /** Echoes that were dropped. */
    ECHOES("clinicea.echoes", COUNTER, true, "Versions that were not emitted because the route had written them"),
    /** How long requests took. */
    REQUESTS("clinicea.requests", TIMER, false, "Requests to Clinicea, each attempt by itself", "outcome"),
    /** Requests that were sent again. */
    RETRIES("clinicea.requests.retries", COUNTER, false, "Requests that were sent again after a failure"),
    /** Responses with the status 429. */
    THROTTLED("clinicea.requests.throttled", COUNTER, false, "Responses with the status 429: too many requests"),
    /** Responses with the status 401 or 403. */
    UNAUTHORIZED(
            "clinicea.requests.unauthorized",
            COUNTER,
            false,
            "Responses with the status 401 or 403: the credentials were refused"),
    /** How long operations took. */
    OPERATIONS(
            "clinicea.operations",
            TIMER,
            false,
            "Operations of producers, with all their requests and waits",
            "operation",
            "outcome");

    /** Says how a meter measures. */
    public enum Kind {
        /** How often something happened. */
        COUNTER,
        /** A present value. */
        GAUGE,
        /** A present value in seconds. */
        SECONDS,
        /** How often something happened, and how long it took. */
        TIMER
    }

    private final String meterName;
    private final Kind kind;
    private final boolean isOfSync;
    private final String description;
    private final List<String> ownTags;

    ClinicMeter(String meterName, Kind kind, boolean isOfSync, String description, String... ownTags) {
        this.meterName = meterName;
        this.kind = kind;
        this.isOfSync = isOfSync;
        this.description = description;
        this.ownTags = List.of(ownTags);
    }

    /** Returns the name in Micrometer. */
    public String meterName() {
        return meterName;
    }

    /** Returns what it measures. */
    public Kind kind() {
        return kind;
    }

    /** Returns whether it is a consumer's, and has the tag {@code syncId}. */
    public boolean isOfSync() {
        return isOfSync;
    }

    /** Returns what it counts or shows. */
    public String description() {
        return description;
    }

    /** Returns the tags that it has in addition to those of every meter. */
    public List<String> ownTags() {
        return ownTags;
    }
}
