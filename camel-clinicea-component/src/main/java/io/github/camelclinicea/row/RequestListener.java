/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.row;

import java.time.Duration;

/**
 * Receives notifications of the requests that one read takes, including its retries. Called by the thread that reads.
 */
public interface RequestListener {
    /** Ignores all notifications. */
    RequestListener NONE = new RequestListener() {
        @Override
        public void waiting() {}

        @Override
        public void sent() {}

        @Override
        public void answered(Duration took) {}

        @Override
        public void refused(long sentAt) {}
    };

    /** Reports that the request waits for the rate limit. Called a few times a second during the wait. */
    void waiting();

    /** Reports that the request is about to be sent. Called again for each retry. */
    void sent();

    /**
     * Reports that the server sent a response with a status of success.
     *
     * @param took the time from sending the request to the end of the response, without any wait before
     */
    void answered(Duration took);

    /**
     * Reports that the server responded with 429 or 503, or did not respond in time.
     *
     * @param sentAt the time when the request was sent, by {@link System#nanoTime}
     */
    void refused(long sentAt);
}
