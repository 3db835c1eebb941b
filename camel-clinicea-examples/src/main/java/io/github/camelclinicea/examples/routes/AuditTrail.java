/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import io.github.camelclinicea.event.CliniceaEvent;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs every write to Clinicea and every poll, to a logger of its own, so that the log can have its own file. */
public class AuditTrail extends SimpleEventNotifierSupport {
    private static final Logger TRAIL = LoggerFactory.getLogger("audit");

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof CliniceaEvent) {
            TRAIL.info("{}", event);
        }
    }
}
