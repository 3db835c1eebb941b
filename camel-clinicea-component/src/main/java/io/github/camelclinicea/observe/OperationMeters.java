/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.observe;

import io.github.camelclinicea.event.CliniceaWriteEvent.Outcome;
import io.github.camelclinicea.producer.ProducerObserver;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Locale;

/**
 * Measures what the producers of one route do with one resource.
 *
 * <p>Specified by {@code MetersTest}.
 */
final class OperationMeters extends RequestMeters implements ProducerObserver {
    /**
     * @param meters the meters of the route
     * @param resource the resource, as in the endpoint URI
     */
    OperationMeters(RouteMeters meters, String resource) {
        super(meters, resource);
    }

    @Override
    public void operated(String operation, Outcome outcome, Duration took) {
        Tags tags = tags().and("operation", operation, "outcome", outcome.name().toLowerCase(Locale.ROOT));
        meters().record(ClinicMeter.OPERATIONS, tags, took);
    }
}
