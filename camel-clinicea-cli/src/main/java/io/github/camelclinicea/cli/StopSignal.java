/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Notices Ctrl-C and a regular kill, and keeps the process alive until the work has ended. It interrupts no thread by
 * itself: an interrupt closes the file of an H2 database.
 *
 * <p>Specified by {@code CommandLineIT}.
 */
public final class StopSignal implements AutoCloseable {
    private static final int LONGEST_STOP_SECONDS = 30;

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "stop");
    private final Runnable whenRequested;

    /** Begins to listen. */
    public StopSignal() {
        this(() -> {});
    }

    /**
     * Begins to listen.
     *
     * @param whenRequested is called when the process is to stop
     */
    public StopSignal(Runnable whenRequested) {
        this.whenRequested = whenRequested;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void stop() {
        requested.countDown();
        whenRequested.run();
        try {
            ended.await(LONGEST_STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits for a time, or until the stop.
     *
     * @throws StoppedException if the process is to stop
     */
    public void sleep(int millis) throws InterruptedException {
        if (requested.await(millis, TimeUnit.MILLISECONDS)) {
            throw new StoppedException();
        }
    }

    /**
     * Waits for the stop.
     *
     * @throws StoppedException always
     */
    public void await() throws InterruptedException {
        requested.await();
        throw new StoppedException();
    }

    /** Lets the process end. */
    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending.
        }
    }
}
