/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Page;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many pages are fetched ahead at the moment, as a TCP sender decides how much to have under way: one at first, twice as
 * many with each round of full pages until the server first shows that it is enough, then one more with each, and half as
 * many when it refuses or does not answer. Kept from poll to poll.
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

    /** @param clock the nanoseconds by which the page source says when a request was sent */
    PrefetchWindow(SyncSettings settings, LongSupplier clock) {
        this.syncId = settings.syncId();
        this.ceiling = settings.pagesInFlight();
        this.fullPage = settings.pageSize();
        this.clock = clock;
    }

    synchronized int size() {
        return size;
    }

    /** A page has come. Only full ones count: a short one is no measure of how long they take, nor a sign of more to come. */
    public synchronized void answered(Page page, Duration took) {
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
     * A request was refused or not answered in time. Those that were under way when the window was halved have met the same
     * server as it was: they do not halve it again.
     *
     * @param sentAt when it was sent
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
