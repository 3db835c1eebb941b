/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.event;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.EventNotifier;
import org.apache.camel.spi.ManagementStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes events to Camel's event notifiers. A notifier that fails does not keep the event from the others. Camel's own
 * helper stops at the first notifier that fails, and throws its failure into the poll or write.
 *
 * <p>Specified by {@code AuditTest} and {@code ErrorsTest}.
 */
public final class EventPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(EventPublisher.class);

    private EventPublisher() {}

    /**
     * Passes an event to each notifier of a context that is started and not disabled. Throws nothing.
     *
     * @param context the context that has the notifiers
     * @param event the event
     */
    public static void tell(CamelContext context, CliniceaEvent event) {
        ManagementStrategy management = context.getManagementStrategy();
        List<EventNotifier> notifiers = management == null ? null : management.getStartedEventNotifiers();
        if (notifiers != null) {
            notifiers.stream().filter(notifier -> !notifier.isDisabled()).forEach(notifier -> tell(notifier, event));
        }
    }

    private static void tell(EventNotifier notifier, CliniceaEvent event) {
        try {
            if (notifier.isEnabled(event)) {
                notifier.notify(event);
            }
        } catch (Throwable e) {
            LOG.warn(
                    "The event notifier {} failed. The poll or write that it was notified of is not affected: {}",
                    notifier.getClass().getName(),
                    event,
                    e);
        }
    }
}
