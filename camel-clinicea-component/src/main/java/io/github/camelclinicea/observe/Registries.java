/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the meter registries in Camel's registry. A registry may be added later, so it looks again from time to time.
 *
 * <p>Specified by {@code MetersTest}.
 */
final class Registries {
    private static final Logger LOG = LoggerFactory.getLogger(Registries.class);

    /** The name under which Camel's own components look for a registry first. */
    private static final String NAME_IN_CAMEL = "metricsRegistry";

    private static final long LOOK_AGAIN_AFTER = Duration.ofSeconds(10).toNanos();

    private final CamelContext context;
    private final LongSupplier nanoTime;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile Set<MeterRegistry> known = Set.of();
    private volatile long lookAt;

    /**
     * @param context the context with the registry
     * @param nanoTime a monotonic clock like {@link System#nanoTime}
     */
    Registries(CamelContext context, LongSupplier nanoTime) {
        this.context = context;
        this.nanoTime = nanoTime;
        this.lookAt = nanoTime.getAsLong();
    }

    /** Returns the registries that were found. */
    Set<MeterRegistry> known() {
        return known;
    }

    /**
     * Looks for registries, unless that was done a few seconds ago or another thread does. Must not be called with a
     * lock: a look-up may wait for locks of Spring, whose owner may wait for that lock.
     */
    void look() {
        if (nanoTime.getAsLong() - lookAt < 0 || !looking.tryLock()) {
            return;
        }
        try {
            lookAt = nanoTime.getAsLong() + LOOK_AGAIN_AFTER;
            known = find();
        } catch (RuntimeException e) {
            LOG.debug("The meter registries could not be looked up", e);
        } finally {
            looking.unlock();
        }
    }

    private Set<MeterRegistry> find() {
        MeterRegistry named = context.getRegistry().lookupByNameAndType(NAME_IN_CAMEL, MeterRegistry.class);
        if (named != null) {
            return Set.of(named);
        }
        Set<MeterRegistry> found = new HashSet<>(context.getRegistry().findByType(MeterRegistry.class));
        // A meter of a composite is one of its parts, too. Registered with both, it would count twice.
        Set.copyOf(found).forEach(registry -> found.removeAll(parts(registry)));
        return Set.copyOf(found);
    }

    private static Set<MeterRegistry> parts(MeterRegistry registry) {
        Set<MeterRegistry> parts = new HashSet<>();
        if (registry instanceof CompositeMeterRegistry composite) {
            for (MeterRegistry part : composite.getRegistries()) {
                parts.add(part);
                parts.addAll(parts(part));
            }
        }
        return parts;
    }
}
