/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import io.github.camelclinicea.event.CliniceaPollEvent;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;

/**
 * Is notified of each poll that has ended, and of no other event of Camel.
 *
 * <p>Specified by {@code FollowTest} and {@code UnsettledListsTest}.
 */
abstract class PollListener extends EventNotifierSupport {
    PollListener() {
        setIgnoreCamelContextEvents(true);
        setIgnoreExchangeEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreServiceEvents(true);
    }

    @Override
    public final boolean isEnabled(CamelEvent event) {
        return event instanceof CliniceaPollEvent;
    }

    @Override
    public final void notify(CamelEvent event) {
        ended((CliniceaPollEvent) event);
    }

    /** Handles a poll that has ended, on the thread of the poll. */
    abstract void ended(CliniceaPollEvent poll);
}
