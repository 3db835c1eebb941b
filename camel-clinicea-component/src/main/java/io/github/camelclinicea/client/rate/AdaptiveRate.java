/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.rate;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many requests a second a server takes, as far as its refusals tell: additive-increase, multiplicative-decrease, as a
 * network's senders share a line whose width nobody told them. Without a refusal there is no limit. With one, the pace
 * becomes a little less than what the server took of the second before, and grows slowly again; after a minute without a
 * further one it is forgotten.
 *
 * <p>Times are nanoseconds of one clock with any origin. Not for several threads at once.
 */
final class AdaptiveRate {
    private static final double NANOS = 1e9;
    private static final long SECOND = 1_000_000_000L;

    /** Slower than this nothing becomes. */
    private static final double SLOWEST = 0.5;
    /** Who sends no more than this in a second is not refused for his pace; the waits between retries are enough. */
    private static final int FEW = 4;
    /** So little less that most of what the server takes is used, and so much that the next refusal is seconds away. */
    private static final double CUT = 0.9;
    /** One second's refusals cut no deeper: a server that has had its fill takes nothing until its own second is over. */
    private static final double DEEPEST_CUT = 0.5;
    /** What is left of what the server has taken once, with each second of refusals. */
    private static final double FADING = 0.8;

    private static final double GROWTH = 1.01;
    private static final double GROWTH_WHEN_QUIET = 1.25;
    private static final long QUIET = 8 * SECOND;
    private static final long FORGOTTEN = 60 * SECOND;

    private final Deque<Sent> lately = new ArrayDeque<>();

    private double rate = Double.POSITIVE_INFINITY;
    /** What the server has taken before: up to there the pace doubles with each second. */
    private double regained;

    private double floor;
    private long cutAt;
    private long refusedAt;
    private long grownAt;

    /** One request. */
    static final class Sent {
        private final long at;
        private boolean refused;

        private Sent(long at) {
            this.at = at;
        }

        long at() {
            return at;
        }
    }

    Sent sent(long now) {
        forgetOlderThanASecond(now);
        Sent sent = new Sent(now);
        lately.add(sent);
        return sent;
    }

    /** @return the requests a second that may be sent at this moment; infinite if nothing is known against it */
    double perSecond(long now) {
        if (Double.isInfinite(rate)) {
            return rate;
        }
        double seconds = (now - grownAt) / NANOS;
        grownAt = now;
        long quiet = now - refusedAt;
        if (quiet >= FORGOTTEN) {
            rate = Double.POSITIVE_INFINITY;
            regained = 0;
        } else if (rate < regained) {
            rate = Math.min(regained, rate * Math.pow(2, seconds));
        } else {
            rate *= Math.pow(quiet < QUIET ? GROWTH : GROWTH_WHEN_QUIET, seconds);
        }
        return rate;
    }

    /** The server refused a request as one too many. */
    void refused(Sent request, long now) {
        double before = perSecond(now);
        forgetOlderThanASecond(now);
        request.refused = true;
        refusedAt = now;
        boolean unlimited = Double.isInfinite(before);
        if (unlimited && lately.size() <= FEW) {
            return;
        }
        // Several requests are under way when the first is refused, and those behind it will be, too: that is one cut,
        // which the further refusals of the same second only make more exact.
        double slower = Math.min(
                before, CUT * lately.stream().filter(sent -> !sent.refused).count());
        if (unlimited || now - cutAt >= SECOND) {
            cutAt = now;
            floor = Math.max(SLOWEST, DEEPEST_CUT * (unlimited ? slower : before));
            regained = Math.max(slower, FADING * regained);
        }
        rate = Math.max(floor, slower);
        grownAt = now;
    }

    private void forgetOlderThanASecond(long now) {
        while (!lately.isEmpty() && now - lately.element().at > SECOND) {
            lately.remove();
        }
    }
}
