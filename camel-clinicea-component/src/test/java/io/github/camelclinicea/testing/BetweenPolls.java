/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.support.ScheduledPollConsumer;
import org.awaitility.core.ConditionTimeoutException;

/** Stops a context at the end of a test. During a poll, Camel checks only once a second whether the poll has ended. */
public final class BetweenPolls {
    /** Most polls are shorter. Another one hangs in its route, and Camel decides how long it waits for that. */
    private static final Duration POLL = Duration.ofMillis(300);

    private BetweenPolls() {}

    /** Suspends the polls of all routes, and stops the context when none is running. */
    public static void stop(CamelContext camel) {
        List<ScheduledPollConsumer> polls = camel.getRoutes().stream()
                .map(Route::getConsumer)
                .filter(ScheduledPollConsumer.class::isInstance)
                .map(ScheduledPollConsumer.class::cast)
                .toList();
        try {
            polls.forEach(ScheduledPollConsumer::suspend);
            await().atMost(POLL).until(() -> polls.stream().noneMatch(ScheduledPollConsumer::isPolling));
        } catch (ConditionTimeoutException e) {
            // Camel waits for it, or ends it.
        } finally {
            camel.stop();
        }
    }
}
