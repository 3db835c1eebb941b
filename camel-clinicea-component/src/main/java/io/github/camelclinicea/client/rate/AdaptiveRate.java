/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.rate;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Estimates how many requests a second a server accepts, from its refusals. The rate is reduced at once by a refusal
 * and grows slowly afterwards, like the congestion control of a network. Without a refusal there is no limit. With one,
 * the rate becomes a little less than what the server accepted in the second before. After a minute without another
 * refusal, the limit is dropped.
 *
 * <p>Times are nanoseconds of one clock with any origin. Not thread-safe.
 */
final class AdaptiveRate {
    private static final double NANOS = 1e9;
    private static final long SECOND = 1_000_000_000L;

    /** The lowest rate. */
    private static final double SLOWEST = 0.5;
    /**
     * Up to so many requests in a second, the rate is not the cause of a refusal. The waits between retries are enough
     * then.
     */
    private static final int FEW = 4;
    /** High enough to use most of what the server accepts, and low enough that the next refusal comes seconds later. */
    private static final double CUT = 0.9;
    /**
     * The refusals of one second reduce the rate no further than this: a server that has reached its own limit accepts
     * nothing until its second is over.
     */
    private static final double DEEPEST_CUT = 0.5;
    /** The rate that the server accepted before is multiplied by this in each second with refusals. */
    private static final double FADING = 0.8;

    private static final double GROWTH = 1.01;
    private static final double GROWTH_WHEN_QUIET = 1.25;
    private static final long QUIET = 8 * SECOND;
    private static final long FORGOTTEN = 60 * SECOND;

    /** The requests of the last second. */
    private final Deque<Sent> recent = new ArrayDeque<>();

    private double rate = Double.POSITIVE_INFINITY;
    /** The rate that the server accepted before. Up to there, the rate doubles each second. */
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
        recent.add(sent);
        return sent;
    }

    /** Returns the present rate in requests a second; infinite if there is no limit. */
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

    /** Records that the server refused a request as one too many. */
    void refused(Sent request, long now) {
        double before = perSecond(now);
        forgetOlderThanASecond(now);
        request.refused = true;
        refusedAt = now;
        boolean unlimited = Double.isInfinite(before);
        if (unlimited && recent.size() <= FEW) {
            return;
        }
        // Several requests are in flight when the first is refused, and the others will be refused too. Together they
        // reduce the rate once. The later refusals of the same second only make it more exact.
        double slower = Math.min(
                before, CUT * recent.stream().filter(sent -> !sent.refused).count());
        if (unlimited || now - cutAt >= SECOND) {
            cutAt = now;
            floor = Math.max(SLOWEST, DEEPEST_CUT * (unlimited ? slower : before));
            regained = Math.max(slower, FADING * regained);
        }
        rate = Math.max(floor, slower);
        grownAt = now;
    }

    private void forgetOlderThanASecond(long now) {
        while (!recent.isEmpty() && now - recent.element().at > SECOND) {
            recent.remove();
        }
    }
}
