/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Page;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides how many pages are fetched ahead at the moment, by TCP's slow start and congestion avoidance. It begins at
 * one page and doubles with each round of full pages until they first become slow. From then on it adds one page with
 * each round, and halves when the server refuses a request or sends no response in time. Kept from poll to poll; used
 * by any thread.
 */
final class PrefetchWindow {
    private static final Logger LOG = LoggerFactory.getLogger(PrefetchWindow.class);

    private final String syncId;
    private final int ceiling;
    private final int fullPage;
    private final LongSupplier clock;
    private final Latency latency = new Latency();

    private int size = 1;
    private int sinceGrown;
    private boolean doubling = true;
    private boolean halved;
    private long halvedAt;

    /** @param clock the nanoseconds of {@link System#nanoTime}, which the page source also uses */
    PrefetchWindow(SyncSettings settings, LongSupplier clock) {
        this.syncId = settings.syncId();
        this.ceiling = settings.pagesInFlight();
        this.fullPage = settings.pageSize();
        this.clock = clock;
    }

    synchronized int size() {
        return size;
    }

    /**
     * Records that a page was received. Only full ones count: a short one says neither how long pages take nor that
     * more follow.
     *
     * @param took how long its request took
     */
    synchronized void answered(Page page, Duration took) {
        if (page.rows().size() < fullPage) {
            return;
        }
        if (!latency.holds(took.toNanos())) {
            doubling = false;
            sinceGrown = 0;
            return;
        }
        sinceGrown++;
        if (size < ceiling && (doubling || sinceGrown >= size)) {
            resize(size + 1);
        }
    }

    /**
     * Records that a request was refused or had no response in time. One that was sent before the last halving does not
     * halve again: it met the server in the same state.
     *
     * @param sentAt when the request was sent, in nanoseconds of the clock
     */
    synchronized void refused(long sentAt) {
        if (halved && sentAt - halvedAt <= 0) {
            return;
        }
        halved = true;
        halvedAt = clock.getAsLong();
        doubling = false;
        resize(Math.max(1, size / 2));
    }

    private void resize(int pages) {
        sinceGrown = 0;
        if (pages != size) {
            size = pages;
            LOG.debug("Sync {}: {} of {} pages are fetched at once", syncId, size, ceiling);
        }
    }
}
