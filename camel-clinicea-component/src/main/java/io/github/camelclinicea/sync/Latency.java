/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

/**
 * Compares the time that pages take with the best time of the last few pages. The best time ever would not do: a
 * server that has become slow for reasons of its own must still be asked for several pages at once. Not thread-safe.
 *
 * <p>Specified by {@code PrefetchWindowTest}.
 */
final class Latency {
    private static final int REMEMBERED = 16;
    /** In nanoseconds; a difference this small comes from the work of this machine, not from a wait for the server. */
    private static final long NEGLIGIBLE = 10_000_000;

    private long best = Long.MAX_VALUE;
    private long bestBefore = Long.MAX_VALUE;
    private int pages;
    private double recent;

    /** Returns whether the recent pages, this one included, took at most twice the best time on average. */
    boolean holds(long nanos) {
        recent = best == Long.MAX_VALUE && bestBefore == Long.MAX_VALUE ? nanos : recent + (nanos - recent) / 4;
        best = Math.min(best, nanos);
        long reference = Math.min(best, bestBefore);
        if (++pages % REMEMBERED == 0) {
            bestBefore = best;
            best = Long.MAX_VALUE;
        }
        return recent <= 2.0 * reference + NEGLIGIBLE;
    }
}
