/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Notes the server's time and its limits from the headers of the responses. The names of other headers are not kept.
 *
 * <p>Specified by {@code ProbeTest} and {@code WireTest}.
 */
final class ServerHeaders {
    private static final Pattern LIMIT_NAME =
            Pattern.compile("[a-z0-9-]{0,40}(rate-?limit|quota|throttl|retry-after)[a-z0-9-]{0,40}");

    private static final Pattern NUMBER = Pattern.compile("\\d{1,12}");

    private final Map<String, String> limits = new TreeMap<>();
    private Duration offset;
    private Duration retryAfter;
    private int responses;
    private int dated;

    /**
     * Notes the headers of a response.
     *
     * @param headers the headers
     * @param received when the response came, by the local clock
     */
    void note(HttpHeaders headers, Instant received) {
        responses++;
        Optional<Instant> date = headers.firstValue("Date").flatMap(ServerHeaders::time);
        if (date.isPresent()) {
            dated++;
            offset = Duration.between(received, date.get());
        }
        retryAfter = headers.firstValue("Retry-After")
                .flatMap(text -> waitOf(text, date.orElse(received)))
                .orElse(null);
        headers.map().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (LIMIT_NAME.matcher(lower).matches()) {
                String value = values.isEmpty() ? "" : values.get(0).trim();
                limits.put(lower, NUMBER.matcher(value).matches() ? value : "no number");
            }
        });
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> waitOf(String text, Instant now) {
        if (NUMBER.matcher(text.trim()).matches()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text.trim())));
        }
        return time(text).map(until -> Duration.between(now, until)).map(d -> d.isNegative() ? Duration.ZERO : d);
    }

    /** Returns what the last response asked to wait; empty if it did not. */
    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** Returns the names of the headers about limits, each with its number. */
    Map<String, String> limits() {
        return limits;
    }

    /** Returns how far the server's clock is ahead of the local one; empty if no response had a time. */
    Optional<Duration> clockOffset() {
        return Optional.ofNullable(offset);
    }

    /** Returns how many responses had a {@code Date}, and how many there were. */
    String dates() {
        return dated + " of " + responses;
    }

    boolean hasResponses() {
        return responses > 0;
    }
}
