/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Page;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * A page source with the bound on memory: a page takes a slot before it is fetched and gives it back when the last of its
 * rows has completed, so that no backlog and no asynchronous route can pile up more than {@code pagesInFlight} pages of
 * bodies.
 */
final class PageSlots {
    /** Fetches one page. */
    @FunctionalInterface
    interface Fetch {
        Page page(Instant since, int number) throws Exception;
    }

    private final Fetch source;
    private final long lookMillis;
    private final Semaphore free;

    /** @param lookMillis how often a wait for a slot, or for a page, looks whether the consumer is being stopped */
    PageSlots(Fetch source, int pagesInFlight, long lookMillis) {
        this.source = source;
        this.lookMillis = lookMillis;
        this.free = new Semaphore(pagesInFlight);
    }

    /** A page with the slot it keeps; whoever gets it releases the slot. */
    record Fetched(Page page, Slot slot) {}

    long lookMillis() {
        return lookMillis;
    }

    /** @return a slot, or null if all are taken */
    Slot tryTake() {
        return free.tryAcquire() ? new Slot() : null;
    }

    /** @return the page, once there is room for it; or null if {@code open} said no before that */
    Fetched fetch(Instant since, int number, BooleanSupplier open) throws Exception {
        while (open.getAsBoolean()) {
            if (free.tryAcquire(lookMillis, TimeUnit.MILLISECONDS)) {
                return fetch(since, number, new Slot());
            }
        }
        return null;
    }

    /** @return the page in the slot given, which is released if it cannot be had */
    Fetched fetch(Instant since, int number, Slot slot) throws Exception {
        boolean fetched = false;
        try {
            Page page = source.page(since, number);
            fetched = true;
            return new Fetched(page, slot);
        } finally {
            if (!fetched) {
                slot.release();
            }
        }
    }

    /** One page's place. Held once by whoever fetched the page and once by each of its rows that is in flight. */
    final class Slot {
        private final AtomicInteger holders = new AtomicInteger(1);

        void hold() {
            holders.incrementAndGet();
        }

        void release() {
            if (holders.decrementAndGet() == 0) {
                free.release();
            }
        }
    }
}
