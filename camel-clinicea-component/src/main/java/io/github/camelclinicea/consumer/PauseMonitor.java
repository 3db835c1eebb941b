/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects that the whole process stood still: the operating system stopped it, its virtual machine was frozen, or a
 * garbage collection took long. In that time another node may have delivered newer versions, and the route must not
 * overwrite them with rows that were read before. A timer calls {@link #run} at each {@link #INTERVAL}. A slow route
 * does not stop the timer, so it is not a standstill.
 */
public final class PauseMonitor implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(PauseMonitor.class);

    /** The time between two calls of {@link #run}. */
    public static final Duration INTERVAL = Duration.ofSeconds(1);

    /**
     * The shortest standstill. Shorter than the lease of a cluster's leader, and longer than a delay on a busy
     * machine.
     */
    static final Duration STANDSTILL = Duration.ofSeconds(5);

    private final LongSupplier nanoTime;
    private long lastRun;
    private int standstills;

    /**
     * Creates a monitor.
     *
     * @param nanoTime a clock like {@link System#nanoTime}
     */
    public PauseMonitor(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastRun = nanoTime.getAsLong();
    }

    /** Observes the process from one moment on. */
    @FunctionalInterface
    interface Watch {
        /** Returns whether the process has stood still since then. The first call after a standstill detects it. */
        boolean stoodStill();
    }

    /** Returns an observer of standstills from now on. */
    Watch watch() {
        int before = standstills();
        return () -> standstills() != before;
    }

    /** Checks the time since the last check. Throws nothing: a scheduler drops a task that throws. */
    @Override
    public void run() {
        try {
            standstills();
        } catch (RuntimeException | Error e) {
            LOG.warn("A check for a standstill failed with {}. The next check follows", ErrorName.of(e));
        }
    }

    private synchronized int standstills() {
        long now = nanoTime.getAsLong();
        if (now - lastRun > STANDSTILL.toNanos()) {
            standstills++;
        }
        lastRun = now;
        return standstills;
    }
}
