/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.rate;

import io.github.camelclinicea.client.http.StopSignal;
import io.github.camelclinicea.client.rate.AdaptiveRate.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits the requests a second that all endpoints with one credential send together. Each request waits here for its
 * turn, first come, first served. Requests are spaced evenly, and unused time is not saved up. The rate is the lowest
 * that an endpoint sets, or the one that {@link AdaptiveRate} estimates from the server's refusals if that is lower.
 * Without either there is no limit.
 */
public final class RequestRateLimiter {
    private static final Logger LOG = LoggerFactory.getLogger(RequestRateLimiter.class);

    /**
     * How much a thread that woke late may catch up, in nanoseconds: a twentieth of a second's requests, which is no
     * burst.
     */
    private static final long MAX_CATCH_UP = 50_000_000;
    /** The longest wait before the rate, which may have changed, is read again, in nanoseconds. */
    private static final long MAX_WAIT = 100_000_000;

    private static final long MIN_WAIT = 1_000_000;
    /** Longer than the time between two requests at any limit, in nanoseconds. */
    private static final long LONG_AGO = 2_000_000_000_000L;

    private final String credentialName;
    private final LongSupplier clock;
    private final AdaptiveRate learned = new AdaptiveRate();
    private final List<Double> limits = new ArrayList<>();
    private final Set<Ticket> queue = new LinkedHashSet<>();

    private long lastAt;
    private long closedUntil;
    private boolean isReduced;

    /**
     * Creates a limiter without a limit.
     *
     * @param credentialName a name for the log, which does not contain the credential: the host, with a number if
     *     there are several credentials
     * @param clock nanoseconds with any origin
     */
    public RequestRateLimiter(String credentialName, LongSupplier clock) {
        this.credentialName = credentialName;
        this.clock = clock;
        this.closedUntil = clock.getAsLong();
        this.lastAt = closedUntil - LONG_AGO;
    }

    /** A place in the queue of requests. */
    static final class Ticket {
        private Sent sent;

        private Ticket() {}

        /** Returns the request, or null while it waits. */
        Sent sent() {
            return sent;
        }
    }

    /**
     * Adds an endpoint's own limit, which applies to all endpoints until it is removed.
     *
     * @param perSecond requests a second; 0 for no limit
     */
    synchronized void addLimit(double perSecond) {
        if (perSecond > 0) {
            limits.add(perSecond);
        }
    }

    synchronized void removeLimit(double perSecond) {
        limits.remove(perSecond);
    }

    /** Returns the name of the credential. It does not contain the credential. */
    public String credentialName() {
        return credentialName;
    }

    /** Returns the present limit in requests a second; infinite if there is none. */
    public synchronized double perSecond() {
        double rate = learned.perSecond(clock.getAsLong());
        if (isReduced && Double.isInfinite(rate)) {
            isReduced = false;
            LOG.debug("{} has not refused a request for a minute: its limit is dropped", credentialName);
        }
        return limits.isEmpty() ? rate : Math.min(rate, Collections.min(limits));
    }

    /**
     * Waits until a request may be sent, and counts it as sent.
     *
     * @param stop ends the wait
     * @param waiting runs a few times a second during the wait
     * @throws InterruptedException if the thread is interrupted or the signal given during the wait
     */
    Sent enter(StopSignal stop, Runnable waiting) throws InterruptedException {
        Ticket ticket = join();
        try {
            for (long wait = nanosToWait(ticket); wait > 0; wait = nanosToWait(ticket)) {
                waiting.run();
                stop.sleep(Duration.ofNanos(Math.min(wait, MAX_WAIT)));
            }
            return ticket.sent;
        } finally {
            leave(ticket);
        }
    }

    synchronized Ticket join() {
        Ticket ticket = new Ticket();
        queue.add(ticket);
        return ticket;
    }

    synchronized void leave(Ticket ticket) {
        queue.remove(ticket);
    }

    /**
     * Returns how long a request has to wait at the present rate, in nanoseconds. At 0, the request has left the queue
     * and counts as sent.
     */
    synchronized long nanosToWait(Ticket ticket) {
        long now = clock.getAsLong();
        double rate = perSecond();
        long interval = Double.isInfinite(rate) ? 0 : (long) (1e9 / rate);
        int before = 0;
        for (Ticket other : queue) {
            if (other == ticket) {
                break;
            }
            before++;
        }
        long wait = Math.max(closedUntil - now, lastAt + interval - now) + before * interval;
        // Without a limit, no request waits for those before it.
        if (before > 0 && interval > 0 || wait > 0) {
            return Math.max(wait, MIN_WAIT);
        }
        queue.remove(ticket);
        lastAt = now - Math.min(now - (lastAt + interval), MAX_CATCH_UP);
        ticket.sent = learned.sent(now);
        return 0;
    }

    /**
     * Records that the server refused a request because there are too many, or because it is overloaded.
     *
     * @param request the request
     * @param pause how long the server demands no requests; zero if it did not say
     */
    synchronized void refused(Sent request, Duration pause) {
        long now = clock.getAsLong();
        double before = perSecond();
        learned.refused(request, now);
        double after = perSecond();
        if (after < before) {
            isReduced = true;
            LOG.debug("{} refused a request: the rate is now {} requests a second", credentialName, after);
        }
        closedUntil = Math.max(closedUntil - now, pause.toNanos()) + now;
    }

    @Override
    public String toString() {
        return "RequestRateLimiter of " + credentialName;
    }
}
