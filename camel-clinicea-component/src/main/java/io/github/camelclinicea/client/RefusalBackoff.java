/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.client.http.Request;
import io.github.camelclinicea.client.http.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/**
 * Remembers that credentials were refused, and does not let them be sent again too soon. The first wait is one minute.
 * Each further refusal doubles it, up to ten minutes. An accepted request ends it. Thread-safe.
 */
public final class RefusalBackoff {
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final LongSupplier nanoTime;
    private final Clock clock;

    /** The last refusal; null if the last request was accepted, or none was sent. */
    private CliniceaException refusal;

    private Duration wait;
    private Instant refusedAt;
    private long refusedAtNanos;

    /**
     * Creates a memory without a refusal.
     *
     * @param nanoTime the time in nanoseconds, which no change of the clock affects
     * @param clock the clock for messages
     */
    public RefusalBackoff(LongSupplier nanoTime, Clock clock) {
        this.nanoTime = nanoTime;
        this.clock = clock;
    }

    /**
     * Checks that the credentials may be sent.
     *
     * @return the time of the check, for {@link #accepted} and {@link #refused}
     * @throws CliniceaException if they were refused shortly before. It says when, why, and when they may be sent again
     */
    public synchronized long requireDue() throws CliniceaException {
        long now = nanoTime.getAsLong();
        if (refusal != null && now - refusedAtNanos < wait.toNanos()) {
            throw new CliniceaException(
                    refusal, ". Refused at " + toSecond(refusedAt) + ", next try at " + toSecond(refusedAt.plus(wait)));
        }
        return now;
    }

    /** Returns whether a request was refused for its credentials. A staff login remembers its refusal itself. */
    public static boolean isRefusal(CliniceaException failure) {
        return Response.refusesCredentials(failure.getHttpResponseCode())
                && !Request.LOGIN.equals(failure.getResource());
    }

    /**
     * Records a refusal. Does not count for a request that was under way when another one was refused.
     *
     * @param failure the refusal
     * @param sentAt when the request was sent, as {@link #requireDue} returned it
     */
    public synchronized void refused(CliniceaException failure, long sentAt) {
        if (wasSentBeforeRefusal(sentAt)) {
            return;
        }
        wait = refusal == null ? FIRST : wait.multipliedBy(2);
        wait = wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
        refusal = failure;
        refusedAt = clock.instant();
        refusedAtNanos = nanoTime.getAsLong();
    }

    /**
     * Records that the server accepted the credentials.
     *
     * @param sentAt when the request was sent, as {@link #requireDue} returned it
     */
    public synchronized void accepted(long sentAt) {
        if (!wasSentBeforeRefusal(sentAt)) {
            refusal = null;
        }
    }

    private static Instant toSecond(Instant moment) {
        return moment.plusMillis(500).truncatedTo(ChronoUnit.SECONDS);
    }

    private boolean wasSentBeforeRefusal(long sentAt) {
        return refusal != null && sentAt - refusedAtNanos < 0;
    }

    /** Forgets the refusal, so that the credentials may be sent at once. */
    public synchronized void forget() {
        refusal = null;
    }
}
