/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

/**
 * Whether pages come as fast as they did. What is compared with is the best of the last few, not the best ever: a server
 * that has become slow for reasons of its own is still to be asked for several pages at once.
 */
final class Latency {
    private static final int REMEMBERED = 16;
    /** Below that a page is not waited for, but worked on: by this machine, at its own pace. */
    private static final long NOTHING = 10_000_000;

    private long best = Long.MAX_VALUE;
    private long bestBefore = Long.MAX_VALUE;
    private int pages;
    private double lately;

    /** @return whether the pages of late, this one included, took no more than twice the time of the best */
    boolean holds(long nanos) {
        lately = best == Long.MAX_VALUE && bestBefore == Long.MAX_VALUE ? nanos : lately + (nanos - lately) / 4;
        best = Math.min(best, nanos);
        long reference = Math.min(best, bestBefore);
        if (++pages % REMEMBERED == 0) {
            bestBefore = best;
            best = Long.MAX_VALUE;
        }
        return lately <= 2.0 * reference + NOTHING;
    }
}
