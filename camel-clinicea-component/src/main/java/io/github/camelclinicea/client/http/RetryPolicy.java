/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongUnaryOperator;

/**
 * When a read is sent again, and after how long: what the server asks for by {@code Retry-After}, or else exponentially
 * growing with full jitter, so that many clients do not come back in step. A server that asks for no wait at all, by 0 or by a
 * moment that is past, has not asked: all retries would be used up within milliseconds.
 *
 * @param maxRetries how often at most; 0 for never
 * @param maxWait the longest wait; a server that asks for more is not waited for
 * @param clock the local clock, for a {@code Retry-After} that is a date in a response without {@code Date}
 * @param random gives a number from 0 to below its argument
 */
public record RetryPolicy(int maxRetries, Duration maxWait, Clock clock, LongUnaryOperator random) {
    private static final Set<Integer> PASSING = Set.of(429, 500, 502, 503, 504);
    private static final long FIRST_WAIT_MILLIS = 500;

    /** The three forms of an HTTP date (RFC 9110 section 5.6.7), the one to be sent first. */
    private static final List<DateTimeFormatter> HTTP_DATES = List.of(
            DateTimeFormatter.RFC_1123_DATE_TIME,
            new DateTimeFormatterBuilder()
                    .appendPattern("EEEE, dd-MMM-")
                    .appendValueReduced(ChronoField.YEAR, 2, 2, 1970)
                    .appendPattern(" HH:mm:ss 'GMT'")
                    .toFormatter(Locale.US)
                    .withZone(ZoneOffset.UTC),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.US).withZone(ZoneOffset.UTC));

    /** @return whether a server that answers so may answer otherwise later */
    public static boolean passing(int status) {
        return PASSING.contains(status);
    }

    /**
     * @param retries how many retries were made before this one
     * @param answer the response that asks for the wait, or null if none came
     * @return how long to wait before the next try; empty if there is to be none
     */
    public Optional<Duration> wait(int retries, Response answer) {
        if (retries >= maxRetries) {
            return Optional.empty();
        }
        Optional<Duration> asked = asked(answer).filter(wait -> !wait.isZero());
        if (asked.isPresent()) {
            return asked.filter(wait -> wait.compareTo(maxWait) <= 0);
        }
        long ceiling = Math.min(maxWait.toMillis(), FIRST_WAIT_MILLIS << Math.min(retries, 20));
        return Optional.of(Duration.ofMillis(random.applyAsLong(ceiling + 1)));
    }

    /**
     * @param answer the response by which a server has refused a request
     * @return for how long nobody should ask it; zero if it did not say, or wants longer than it is waited for
     */
    public Duration pause(Response answer) {
        return asked(answer).filter(wait -> wait.compareTo(maxWait) <= 0).orElse(Duration.ZERO);
    }

    /**
     * Returns what {@code Retry-After} says: seconds or an HTTP date; anything else is as if nothing had been asked for. A
     * date is measured by the response's own {@code Date}, since the two clocks may differ; by the local clock only where
     * there is none.
     */
    private Optional<Duration> asked(Response answer) {
        String text = answer == null || answer.retryAfter() == null
                ? ""
                : answer.retryAfter().trim();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            // More digits than that are longer than any cap.
            return Optional.of(text.length() > 9 ? Duration.ofDays(3650) : Duration.ofSeconds(Long.parseLong(text)));
        }
        return httpDate(text).map(date -> {
            Instant now = answer.serverTime() == null ? clock.instant() : answer.serverTime();
            Duration wait = Duration.between(now, date);
            return wait.isNegative() ? Duration.ZERO : wait;
        });
    }

    /** @return the moment an HTTP date names, or nothing if it cannot be read */
    public static Optional<Instant> httpDate(String text) {
        if (text == null) {
            return Optional.empty();
        }
        for (DateTimeFormatter form : HTTP_DATES) {
            try {
                return Optional.of(form.parse(text.trim(), Instant::from));
            } catch (DateTimeException e) {
                continue;
            }
        }
        return Optional.empty();
    }
}
