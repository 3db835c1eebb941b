/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import io.github.camelclinicea.sync.PollResult.End;
import java.time.Duration;
import java.time.Instant;

/**
 * Says how one poll went.
 *
 * @param startedAt when it began, by the local clock
 * @param duration how long it took, including the route's work on its rows
 * @param emitted the number of rows handed to the route
 * @param delivered the number of rows that the route finished without failure
 * @param failed the number of rows that the route finished with a failure
 * @param pages the number of pages read, including empty pages
 * @param requests the number of requests sent for pages, including retries
 * @param end how it ended
 */
public record PollSummary(
        Instant startedAt,
        Duration duration,
        int emitted,
        int delivered,
        int failed,
        int pages,
        int requests,
        End end) {}
