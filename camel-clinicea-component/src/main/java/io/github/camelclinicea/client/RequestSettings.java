/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import java.time.Duration;

/**
 * The settings for retries and rate, and for the exceptions of requests.
 *
 * @param maxRetries the most retries of a read; 0 for none
 * @param maxRetryWait the longest wait between two attempts
 * @param requestsPerSecond the limit for all clients with the same credential, in requests a second; 0 for none
 * @param serverMessageInException whether the message of an exception contains what the server says
 */
public record RequestSettings(
        int maxRetries, Duration maxRetryWait, double requestsPerSecond, boolean serverMessageInException) {}
