/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer;

import io.github.camelclinicea.client.http.RequestObserver;
import io.github.camelclinicea.event.CliniceaWriteEvent.Outcome;
import java.time.Duration;

/** Receives notifications of the requests and operations of producers. Called by any thread; must not block or throw. */
public interface ProducerObserver extends RequestObserver {
    /** Ignores all notifications. */
    ProducerObserver NONE = (operation, outcome, took) -> {};

    /**
     * Reports that an operation ended.
     *
     * @param operation its name in the catalogue; {@code list} for a list whose arguments chose the look-up
     * @param outcome how it ended
     * @param took how long it took, with all its requests and waits
     */
    void operated(String operation, Outcome outcome, Duration took);
}
