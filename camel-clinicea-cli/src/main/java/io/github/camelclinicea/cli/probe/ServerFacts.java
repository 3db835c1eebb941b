/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The facts about the server as a whole.
 *
 * <p>Specified by {@code ProbeTest}.
 */
final class ServerFacts {
    private static final String SUBJECT = "server";
    /** {@code Date} has whole seconds, and the response was some time on its way. */
    private static final long SAME_SECONDS = 2;

    private ServerFacts() {}

    static List<Fact> of(Wire wire) {
        ServerHeaders headers = wire.headers();
        if (!headers.hasResponses()) {
            return List.of();
        }
        String limits = headers.limits().entrySet().stream()
                .map(limit -> limit.getKey() + " " + limit.getValue())
                .collect(Collectors.joining(", "));
        return List.of(
                Fact.of(SUBJECT, "responses with a Date", "all", headers.dates()),
                Fact.of(
                        SUBJECT,
                        "clock",
                        "as here",
                        headers.clockOffset().map(ServerFacts::clock).orElse(Fact.notKnown("no Date"))),
                Fact.of(SUBJECT, "headers of limits", "unknown", limits.isEmpty() ? "none" : limits));
    }

    private static String clock(Duration offset) {
        long seconds = offset.toSeconds();
        if (Math.abs(seconds) <= SAME_SECONDS) {
            return "as here";
        }
        return Math.abs(seconds) + " s " + (seconds > 0 ? "ahead" : "behind");
    }
}
