/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.BrowsableEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OneAtATimeTest {
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final List<String> begun = new CopyOnWriteArrayList<>();
    private final List<String> ended = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);

    @BeforeEach
    void start() throws Exception {
        OneAtATime oneAtATime = new OneAtATime();
        context.getShutdownStrategy().setTimeout(5);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:first").routeId("first").routePolicy(oneAtATime).to("direct:work");
                from("seda:second").routeId("second").routePolicy(oneAtATime).to("direct:work");
                from("direct:work").process(exchange -> {
                    String name = exchange.getMessage().getBody(String.class);
                    begun.add(name);
                    end.await();
                    ended.add(name);
                    if (name.equals("first")) {
                        throw new IllegalStateException("it failed");
                    }
                });
            }
        });
        context.start();
        context.createProducerTemplate().sendBody("seda:first", "first");
        await().until(() -> begun.contains("first"));
        context.createProducerTemplate().sendBody("seda:second", "second");
        await().until(() -> context.getEndpoint("seda:second", BrowsableEndpoint.class)
                .getExchanges()
                .isEmpty());
    }

    @AfterEach
    void stop() {
        end.countDown();
        context.stop();
    }

    @Test
    void given_an_exchange_in_one_route_when_another_route_gets_one_then_it_waits_until_the_first_has_ended() {
        assertThat(begun).containsExactly("first");

        end.countDown();

        await().untilAsserted(() -> assertThat(ended).containsExactly("first", "second"));
    }

    @Test
    void given_an_exchange_that_waits_for_its_turn_when_camel_stops_then_it_ends_too() throws Exception {
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(context::stop);
        await().until(context::isStopping);

        end.countDown();

        stopped.get(20, TimeUnit.SECONDS);
        assertThat(ended).containsExactly("first", "second");
    }
}
