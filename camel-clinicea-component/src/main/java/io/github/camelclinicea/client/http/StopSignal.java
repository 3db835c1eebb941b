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
 * Ends all waits of one client. The signal is given when the client is closed, and when the Camel context is being
 * stopped. Camel closes a producer only after its exchanges have completed, so an exchange that waits would delay the
 * stop.
 *
 * <p>A wait reads the state of the context five times a second. A {@code LifecycleStrategy} of Camel is no replacement.
 * It is notified before the state changes, so a wait that begins between the two would miss both.
 *
 * <p>Specified by {@code StopWhileWaitingTest} and {@code CliniceaClientTest}.
 */
public final class StopSignal {
    private static final long LOOK_MILLIS = 200;

    private final CountDownLatch given = new CountDownLatch(1);
    private final BooleanSupplier contextStops;

    /**
     * Creates a signal that has not been given.
     *
     * @param contextStops returns whether the Camel context is being stopped; called five times a second during a wait
     */
    public StopSignal(BooleanSupplier contextStops) {
        this.contextStops = contextStops;
    }

    /** Gives the signal, for good. */
    public void give() {
        given.countDown();
    }

    /** Returns whether the signal was given, or the context is being stopped. */
    public boolean isGiven() {
        return given.getCount() == 0 || contextStops.getAsBoolean();
    }

    /**
     * Waits for a time.
     *
     * @throws InterruptedException if the thread is interrupted, or the signal given, before the time is over
     */
    public void sleep(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            throwIfGiven();
            given.await(Math.min(left, TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS)), TimeUnit.NANOSECONDS);
        }
        throwIfGiven();
    }

    /**
     * Waits for the result of another thread's work and returns it. A result that is already there is returned even if
     * the signal was given, because an exchange that a stop lets complete needs its token.
     *
     * @param <T> the type of the result
     * @throws ExecutionException if the work failed
     * @throws InterruptedException if the thread is interrupted, or the signal given, before the work is done
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
        return work.get();
    }

    /**
     * Throws if the signal was given.
     *
     * @throws InterruptedException if {@link #isGiven}
     */
    public void throwIfGiven() throws InterruptedException {
        if (isGiven()) {
            throw new InterruptedException("the Clinicea client was closed");
        }
    }
}
