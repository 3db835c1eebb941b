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
 * The requests a second that all endpoints of one credential may send together. Each request passes here before it is sent,
 * first come, first served, and evenly: what was not used before is not saved up. The pace is the smallest that an endpoint
 * sets, or what the server's refusals have taught, if that is less; without either there is none.
 */
public final class RequestRateLimiter {
    private static final Logger LOG = LoggerFactory.getLogger(RequestRateLimiter.class);

    /** What a thread that was woken late may catch up: a twentieth of a second's requests, which is no burst. */
    private static final long CATCHING_UP = 50_000_000;
    /** How long a wait is at most before the pace, which may have changed, is looked at again. */
    private static final long LONGEST_LOOK = 100_000_000;

    private static final long SHORTEST_LOOK = 1_000_000;
    /** Longer than the time between two requests at any limit. */
    private static final long LONG_AGO = 2_000_000_000_000L;

    private final String server;
    private final LongSupplier clock;
    private final AdaptiveRate learned = new AdaptiveRate();
    private final List<Double> limits = new ArrayList<>();
    private final Set<Ticket> queue = new LinkedHashSet<>();

    private long lastAt;
    private long closedUntil;
    private boolean cut;

    /**
     * @param server the server's name, for the log
     * @param clock nanoseconds with any origin
     */
    public RequestRateLimiter(String server, LongSupplier clock) {
        this.server = server;
        this.clock = clock;
        this.closedUntil = clock.getAsLong();
        this.lastAt = closedUntil - LONG_AGO;
    }

    /** A place in the queue. */
    static final class Ticket {
        private Sent sent;

        private Ticket() {}

        /** @return the request, or null before it may go */
        Sent sent() {
            return sent;
        }
    }

    /** @param perSecond an endpoint's own limit, which holds for all until it is taken back; 0 for none */
    synchronized void limit(double perSecond) {
        if (perSecond > 0) {
            limits.add(perSecond);
        }
    }

    synchronized void takeBack(double perSecond) {
        limits.remove(perSecond);
    }

    /** @return how many requests a second may be sent at this moment; infinite if there is no limit */
    synchronized double perSecond() {
        double pace = learned.perSecond(clock.getAsLong());
        if (cut && Double.isInfinite(pace)) {
            cut = false;
            LOG.debug("{} has refused nothing for a while: requests are sent without a limit learned from it", server);
        }
        return limits.isEmpty() ? pace : Math.min(pace, Collections.min(limits));
    }

    /**
     * Waits until a request may be sent. It is taken for sent when this returns.
     *
     * @param stop ends the wait
     * @param waits told a few times a second as long as it lasts
     * @throws InterruptedException if the thread is interrupted or the signal given while it waits
     */
    Sent enter(StopSignal stop, Runnable waits) throws InterruptedException {
        Ticket ticket = join();
        try {
            for (long wait = nanosToWait(ticket); wait > 0; wait = nanosToWait(ticket)) {
                waits.run();
                stop.sleep(Duration.ofNanos(Math.min(wait, LONGEST_LOOK)));
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

    /** @return how long the holder has to wait as things stand; 0 if it may go, and has gone, which leaves the queue */
    synchronized long nanosToWait(Ticket ticket) {
        long now = clock.getAsLong();
        double pace = perSecond();
        long interval = Double.isInfinite(pace) ? 0 : (long) (1e9 / pace);
        int before = 0;
        for (Ticket other : queue) {
            if (other == ticket) {
                break;
            }
            before++;
        }
        long wait = Math.max(closedUntil - now, lastAt + interval - now) + before * interval;
        // Without a pace nobody has to wait for who came before.
        if (before > 0 && interval > 0 || wait > 0) {
            return Math.max(wait, SHORTEST_LOOK);
        }
        queue.remove(ticket);
        lastAt = now - Math.min(now - (lastAt + interval), CATCHING_UP);
        ticket.sent = learned.sent(now);
        return 0;
    }

    /**
     * The server refused a request because there are too many, or because it is overloaded.
     *
     * @param request the request
     * @param pause for how long it wants to be left alone; zero if it did not say
     */
    synchronized void refused(Sent request, Duration pause) {
        long now = clock.getAsLong();
        double before = perSecond();
        learned.refused(request, now);
        double after = perSecond();
        if (after < before) {
            cut = true;
            LOG.debug("{} refused a request: no more than {} a second for the present", server, after);
        }
        closedUntil = Math.max(closedUntil - now, pause.toNanos()) + now;
    }

    @Override
    public String toString() {
        return "RequestBudget of " + server;
    }
}
