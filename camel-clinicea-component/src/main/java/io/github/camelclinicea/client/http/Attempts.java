/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides after a failed attempt whether there is another one, and waits for it. Counts the retries of one request.
 * Used by one thread.
 *
 * <p>Specified by {@code CliniceaClientTest} and {@code BlobStoreTest}.
 */
public final class Attempts {
    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    private final RetryPolicy policy;
    private final StopSignal stop;
    private int retries;

    /**
     * Creates the count of a request that has not been sent yet.
     *
     * @param policy decides how many retries there are, and how long to wait before each
     * @param stop ends the wait
     */
    public Attempts(RetryPolicy policy, StopSignal stop) {
        this.policy = policy;
        this.stop = stop;
    }

    /**
     * Waits until the next attempt may begin.
     *
     * @param <E> the type of the failure
     * @param failure the failure of the last attempt
     * @param mayRetry whether another attempt does no harm and may succeed
     * @param response the response that refused the last attempt; null if none came
     * @throws E the failure, if there is no other attempt
     * @throws InterruptedException if the thread is interrupted, or the signal given, before the wait is over
     */
    public <E extends Exception> void waitOrThrow(E failure, boolean mayRetry, Response response)
            throws E, InterruptedException {
        if (!mayRetry) {
            throw failure;
        }
        stop.throwIfGiven();
        Duration wait = policy.wait(retries++, response).orElseThrow(() -> failure);
        LOG.debug("{}; trying again in {}", failure.getMessage(), wait);
        stop.sleep(wait);
    }
}
