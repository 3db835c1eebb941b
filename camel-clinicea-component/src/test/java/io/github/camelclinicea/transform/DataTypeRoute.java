/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.transform;

import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.testing.BetweenPolls;
import io.github.camelclinicea.testing.StubClinicea;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A route that polls patients from a stub and transforms each message to a data type, which Camel finds by itself. */
final class DataTypeRoute implements AutoCloseable {
    /** The end of a message: transformed, or failed. */
    record Outcome(Exchange exchange, Exception failure) {
        Object header(String name) {
            return exchange.getMessage().getHeader(name);
        }

        String text() {
            return exchange.getMessage().getBody(String.class);
        }
    }

    private final StubClinicea server = new StubClinicea();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();
    private final List<Object> before = new CopyOnWriteArrayList<>();
    private Processor first = exchange -> {};
    private String by = "direct:transform";
    private boolean handles = true;

    DataTypeRoute() {
        camel.disableJMX();
    }

    StubClinicea server() {
        return server;
    }

    /** Sets the step before the transformation. */
    DataTypeRoute first(Processor step) {
        first = step;
        return this;
    }

    /** Sets the endpoint between the consumer and the transformation. */
    DataTypeRoute by(String uri) {
        by = uri;
        return this;
    }

    /** Lets a message that failed come again. */
    DataTypeRoute retrying() {
        handles = false;
        return this;
    }

    /** Returns the bodies as they were before the transformation. */
    List<Object> before() {
        return before;
    }

    DataTypeRoute start(String dataType, String options, String... pages) throws Exception {
        server.servePatients(pages);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class)
                        .handled(handles)
                        .process(e -> outcomes.add(
                                new Outcome(e.copy(), e.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class))));
                from(server.uri("patients", options)).routeId("polls").to(by);
                from(by).process(e -> before.add(
                                e.getMessage().getBody() == null
                                        ? ""
                                        : e.getMessage().getBody()))
                        .process(first)
                        .transformDataType(dataType)
                        .process(e -> outcomes.add(new Outcome(e.copy(), null)));
            }
        });
        camel.start();
        return this;
    }

    /** Awaits so many messages, and returns them in the order of their end. */
    List<Outcome> outcomes(int count) {
        await().atMost(StubClinicea.PATIENCE).until(() -> outcomes.size() >= count);
        return List.copyOf(outcomes);
    }

    /** Awaits one message. */
    Outcome outcome() {
        return outcomes(1).get(0);
    }

    @Override
    public void close() {
        BetweenPolls.stop(camel);
        server.close();
    }
}
