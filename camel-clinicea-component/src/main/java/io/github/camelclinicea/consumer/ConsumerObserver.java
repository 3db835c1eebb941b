/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import io.github.camelclinicea.client.http.RequestObserver;
import io.github.camelclinicea.sync.PollResult;
import java.time.Duration;

/** Receives notifications of the requests and polls of a consumer. Called by any thread; must not block or throw. */
public interface ConsumerObserver extends RequestObserver {
    /** Ignores all notifications. */
    ConsumerObserver NONE = (end, took) -> {};

    /**
     * Reports that a poll ended.
     *
     * @param end how it ended
     * @param took how long it took, with the route's work on its rows
     */
    void polled(PollResult.End end, Duration took);
}
