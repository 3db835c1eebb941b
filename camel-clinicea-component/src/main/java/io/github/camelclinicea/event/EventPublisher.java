/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.event;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.EventNotifier;
import org.apache.camel.spi.ManagementStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Camel's event notifiers what this component did. Each of them is told, whatever becomes of the others: Camel's own
 * way ends at the first that fails, and hands its failure to whoever tells.
 */
public final class EventPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(EventPublisher.class);

    private EventPublisher() {}

    /**
     * @param context the context whose notifiers are told; those that are not started or are disabled are left out
     * @param event what happened
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
                    "The event notifier {} failed; what it was told, {}, went on all the same",
                    notifier.getClass().getName(),
                    event,
                    e);
        }
    }
}
