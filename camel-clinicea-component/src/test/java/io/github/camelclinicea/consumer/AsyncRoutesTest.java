/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static io.github.camelclinicea.testing.StubClinicea.PATIENTS;
import static io.github.camelclinicea.testing.StubClinicea.patients;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.testing.BetweenPolls;
import io.github.camelclinicea.testing.StubClinicea;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.BrowsableEndpoint;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests routes that finish rows later, on other threads, in another order, or with a failure. */
class AsyncRoutesTest {
    private static final Set<String> IDS =
            IntStream.range(0, 250).mapToObj(i -> "p" + i).collect(Collectors.toUnmodifiableSet());

    private final StubClinicea clinicea = new StubClinicea();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final Map<String, Object> keys = new ConcurrentHashMap<>();
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final Set<String> threads = ConcurrentHashMap.newKeySet();
    private final Map<String, AtomicInteger> tries = new ConcurrentHashMap<>();
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicInteger mostHeld = new AtomicInteger();

    @BeforeEach
    void serve() {
        clinicea.servePatients(patients(0, 100), patients(100, 100), patients(200, 50));
        camel.getRegistry().bind("state", MemoryIdempotentRepository.memoryIdempotentRepository(keys));
        camel.getRegistry().bind("quiet", new QuietExceptionHandler());
    }

    @AfterEach
    void stop() {
        BetweenPolls.stop(camel);
        clinicea.close();
    }

    private String patientsUri() {
        return clinicea.uri("patients", "idempotentRepository=#state&delay=50&pagesInFlight=2&exceptionHandler=#quiet");
    }

    private void start(RouteBuilder routes) throws Exception {
        camel.addRoutes(routes);
        camel.start();
    }

    private void work(Exchange exchange) {
        done.add(id(exchange));
        threads.add(Thread.currentThread().getName());
    }

