package io.github.camelclinicea.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;

/** Reads with the route that a user would write without the component: page after page to the end, each row once. */
record HandWrittenRoute() implements Peer {

    @Override
    public String name() {
        return "Camel route by hand";
    }

    @Override
    public int pagesInFlight() {
        return 1;
    }

    @Override
    public Sync prepare(String baseUrl, Tally tally) throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("timer:poll?repeatCount=1&delay=0")
                        .routeId("sync")
                        .autoStartup(false)
                        .setProperty("page", constant(0))
                        .setProperty("more", constant(true))
                        .loopDoWhile(exchangeProperty("more"))
                        .setBody(constant((Object) null))
                        .setHeader(
                                Exchange.HTTP_QUERY,
                                simple("lastSyncTimestamp=2000-01-01T00:00:00%2B00:00"
                                        + "&intPageNo=${exchangeProperty.page}"))
                        .to(baseUrl + "/api/v1/patients")
                        .unmarshal()
                        .json(List.class)
                        .process(exchange -> {
                            exchange.setProperty("page", exchange.getProperty("page", Integer.class) + 1);
                            exchange.setProperty(
                                    "more",
                                    !exchange.getMessage().getBody(List.class).isEmpty());
                        })
                        .split(body())
                        .idempotentConsumer(simple("${body[PatientID]} ${body[ModifiedDatetime]}"))
                        .idempotentRepository(
                                MemoryIdempotentRepository.memoryIdempotentRepository(new ConcurrentHashMap<>()))
                        .process(exchange -> tally.row(exchange.getMessage().getBody(Map.class)))
                        .end()
                        .end()
                        .end()
                        .process(exchange -> done.countDown());
            }
        });
        camel.start();
        return new Sync() {
            @Override
            public void run() throws Exception {
                camel.getRouteController().startRoute("sync");
                done.await();
            }

            @Override
            public void close() {
                camel.stop();
            }
        };
    }
}
