/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Page;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Bounds the memory that pages take. A page takes a {@link Slot} before it is fetched, and releases it when the last
 * of its rows has ended. So no backlog and no asynchronous route can pile up more than {@code pagesInFlight} pages of
 * bodies. Used by any thread.
 *
 * <p>Specified by {@code ListReadingTest} and {@code FirstPageFinderTest}.
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

    /** @param lookMillis how often a wait checks whether the consumer is being stopped */
    PageSlots(Fetch source, int pagesInFlight, long lookMillis) {
        this.source = source;
        this.lookMillis = lookMillis;
        this.free = new Semaphore(pagesInFlight);
    }

    /** A page with its {@link Slot}, which the receiver must release. */
    record Fetched(Page page, Slot slot) {}

    long lookMillis() {
        return lookMillis;
    }

    /** Returns a {@link Slot}, or null if all are taken. */
    Slot tryTake() {
        return free.tryAcquire() ? new Slot() : null;
    }

    /** Returns the page, once there is a {@link Slot} for it; null if {@code open} returned false first. */
    Fetched fetch(Instant since, int number, BooleanSupplier open) throws Exception {
        while (open.getAsBoolean()) {
            if (free.tryAcquire(lookMillis, TimeUnit.MILLISECONDS)) {
                return fetch(since, number, new Slot());
            }
        }
        return null;
    }

    /** Returns the page in the given {@link Slot}, which is released if the page cannot be fetched. */
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

    /** The place of one page. It is held once by the reading that fetched the page, and once by each row in flight. */
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
