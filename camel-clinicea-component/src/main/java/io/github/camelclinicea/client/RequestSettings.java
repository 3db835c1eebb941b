/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import java.time.Duration;

/**
 * The settings for retries and rate.
 *
 * @param maxRetries the most retries of a read; 0 for none
 * @param maxRetryWait the longest wait between two attempts
 * @param requestsPerSecond the limit for all clients with the same credential, in requests a second; 0 for none
 */
public record RequestSettings(int maxRetries, Duration maxRetryWait, double requestsPerSecond) {}
