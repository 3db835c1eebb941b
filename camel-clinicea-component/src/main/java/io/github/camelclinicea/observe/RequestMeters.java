/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.observe;

import io.github.camelclinicea.client.http.RequestObserver;
import io.github.camelclinicea.client.http.Response;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;

/**
 * Measures the requests for one resource in one route.
 *
 * <p>Specified by {@code MetersTest}.
 */
abstract class RequestMeters implements RequestObserver {
    private static final String OUTCOME = "outcome";
    private static final String TIMEOUT = "timeout";
    private static final String CONNECTION = "connection";

    private final RouteMeters meters;
    private final Tags tags;

    /**
     * @param meters the meters of the route
     * @param resource the resource, as in the endpoint URI
     */
    RequestMeters(RouteMeters meters, String resource) {
        this.meters = meters;
        this.tags = Tags.of("resource", resource);
        for (String outcome : List.of("2xx", "4xx", "5xx", TIMEOUT, CONNECTION)) {
            meters.registerTimer(ClinicMeter.REQUESTS, tags.and(OUTCOME, outcome));
        }
        for (ClinicMeter counter : List.of(ClinicMeter.RETRIES, ClinicMeter.THROTTLED, ClinicMeter.UNAUTHORIZED)) {
            meters.registerCounter(counter, tags);
        }
    }

    RouteMeters meters() {
        return meters;
    }

    /** Returns the tags that all these meters have in addition to those of the route. */
    Tags tags() {
        return tags;
    }

    @Override
    public final void answered(int status, Duration took) {
        int statusClass = status / 100;
        ended(statusClass >= 1 && statusClass <= 5 ? statusClass + "xx" : "other", took);
        if (status == 429) {
            meters.count(ClinicMeter.THROTTLED, tags);
        } else if (Response.refusesCredentials(status)) {
            meters.count(ClinicMeter.UNAUTHORIZED, tags);
        }
    }

    @Override
    public final void unanswered(boolean timedOut, Duration took) {
        ended(timedOut ? TIMEOUT : CONNECTION, took);
    }

    @Override
    public final void retried() {
        meters.count(ClinicMeter.RETRIES, tags);
    }

    private void ended(String outcome, Duration took) {
        meters.record(ClinicMeter.REQUESTS, tags.and(OUTCOME, outcome), took);
    }
}
