/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.dsl.Pollers;
import org.springframework.integration.http.dsl.Http;
import org.springframework.integration.metadata.SimpleMetadataStore;
import org.springframework.integration.selector.MetadataStoreSelector;

/**
 * Reads with a Spring Integration flow: a polled page number, an HTTP gateway, a splitter, and a metadata store against
 * repetitions.
 */
record SpringFlow() implements Peer {
    private static final ParameterizedTypeReference<List<Map<String, Object>>> ROWS =
            new ParameterizedTypeReference<>() {};

    @EnableIntegration
    static class Integration {}

    @Override
    public String name() {
        return "Spring Integration flow";
    }

    @Override
    public int pagesInFlight() {
        return 1;
    }

    @Override
    public Sync prepare(String baseUrl, Tally tally) {
        CountDownLatch done = new CountDownLatch(1);
        AtomicInteger next = new AtomicInteger();
        AtomicBoolean ended = new AtomicBoolean();
        String url = BarePages.url(baseUrl);
        AnnotationConfigApplicationContext spring = new AnnotationConfigApplicationContext();
        spring.register(Integration.class);
        spring.registerBean(
                "sync",
                IntegrationFlow.class,
                () -> IntegrationFlow.fromSupplier(
                                () -> ended.get() ? null : next.getAndIncrement(),
                                source -> source.id("pages")
                                        .autoStartup(false)
                                        .poller(Pollers.fixedDelay(1).maxMessagesPerPoll(-1)))
                        .handle(Http.outboundGateway(page -> java.net.URI.create(url + page.getPayload()))
                                .httpMethod(HttpMethod.GET)
                                .requestFactory(new HttpComponentsClientHttpRequestFactory())
                                .expectedResponseType(ROWS))
                        .filter(List.class, rows -> {
                            if (rows.isEmpty()) {
                                ended.set(true);
                                done.countDown();
                            }
                            return !rows.isEmpty();
                        })
                        .split()
                        .filter(new MetadataStoreSelector(
                                message -> BarePages.version((Map<?, ?>) message.getPayload()),
                                new SimpleMetadataStore()))
                        .handle(message -> tally.row((Map<?, ?>) message.getPayload()))
                        .get());
        spring.refresh();
        return new Sync() {
            @Override
            public void run() throws Exception {
                spring.getBean("pages", org.springframework.context.Lifecycle.class)
                        .start();
                done.await();
            }

            @Override
            public void close() {
                spring.close();
            }
        };
    }
}
