/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Ends the waiting of one client. It is given when the client is closed, and when all of the context stops: Camel closes a
 * producer only after the exchanges that are under way, so that one which waits would hold up the stop.
 */
public final class StopSignal {
    private static final long LOOK_MILLIS = 200;

    private final CountDownLatch given = new CountDownLatch(1);
    private final BooleanSupplier contextStops;

    /** @param contextStops whether the context is being stopped; asked a few times a second while something waits */
    public StopSignal(BooleanSupplier contextStops) {
        this.contextStops = contextStops;
    }

    public void give() {
        given.countDown();
    }

    public boolean isGiven() {
        return given.getCount() == 0 || contextStops.getAsBoolean();
    }

    /** @throws InterruptedException if the thread is interrupted, or the signal given, before the time is over */
    public void sleep(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            throwIfGiven();
            given.await(Math.min(left, TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS)), TimeUnit.NANOSECONDS);
        }
        throwIfGiven();
    }

    /**
     * @return what becomes of another thread's work
     * @throws InterruptedException if the thread is interrupted, or the signal given, before it is done
     */
    public <T> T await(CompletableFuture<T> work) throws InterruptedException, ExecutionException {
        while (!work.isDone()) {
            throwIfGiven();
            try {
                return work.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                continue;
            }
        }
        // What is there already is no wait: an exchange that a stop lets finish needs its token.
        return work.get();
    }

    public void throwIfGiven() throws InterruptedException {
        if (isGiven()) {
            throw new InterruptedException("the Clinicea client was closed");
        }
    }
}
