/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the whole process stood still: stopped by the operating system, frozen with its virtual machine, or in an
 * endless collection of garbage. What it had read before may have been delivered since in a newer version by another node,
 * over which it must not be written. A route that is slow is no standstill: something else beats meanwhile.
 */
public final class PauseMonitor implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(PauseMonitor.class);

    /** How often it is to beat. */
    public static final Duration BEAT = Duration.ofSeconds(1);

    /** Shorter than any lease that a cluster's leader holds, longer than what a busy machine does. */
    static final Duration STANDSTILL = Duration.ofSeconds(5);

    private final LongSupplier nanoTime;
    private long lastBeat;
    private int standstills;

    /** @param nanoTime as {@link System#nanoTime} */
    public PauseMonitor(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastBeat = nanoTime.getAsLong();
    }

    /** What has happened since a moment. */
    @FunctionalInterface
    interface Watch {
        /** @return whether the process stood still since then; known by the first who asks afterwards */
        boolean stoodStill();
    }

    /** @return a watch that begins now */
    Watch watch() {
        int before = standstills();
        return () -> standstills() != before;
    }

    /** One beat. Survives whatever goes wrong with it: a scheduler drops a task that throws. */
    @Override
    public void run() {
        try {
            standstills();
        } catch (RuntimeException | Error e) {
            LOG.warn("A beat failed with {}; the next one follows", ErrorName.of(e));
        }
    }

    private synchronized int standstills() {
        long now = nanoTime.getAsLong();
        if (now - lastBeat > STANDSTILL.toNanos()) {
            standstills++;
        }
        lastBeat = now;
        return standstills;
    }
}
