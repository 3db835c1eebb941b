/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static io.github.camelclinicea.consumer.PollingCaller.LONG;
import static io.github.camelclinicea.consumer.PollingCaller.id;
import static io.github.camelclinicea.consumer.PollingCaller.takeAndComplete;
import static io.github.camelclinicea.testing.ListedRow.LONG_AGO;
import static io.github.camelclinicea.testing.StubClinicea.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.CliniceaComponent;
import io.github.camelclinicea.testing.BetweenPolls;
import io.github.camelclinicea.testing.ChangeListServer;
import io.github.camelclinicea.testing.ListedRow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.Exchange;
import org.apache.camel.PollingConsumer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.PooledExchangeFactory;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.DefaultContextReloadStrategy;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests how long the rows of callers that poll by themselves live, and what becomes of a row without a place. */
class PolledRowsTest {
    private final ChangeListServer server = new ChangeListServer();
    private final IdempotentRepository state =
            MemoryIdempotentRepository.memoryIdempotentRepository(new ConcurrentHashMap<>());
    private final QuietExceptionHandler failures = new QuietExceptionHandler();
    private final DefaultContextReloadStrategy reload = new DefaultContextReloadStrategy();
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final DefaultCamelContext camel = PollingCaller.context(state, failures);

    @AfterEach
    void stop() {
        BetweenPolls.stop(camel);
        server.close();
    }

    private String uri(String options) {
        return "clinicea:patients?apiKey=a-key-of-the-tests&baseUrl=" + server.baseUrl()
                + "&exceptionHandler=#quiet&maxRetries=0&firstPage=0" + options;
    }

    private String kept(String options) {
        return uri("&idempotentRepository=#state" + options);
    }

    private ConsumerTemplate template() {
        return PollingCaller.template(camel);
    }

    private List<CliniceaConsumer> consumers() {
        return camel.getComponent("clinicea", CliniceaComponent.class).consumers().consumers().stream()
                .map(CliniceaConsumer.class::cast)
                .toList();
    }

