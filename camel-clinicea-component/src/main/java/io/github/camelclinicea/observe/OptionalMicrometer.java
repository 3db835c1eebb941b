/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.observe;

import org.apache.camel.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures a component if Micrometer is on the class path.
 *
 * <p>Specified by {@code CliniceaJarIT}.
 */
public final class OptionalMicrometer {
    private static final Logger LOG = LoggerFactory.getLogger(OptionalMicrometer.class);

    private OptionalMicrometer() {}

    /** Returns the observer that registers meters, or {@link ComponentObserver#NONE} without Micrometer. */
    public static ComponentObserver observerOf(Component component) {
        try {
            return new MicrometerObserver(component);
        } catch (NoClassDefFoundError e) {
            LOG.debug("Micrometer is not on the class path, so there are no meters: {}", e.getMessage());
            return ComponentObserver.NONE;
        }
    }
}