    private static String id(Exchange exchange) {
        return exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class);
    }

    private boolean checkpointMoved() {
        return keys.keySet().stream().anyMatch(key -> key.startsWith("patients@"));
    }

    private void assertAllOnce() {
        await().until(this::checkpointMoved);
        long requests = clinicea.requests(PATIENTS).size();
        await().until(() -> clinicea.requests(PATIENTS).size() > requests + 12);
        assertThat(done).hasSize(250).containsExactlyInAnyOrderElementsOf(IDS);
        assertThat(keys.keySet()).filteredOn(key -> key.startsWith("patients#")).hasSize(250);
    }

    @Test
    void given_seda_with_several_consumers_when_rows_complete_out_of_order_then_each_comes_once() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(patientsUri()).to("seda:work");
                from("seda:work?pollTimeout=20&concurrentConsumers=5")
                        .process(e -> {
                            mostHeld.accumulateAndGet(held.incrementAndGet(), Math::max);
                            // The first row of each page ends after some later rows.
                            int number = Integer.parseInt(id(e).substring(1));
                            if (number % 100 == 0) {
                                await().until(() -> done.contains("p" + (number + 5)));
                            }
                        })
                        .process(e -> held.decrementAndGet())
                        .process(AsyncRoutesTest.this::work);
            }
        });

        assertAllOnce();
        assertThat(threads).hasSizeGreaterThan(1);
        assertThat(done.get(0)).isNotEqualTo("p0");
        assertThat(mostHeld).hasValueGreaterThan(1);
    }

    @Test
    void given_a_commit_at_completion_that_fails_when_the_route_has_succeeded_then_the_row_comes_again()
            throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(patientsUri())
                        .process(exchange -> exchange.getExchangeExtension()
                                .addOnCompletion(new SynchronizationAdapter() {
                                    @Override
                                    public void onComplete(Exchange completed) {
                                        int attempt = tries.computeIfAbsent(id(completed), id -> new AtomicInteger())
                                                .incrementAndGet();
                                        if (attempt == 1 && id(completed).endsWith("7")) {
                                            completed.setException(new IllegalStateException("the commit failed"));
                                        } else {
                                            work(completed);
                                        }
                                    }

                                    @Override
                                    public int getOrder() {
                                        return 1;
                                    }
                                }));
            }
        });

        assertAllOnce();
        assertThat(tries.get("p7")).hasValue(2);
        assertThat(tries.get("p8")).hasValue(1);
    }

    @Test
    void given_a_seda_queue_when_nothing_is_worked_off_then_no_more_pages_are_taken_than_may_be_in_flight()
            throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(patientsUri()).to("seda:work?size=10000");
            }
        });

        // Two pages of a hundred rows, and no third one after any wait.
        BrowsableEndpoint queue = camel.getEndpoint("seda:work?size=10000", BrowsableEndpoint.class);
        await().until(() -> queue.getExchanges().size() == 200);
        await().during(Duration.ofMillis(500)).until(() -> queue.getExchanges().size() == 200);
        assertThat(checkpointMoved()).isFalse();

        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:work?pollTimeout=20&size=10000").process(AsyncRoutesTest.this::work);
            }
        });

        assertAllOnce();
    }

    @Test
    void given_threads_in_the_route_when_polled_then_each_comes_once() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(patientsUri()).threads(4).process(AsyncRoutesTest.this::work);
            }
        });

        assertAllOnce();
        assertThat(threads).hasSizeGreaterThan(1);
    }

    @Test
    void given_a_splitter_and_a_multicast_in_the_route_when_polled_then_each_comes_once() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(patientsUri())
                        .multicast()
                        .parallelProcessing()
                        .to("direct:one", "direct:two")
                        .end()
                        .process(AsyncRoutesTest.this::work);
                from("direct:one").split(constant("a,b,c")).to("log:part?level=OFF");
                from("direct:two")
                        .aggregate(constant(true), (older, newer) -> newer)
                        .completionSize(10)
                        .to("log:ten?level=OFF");
            }
        });

        assertAllOnce();
    }

    @Test
    void given_a_row_that_fails_twice_after_seda_when_polled_then_it_comes_three_times_and_the_others_once()
            throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(patientsUri()).to("seda:work");
                from("seda:work?pollTimeout=20&concurrentConsumers=3")
                        .process(e -> {
                            if (id(e).equals("p77")
                                    && tries.computeIfAbsent("p77", id -> new AtomicInteger())
                                                    .incrementAndGet()
                                            <= 2) {
                                throw new IllegalStateException("not yet");
                            }
                        })
                        .process(AsyncRoutesTest.this::work);
            }
        });

        assertAllOnce();
        assertThat(tries.get("p77")).hasValue(3);
    }

    @Test
    void given_a_row_that_always_fails_when_polled_then_it_holds_the_timestamp_and_the_others_come_once()
            throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(patientsUri()).threads(3).process(e -> {
                    if (id(e).equals("p3")) {
                        tries.computeIfAbsent("p3", id -> new AtomicInteger()).incrementAndGet();
                        throw new IllegalStateException("never");
                    }
                    work(e);
                });
            }
        });

        await().until(() -> tries.containsKey("p3") && tries.get("p3").get() >= 4);
        assertThat(done).hasSize(249).doesNotHaveDuplicates();
        assertThat(checkpointMoved()).isFalse();
    }

    @Test
    void given_a_dead_letter_channel_when_a_row_fails_then_it_is_the_dead_letters_and_holds_nothing() throws Exception {
        List<String> dead = new CopyOnWriteArrayList<>();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(
                        deadLetterChannel("direct:dead").maximumRedeliveries(1).redeliveryDelay(1));
                from(patientsUri()).process(e -> {
                    if (id(e).equals("p3")) {
                        throw new IllegalStateException("never");
                    }
                    work(e);
                });
                from("direct:dead").process(e -> dead.add(id(e)));
            }
        });

        await().until(this::checkpointMoved);
        assertThat(dead).containsExactly("p3");
        assertThat(Collections.frequency(done, "p3")).isZero();
        assertThat(done).hasSize(249);
    }

    @Test
    void given_rollback_only_when_a_row_ends_so_then_it_has_not_been_delivered() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(patientsUri()).process(e -> {
                    if (id(e).equals("p3")) {
                        tries.computeIfAbsent("p3", id -> new AtomicInteger()).incrementAndGet();
                        e.setRollbackOnly(true);
                    }
                });
            }
        });

        await().until(() -> tries.containsKey("p3") && tries.get("p3").get() >= 3);
        assertThat(checkpointMoved()).isFalse();
    }
}
