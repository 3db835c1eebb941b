/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.benchmarks;

import io.github.camelclinicea.consumer.CliniceaConsumer;
import java.io.IOException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Reads with the component's consumer and a counting route.
 *
 * @param bodyType the type of a row's body
 * @param kind the kind of the sync's state
 * @param batching whether the rows of a page are one exchange for each status, or each row is an exchange
 */
record CliniceaRoute(String bodyType, int pagesInFlight, State.Kind kind, boolean batching) implements Peer {

    @Override
    public String name() {
        return "`clinicea:` with `bodyType=" + bodyType + (batching ? "` and `batching" : "") + "`, state "
                + kind.text();
    }

    @Override
    public Sync prepare(String baseUrl, Tally tally) throws Exception {
        State state = State.open(kind);
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.getRegistry().bind("state", state.repository());
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("clinicea:patients?apiKey=none&baseUrl=" + baseUrl + "&idempotentRepository=#state&bodyType="
                                + bodyType + "&pagesInFlight=" + pagesInFlight + "&startScheduler=false&batching="
                                + batching)
                        .routeId("sync")
                        .process(batching ? tally::rows : tally::row);
            }
        });
        camel.start();
        CliniceaConsumer consumer = (CliniceaConsumer) camel.getRoute("sync").getConsumer();
        return new Sync() {
            @Override
            public void run() {
                consumer.run();
            }

            @Override
            public void close() throws IOException {
                camel.stop();
                state.close();
            }
        };
    }
}
