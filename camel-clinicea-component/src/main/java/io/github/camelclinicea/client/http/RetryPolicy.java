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
 * Decides whether a request is retried, and how long to wait before that. The wait is what the server demands by
 * {@code Retry-After}. Otherwise it is an exponential backoff with full jitter, so that many clients do not return at
 * the same time. A {@code Retry-After} of 0, or of a moment in the past, is ignored: it would use up all retries within
 * milliseconds.
 *
 * @param maxRetries the most retries of one request; 0 for none
 * @param maxWait the longest wait; if the server demands a longer one, the request is not retried
 * @param clock the local clock, for a {@code Retry-After} that is a date in a response without {@code Date}
 * @param random returns a number from 0 to below its argument
 */
public record RetryPolicy(int maxRetries, Duration maxWait, Clock clock, LongUnaryOperator random) {
    private static final Set<Integer> TEMPORARY = Set.of(429, 500, 502, 503, 504);
    private static final long FIRST_WAIT_MILLIS = 500;

    /** The three forms of an HTTP date (RFC 9110, section 5.6.7); the preferred one is the first. */
    private static final List<DateTimeFormatter> HTTP_DATES = List.of(
            DateTimeFormatter.RFC_1123_DATE_TIME,
            new DateTimeFormatterBuilder()
                    .appendPattern("EEEE, dd-MMM-")
                    .appendValueReduced(ChronoField.YEAR, 2, 2, 1970)
                    .appendPattern(" HH:mm:ss 'GMT'")
                    .toFormatter(Locale.US)
                    .withZone(ZoneOffset.UTC),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.US).withZone(ZoneOffset.UTC));

    /** Returns whether the same request may get another status later. */
    public static boolean isTemporary(int status) {
        return TEMPORARY.contains(status);
    }

    /**
     * Returns the wait before the next attempt; empty if there is none.
     *
     * @param retries the retries before this one
     * @param response the response that may demand a wait, or null if none came
     */
    public Optional<Duration> wait(int retries, Response response) {
        if (retries >= maxRetries) {
            return Optional.empty();
        }
        Optional<Duration> demanded = retryAfter(response).filter(wait -> !wait.isZero());
        if (demanded.isPresent()) {
            return demanded.filter(wait -> wait.compareTo(maxWait) <= 0);
        }
        long ceiling = Math.min(maxWait.toMillis(), FIRST_WAIT_MILLIS << Math.min(retries, 20));
        return Optional.of(Duration.ofMillis(random.applyAsLong(ceiling + 1)));
    }

    /**
     * Returns how long no request should be sent to a server; zero if it did not say, or demands more than the longest
     * wait.
     *
     * @param response the response that refused a request
     */
    public Duration pause(Response response) {
        return retryAfter(response).filter(wait -> wait.compareTo(maxWait) <= 0).orElse(Duration.ZERO);
    }

    /**
     * Returns the wait in {@code Retry-After}, which is in seconds or an HTTP date; empty for anything else. A date is
     * compared with the response's own {@code Date}, because the local clock may differ. Only without one is it
     * compared with the local clock.
     */
    private Optional<Duration> retryAfter(Response response) {
        String text = response == null || response.retryAfter() == null
                ? ""
                : response.retryAfter().trim();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            // A number with more digits is longer than any limit.
            return Optional.of(text.length() > 9 ? Duration.ofDays(3650) : Duration.ofSeconds(Long.parseLong(text)));
        }
        return httpDate(text).map(date -> {
            Instant now = response.serverTime() == null ? clock.instant() : response.serverTime();
            Duration wait = Duration.between(now, date);
            return wait.isNegative() ? Duration.ZERO : wait;
        });
    }

    /** Returns the moment of an HTTP date; empty if the text is null or no such date. */
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
