/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import java.time.Duration;

/**
 * Receives notifications of all requests of a client, each attempt by itself. Called by the threads that send; must not
 * block or throw. A request that the stop of its endpoint cut off is not reported.
 *
 * <p>Specified by {@code MetersTest}.
 */
public interface RequestObserver {
    /** Ignores all notifications. */
    RequestObserver NONE = new RequestObserver() {};

    /**
     * Reports that a complete response came.
     *
     * @param status the HTTP status
     * @param took the time from sending the request to the end of the response
     */
    default void answered(int status, Duration took) {}

    /**
     * Reports that no complete response came.
     *
     * @param timedOut whether a time limit ended the request
     * @param took the time from sending the request to its failure
     */
    default void unanswered(boolean timedOut, Duration took) {}

    /** Reports that a request is sent again after its failure. */
    default void retried() {}
}
