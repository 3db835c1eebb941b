/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import io.github.camelclinicea.event.CliniceaEvent;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what was written to Clinicea and read from it, to a logger of its own that can be kept in a file of its own. */
public class AuditTrail extends SimpleEventNotifierSupport {
    private static final Logger TRAIL = LoggerFactory.getLogger("audit");

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof CliniceaEvent) {
            TRAIL.info("{}", event);
        }
    }
}
