/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Works on a {@link Clinic} as its staff would, at a steady rate: adds, changes and deletes patients, appointments and
 * bills. Of ten changes, about seven change a record, two add one and one deletes one.
 *
 * <p>Specified by {@code ClinicActivityTest}.
 */
public final class ClinicActivity implements AutoCloseable {
    /** The highest rate, in changes a minute. */
    public static final int MOST_PER_MINUTE = 60_000;

    private static final List<String> RESOURCES = List.of("patients", "appointments", "bills");

    private final ScheduledExecutorService timer;

    private ClinicActivity(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /**
     * Begins. The caller closes it.
     *
     * @param clinic the clinic to change
     * @param perMinute the number of changes a minute, from 0 to {@link #MOST_PER_MINUTE}
     * @param seed the number that the choice of records is made from
     * @return the running activity
     * @throws IllegalArgumentException if the number of changes is out of range
     */
    public static ClinicActivity start(Clinic clinic, int perMinute, long seed) {
        if (perMinute < 0 || perMinute > MOST_PER_MINUTE) {
            throw new IllegalArgumentException("changes a minute must be from 0 to " + MOST_PER_MINUTE);
        }
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "clinic-activity");
            thread.setDaemon(true);
            return thread;
        });
        if (perMinute > 0) {
            SplittableRandom random = new SplittableRandom(seed);
            long pause = TimeUnit.MINUTES.toNanos(1) / perMinute;
            timer.scheduleAtFixedRate(() -> change(clinic, random), pause, pause, TimeUnit.NANOSECONDS);
        }
        return new ClinicActivity(timer);
    }

    private static void change(Clinic clinic, SplittableRandom random) {
        String resource = RESOURCES.get(random.nextInt(RESOURCES.size()));
        List<String> ids = clinic.ids(resource);
        int kind = random.nextInt(10);
        if (ids.isEmpty() || kind < 2) {
            clinic.add(resource);
            return;
        }
        String id = ids.get(random.nextInt(ids.size()));
        try {
            if (kind == 2) {
                clinic.delete(resource, id);
            } else {
                clinic.change(resource, id);
            }
        } catch (NoSuchElementException e) {
            // Somebody else has deleted it in between.
        }
    }

    /** Ends the work. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
