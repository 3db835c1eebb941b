/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.evidence;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.testing.ChangeListServer;
import io.github.camelclinicea.testing.StubClinicea;
import io.github.camelclinicea.testing.Warnings;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;

/** Provides a server, the state of a sync, its route, and the warnings of the run. */
abstract class EvidenceTestBase {
    final ChangeListServer server = new ChangeListServer();
    final StateKeys state = new StateKeys();
    final Warnings warnings = new Warnings("io.github.camelclinicea");
    SyncRoute route = new SyncRoute(server, state);

    @AfterEach
    void close() {
        route.close();
        server.close();
        warnings.close();
    }

    /** Ends the context and returns the route of a new context, not started, on the same state. */
    SyncRoute restarted() {
        route.close();
        route = new SyncRoute(server, state);
        return route;
    }

    /** Runs an operation of a producer and waits for it. */
    Exchange call(String resource, String options, Map<String, Object> parameters) {
        if (!route.camel().isStarted()) {
            route.camel().start();
        }
        return route.camel()
                .createFluentProducerTemplate()
                .to("clinicea:" + resource + "?apiKey=" + StubClinicea.API_KEY + "&baseUrl=" + server.baseUrl() + "&"
                        + options)
                .withHeader(CliniceaConstants.PARAMETERS, parameters)
                .send();
    }
}
