/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers the meters of one route in all registries, and removes them with the route. A registry that fails keeps no
 * poll and no operation from its work. Used by any thread.
 *
 * <p>Specified by {@code MetersTest}.
 */
final class RouteMeters {
    private static final Logger LOG = LoggerFactory.getLogger(RouteMeters.class);

    private final Registries registries;
    private final Tags tags;
    /** The meters that every registry gets as soon as it is known. */
    private final List<Function<MeterRegistry, Meter>> lasting = new ArrayList<>();

    private final Map<MeterRegistry, Set<Meter>> registered = new LinkedHashMap<>();
    private boolean closed;
    private boolean warned;

    /**
     * @param registries the registries
     * @param tags the tags of every meter of the route
     */
    RouteMeters(Registries registries, Tags tags) {
        this.registries = registries;
        this.tags = tags;
    }

    /** Returns the tags of a meter of this route. */
    Tags tags(Tags more) {
        return tags.and(more);
    }

    /** Registers a meter in every registry, including those that are added later. */
    synchronized void register(Function<MeterRegistry, Meter> meter) {
        lasting.add(meter);
        registered.keySet().forEach(registry -> register(registry, meter));
        meetRegistries();
    }

    private void meetRegistries() {
        if (closed) {
            return;
        }
        for (MeterRegistry registry : registries.known()) {
            if (!registered.containsKey(registry)) {
                registered.put(registry, new HashSet<>());
                lasting.forEach(meter -> register(registry, meter));
            }
        }
    }

    /** Registers a timer, so that its first event is seen as an increase. */
    void registerTimer(ClinicMeter meter, Tags more) {
        register(registry -> timer(registry, meter, more));
    }

    /** Registers a counter, so that its first event is seen as an increase. */
    void registerCounter(ClinicMeter meter, Tags more) {
        register(registry -> counter(registry, meter, more));
    }

    /** Records that something happened and how long it took. */
    void record(ClinicMeter meter, Tags more, Duration took) {
        inEach(registry -> {
            Timer timer = timer(registry, meter, more);
            timer.record(took);
            return timer;
        });
    }

    /** Counts that something happened. */
    void count(ClinicMeter meter, Tags more) {
        inEach(registry -> {
            Counter counter = counter(registry, meter, more);
            counter.increment();
            return counter;
        });
    }

    private Timer timer(MeterRegistry registry, ClinicMeter meter, Tags more) {
        return Timer.builder(meter.meterName())
                .description(meter.description())
                .tags(tags(more))
                .register(registry);
    }

    private Counter counter(MeterRegistry registry, ClinicMeter meter, Tags more) {
        return Counter.builder(meter.meterName())
                .description(meter.description())
                .tags(tags(more))
                .register(registry);
    }

    private void inEach(Function<MeterRegistry, Meter> event) {
        registries.look();
        inEachKnown(event);
    }

    private synchronized void inEachKnown(Function<MeterRegistry, Meter> event) {
        meetRegistries();
        registered.keySet().forEach(registry -> register(registry, event));
    }

    private void register(MeterRegistry registry, Function<MeterRegistry, Meter> meter) {
        if (closed) {
            return;
        }
        try {
            registered.get(registry).add(meter.apply(registry));
        } catch (RuntimeException e) {
            if (!warned) {
                warned = true;
                LOG.warn("A meter of {} could not be registered, or not be updated: {}", tags, e.toString());
            }
        }
    }

    /** Removes all meters. Later events are ignored. */
    synchronized void close() {
        closed = true;
        registered.forEach((registry, meters) -> meters.forEach(meter -> remove(registry, meter)));
        registered.clear();
        lasting.clear();
    }

    private static void remove(MeterRegistry registry, Meter meter) {
        try {
            registry.remove(meter);
        } catch (RuntimeException e) {
            LOG.debug("A meter could not be removed", e);
        }
    }
}