    private void addEnricher(String uri) throws Exception {
        camel.addService(reload);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").routeId("enricher").pollEnrich(uri, LONG).process(row -> taken.add(id(row)));
            }
        });
        camel.start();
    }

    private void enrich() {
        Exchange done = camel.createFluentProducerTemplate()
                .to("direct:in")
                .withBody("x")
                .send();
        assertThat(done.getException()).isNull();
    }

    private void reload() {
        reload.onReload("test");
        assertThat(reload.getLastError()).isNull();
    }

    // ---- a reload of the context creates the endpoints again

    @Test
    void given_poll_enrich_when_the_context_is_reloaded_then_the_next_call_gets_the_next_row() throws Exception {
        server.add(ListedRow.patients(0, 3, LONG_AGO));
        addEnricher(kept(""));
        enrich();

        reload();
        enrich();
        reload();
        enrich();

        assertThat(taken).containsExactlyElementsOf(ListedRow.ids(ListedRow.patients(0, 3, LONG_AGO)));
        assertThat(consumers()).hasSize(1);
    }

    @Test
    void given_poll_enrich_with_state_in_memory_when_the_context_is_reloaded_then_the_old_consumer_is_gone()
            throws Exception {
        server.add(ListedRow.patients(0, 3, LONG_AGO));
        addEnricher(uri("&syncFrom=2000-01-01T00:00:00Z"));
        enrich();

        reload();

        assertThat(consumers()).isEmpty();
        enrich();
        assertThat(consumers()).hasSize(1);
    }

    @Test
    void given_a_template_when_the_context_is_reloaded_then_the_next_call_gets_the_next_row() throws Exception {
        server.add(ListedRow.patients(0, 3, LONG_AGO));
        camel.addService(reload);
        ConsumerTemplate template = template();
        taken.add(takeAndComplete(template, kept("")));

        reload();
        taken.add(takeAndComplete(template, kept("")));
        reload();
        taken.add(takeAndComplete(template, kept("")));

        assertThat(taken).containsExactlyElementsOf(ListedRow.ids(ListedRow.patients(0, 3, LONG_AGO)));
        assertThat(consumers()).hasSize(1);
    }

    @Test
    void given_a_polling_consumer_that_is_kept_when_the_context_is_reloaded_then_it_still_gets_rows() throws Exception {
        server.add(ListedRow.patients(0, 2, LONG_AGO));
        camel.addService(reload);
        camel.start();
        PollingConsumer kept = camel.getEndpoint(kept("")).createPollingConsumer();
        kept.start();
        Exchange first = kept.receive(LONG);
        first.getExchangeExtension().handoverCompletions().forEach(completion -> completion.onComplete(first));

        reload();

        assertThat(List.of(id(first), id(kept.receive(LONG)))).containsExactly("p0", "p1");
        kept.stop();
    }

    // ---- another consumer of the same sync

    @Test
    void given_poll_enrich_that_was_removed_when_a_route_polls_the_same_sync_then_it_starts_and_gets_the_rows()
            throws Exception {
        server.add(ListedRow.patients(0, 3, LONG_AGO));
        addEnricher(kept(""));
        enrich();
        camel.getRouteController().stopRoute("enricher");
        camel.removeRoute("enricher");

        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(kept("&initialDelay=0&delay=50")).process(row -> taken.add(id(row)));
            }
        });

        await().atMost(PATIENCE).until(() -> taken.size() == 3);
        assertThat(taken).containsExactly("p0", "p1", "p2");
        assertThat(consumers()).hasSize(1);
    }

    @Test
    void given_a_caller_that_may_call_again_when_a_route_polls_the_same_sync_then_the_route_does_not_start()
            throws Exception {
        server.add(ListedRow.patients(0, 2, LONG_AGO));
        ConsumerTemplate template = template();
        taken.add(takeAndComplete(template, kept("")));

        Throwable failure = catchThrowable(() -> camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(kept("&initialDelay=0")).to("log:none?level=OFF");
            }
        }));

        assertThat(failure).hasStackTraceContaining("syncId 'patients' is in use");
        taken.add(takeAndComplete(template, kept("")));
        assertThat(taken).containsExactly("p0", "p1");
    }

    // ---- stops

    @Test
    void given_a_poll_that_waits_for_a_place_when_another_request_has_come_and_the_context_stops_then_it_ends() {
        server.add(ListedRow.patients(0, 3, LONG_AGO));
        ConsumerTemplate template = template();
        String uri = kept("&pollingConsumerQueueSize=1&delay=1");
        CountDownLatch door = new CountDownLatch(1);
        server.script((request, listed) -> {
            awaitQuietly(door);
            return listed.get();
        });
        // The first call's poll hangs in its request. A second request waits for its turn, and is no longer wanted.
        assertThat(template.receive(uri, 500)).isNull();
        door.countDown();
        await().atMost(PATIENCE).until(() -> consumers().get(0).getRowsInFlight() == 2);
        await().atMost(PATIENCE).until(() -> pollThreads().size() == 1);
        List<Thread> polling = pollThreads();

        camel.stop();

        await().atMost(PATIENCE).until(() -> polling.stream().noneMatch(Thread::isAlive));
    }

    private static void awaitQuietly(CountDownLatch door) {
        try {
            door.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Thread> pollThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("(" + camel.getName() + ")")
                        && thread.getName().contains("CliniceaPollNow"))
                .toList();
    }

    // ---- a row for which the queue has no place

    @ParameterizedTest
    @CsvSource({
        "false, &pollingConsumerCopy=true&pollingConsumerBlockWhenFull=false",
        "false, &pollingConsumerCopy=true&pollingConsumerBlockTimeout=1",
        "true, &pollingConsumerBlockWhenFull=false",
        "true, &pollingConsumerBlockTimeout=1",
        "true, &pollingConsumerCopy=true&pollingConsumerBlockWhenFull=false"
    })
    void given_copies_and_a_full_queue_when_taken_then_each_row_is_delivered_once(boolean pooled, String options) {
        if (pooled) {
            camel.getCamelContextExtension().setExchangeFactory(new PooledExchangeFactory());
        }
        server.add(ListedRow.patients(0, 2, LONG_AGO));
        ConsumerTemplate template = template();
        String uri = kept("&pollingConsumerQueueSize=1" + options);

        template.receiveNoWait(uri);
        await().atMost(PATIENCE).until(() -> !failures.exceptions().isEmpty());
        List<String> rows = new ArrayList<>();
        rows.add(takeAndComplete(template, uri));
        rows.add(takeAndComplete(template, uri));

        assertThat(rows).containsExactlyInAnyOrder("p0", "p1");
        await().atMost(PATIENCE).until(() -> consumers().get(0).getRowsInFlight() == 0);
        assertThat(consumers().get(0).getDeliveredRows()).isEqualTo(2);
    }
}
