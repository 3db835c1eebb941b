/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import java.time.Duration;

/**
 * How often requests may be sent.
 *
 * @param maxRetries how often a read is repeated at most; 0 for never
 * @param maxRetryWait the longest wait between two tries
 * @param requestsPerSecond how many requests a second all who use the same credential may send; 0 for no limit
 */
public record RequestSettings(int maxRetries, Duration maxRetryWait, double requestsPerSecond) {}
