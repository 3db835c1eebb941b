/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import static io.github.camelclinicea.EndpointOptions.require;

import io.github.camelclinicea.catalog.Suggestion;
import io.github.camelclinicea.consumer.QuartzCron;
import io.github.camelclinicea.event.LogText;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.apache.camel.spi.ClassResolver;
import org.apache.camel.util.StringHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the options of Camel's schedulers, which Camel itself reads when a consumer has begun to start. Each method
 * throws an {@link IllegalArgumentException} that names the wrong option.
 *
 * <p>Specified by {@code ScheduleOptionsTest}.
 */
final class ScheduleOptions {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduleOptions.class);

    private static final String QUARTZ = "quartz";
    private static final String PREFIX = "scheduler.";
    private static final String CRON = PREFIX + "cron";
    private static final String TIME_ZONE = PREFIX + "timeZone";
    private static final String IN_THE_KAMELET = " (in the Kamelet, timeZone and cron)";

    /** A class that camel-quartz needs. Some platforms leave its library out. */
    private static final String CRON_OF_QUARTZ = "org.quartz.CronExpression";

    private static final List<String> OF_QUARTZ = List.of(
            "cron",
            "timeZone",
            "triggerId",
            "triggerGroup",
            "deleteJob",
            "quartzScheduler",
            "triggerParameters",
            "jobParameters");
    private static final List<String> PREFIXES_OF_QUARTZ = List.of("trigger.", "job.");

    private static final List<String> OF_DEFAULT = List.of(
            "delay",
            "initialDelay",
            "timeUnit",
            "useFixedDelay",
            "scheduledExecutorService",
            "concurrentConsumers",
            "poolSize");

    private ScheduleOptions() {}

    /**
     * Makes Quartz the scheduler if a cron is set and no scheduler is. Checks that the library is there.
     *
     * @param parameters the parameters of an endpoint's URI, to be changed
     * @param classes finds the classes of Camel's schedulers
     */
    static void prepare(Map<String, Object> parameters, ClassResolver classes) {
        boolean hasCron = parameters.containsKey(CRON);
        Object scheduler = parameters.get("scheduler");
        boolean isCamels = scheduler == null || "none".equals(scheduler) || isCron(scheduler);
        require(
                !hasCron || !isCamels || !parameters.containsKey("delay"),
                "delay and " + CRON
                        + " are both set; in the Kamelet, they are period and cron. They exclude each other, since a cron says when to poll; remove"
                        + " one of them");
        require(
                !hasCron || !"none".equals(scheduler),
                "scheduler=none polls by delay and has no use for " + CRON + "; remove one of them");
        boolean isUnset = scheduler == null;
        if (hasCron && isUnset) {
            parameters.put("scheduler", QUARTZ);
        }
        if (isCron(parameters.get("scheduler"))) {
            require(hasQuartz(classes), missingQuartz(isUnset ? CRON : "scheduler=" + QUARTZ));
        }
    }

    /**
     * Checks that a cron may poll. Quartz does not read {@code startScheduler}.
     *
     * @param scheduler the scheduler, as the option says
     * @param isStarted the option {@code startScheduler}
     */
    static void checkStart(Object scheduler, boolean isStarted) {
        require(
                isStarted || !isCron(scheduler),
                "startScheduler=false has no effect on " + CRON + ", which polls anyway; remove one of them");
    }

    /**
     * Checks the time between two polls. Camel takes 0 for a text that it cannot read, and then polls twice a second.
     *
     * @param delay the delay in milliseconds
     */
    static void checkDelay(long delay) {
        require(delay > 0, "delay must be a time like 60s or 5m, above zero; in the Kamelet, it is period");
    }

    /**
     * Checks that callers that take rows by themselves have no cron: they poll when they ask.
     *
     * @param scheduler the scheduler, as the option says
     */
    static void checkOnDemand(Object scheduler) {
        require(
                !isCron(scheduler),
                CRON + " needs a route: poll by from(), or remove it. pollEnrich and a ConsumerTemplate poll when they"
                        + " ask for a row");
    }

    /** Returns whether a scheduler polls by a cron. */
    static boolean isCron(Object scheduler) {
        return QUARTZ.equals(scheduler);
    }

    private static boolean hasQuartz(ClassResolver classes) {
        Class<?> scheduler = classes.resolveClass(QuartzCron.SCHEDULER);
        if (scheduler == null) {
            return false;
        }
        try {
            // By its own loader: in OSGi, other bundles may not see Quartz.
            Class.forName(CRON_OF_QUARTZ, false, scheduler.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private static String missingQuartz(String option) {
        return option + " needs camel-quartz, and it or Quartz itself is not on the class path. Add"
                + " org.apache.camel:camel-quartz; in Spring Boot, org.apache.camel.springboot:camel-quartz-starter; in"
                + " Quarkus, org.apache.camel.quarkus:camel-quarkus-quartz; in Karaf, the feature camel-clinicea-cron";
    }

    /**
     * Checks the options of a consumer's scheduler.
     *
     * @param scheduler the scheduler, as the option says
     * @param properties its options, without the prefix; null for none
     */
    static void check(Object scheduler, Map<String, Object> properties) {
        Map<String, Object> options = properties == null ? Map.of() : properties;
        if (isCron(scheduler)) {
            options.keySet().forEach(ScheduleOptions::checkNameOfQuartz);
            require(
                    options.containsKey("cron"),
                    "scheduler=" + QUARTZ + " needs " + CRON + ", as in 0 0/5 8-19 ? * MON-SAT");
            checkCron(options.get("cron"));
            checkTimeZone(valueOf(options, "timeZone"));
        } else if (scheduler == null || "none".equals(scheduler)) {
            options.keySet().forEach(ScheduleOptions::checkNameOfDefault);
        }
    }

    private static void checkNameOfQuartz(String name) {
        boolean isKnown = OF_QUARTZ.contains(StringHelper.dashToCamelCase(name))
                || PREFIXES_OF_QUARTZ.stream().anyMatch(name::startsWith);
        require(
                isKnown,
                PREFIX + LogText.of(name) + " is not an option of the scheduler. " + Suggestion.of(name, OF_QUARTZ)
                        + "The options of Quartz are " + String.join(", ", OF_QUARTZ));
    }

    private static void checkNameOfDefault(String name) {
        String known = StringHelper.dashToCamelCase(name);
        boolean isOfQuartz =
                OF_QUARTZ.contains(known) || PREFIXES_OF_QUARTZ.stream().anyMatch(name::startsWith);
        require(
                !isOfQuartz,
                PREFIX + LogText.of(name) + " has no use without " + CRON + IN_THE_KAMELET + "; set that, too");
        require(
                OF_DEFAULT.contains(known),
                PREFIX + LogText.of(name) + " is not an option of the scheduler. "
                        + Suggestion.of(
                                name,
                                Stream.concat(OF_DEFAULT.stream(), OF_QUARTZ.stream())
                                        .toList())
                        + "To poll by a cron, set " + CRON);
    }

    private static Object valueOf(Map<String, Object> options, String name) {
        return options.entrySet().stream()
                .filter(option -> StringHelper.dashToCamelCase(option.getKey()).equals(name))
                .map(Map.Entry::getValue)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static void checkCron(Object value) {
        if (!(value instanceof String cron) || isReference(cron)) {
            return;
        }
        require(EndpointOptions.present(cron), CRON + " is blank; give a cron like 0 0/5 8-19 ? * MON-SAT");
        try {
            QuartzCron.check(cron, Instant.now());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(CRON + "=" + LogText.of(cron) + " " + e.getMessage(), e);
        } catch (LinkageError e) {
            LOG.debug("Quartz itself checks {}: in OSGi, this bundle may not be wired to it", CRON, e);
        }
    }

    /** Java, and so Camel, takes GMT for a time zone that it does not know. */
    private static void checkTimeZone(Object value) {
        if (value instanceof String id && !isReference(id)) {
            require(
                    id.equals("GMT") || !TimeZone.getTimeZone(id).getID().equals("GMT"),
                    TIME_ZONE + "=" + LogText.of(id) + " is not the id of a time zone. "
                            + ConnectionOptions.similarZones(id, Arrays.asList(TimeZone.getAvailableIDs()))
                            + "Give an id like Asia/Kolkata");
        }
    }

    private static boolean isReference(String value) {
        return value.startsWith("#");
    }
}
