/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static io.github.camelclinicea.testing.StubClinicea.PATIENCE;
import static io.github.camelclinicea.testing.StubClinicea.answer;
import static io.github.camelclinicea.testing.StubClinicea.patients;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.testing.BetweenPolls;
import io.github.camelclinicea.testing.StubClinicea;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests polls that an operator requests. */
class PollNowTest {
    private final StubClinicea clinicea = new StubClinicea();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final List<Integer> atOnce = new CopyOnWriteArrayList<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private volatile boolean blocking;

    /** Records how many polls run at once. */
    private final class Strategy implements PollingConsumerPollStrategy {
        @Override
        public boolean begin(Consumer consumer, Endpoint endpoint) {
            atOnce.add(running.incrementAndGet());
            return true;
        }

        @Override
        public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
            running.decrementAndGet();
            ended.incrementAndGet();
        }

        @Override
        public boolean rollback(Consumer consumer, Endpoint endpoint, int retries, Exception cause) {
            running.decrementAndGet();
            ended.incrementAndGet();
            return false;
        }
    }

    @AfterEach
    void stop() {
        release.countDown();
        BetweenPolls.stop(camel);
        clinicea.close();
        assertThat(atOnce).as("never two at once").isNotEmpty().containsOnly(1);
    }

    private CliniceaConsumer start(String options) throws Exception {
        camel.disableJMX();
        camel.getShutdownStrategy().setTimeout(1);
        camel.getRegistry().bind("polls", new Strategy());
        camel.getRegistry().bind("quiet", new QuietExceptionHandler());
        camel.getRegistry()
                .bind("state", MemoryIdempotentRepository.memoryIdempotentRepository(new ConcurrentHashMap<>()));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(clinicea.uri(
                                "patients",
                                "idempotentRepository=#state&pollStrategy=#polls&exceptionHandler=#quiet&" + options))
                        .routeId("sync")
                        .process(exchange -> {
                            if (blocking) {
                                release.await(60, TimeUnit.SECONDS);
                            }
                        });
            }
        });
        camel.start();
        return (CliniceaConsumer) camel.getRoute("sync").getConsumer();
    }

    private void awaitEnded(int polls) {
        await().atMost(PATIENCE).until(() -> ended.get() >= polls);
    }

    @Test
    void given_a_long_delay_when_a_poll_is_requested_then_it_begins_at_once() throws Exception {
        clinicea.servePatients(patients(0, 3));
        CliniceaConsumer consumer = start("delay=600000");
        awaitEnded(1);
        // The strategy hears of the end of a poll before the poll gives up its turn.
        await().atMost(PATIENCE).until(() -> !consumer.requests().isBusy());

        assertThat(consumer.pollNow()).isEqualTo("A poll begins");

        awaitEnded(2);
        assertThat(consumer.recentPollList()).hasSize(2);
    }

    @Test
    void given_a_poll_that_runs_when_polls_are_requested_then_one_begins_right_after_it() throws Exception {
        clinicea.servePatients(patients(0, 3));
        blocking = true;
        CliniceaConsumer consumer = start("delay=600000");
        await().atMost(PATIENCE).until(() -> consumer.getRowsInFlight() > 0);

        assertThat(consumer.pollNow()).contains("right after");
        assertThat(consumer.pollNow()).contains("right after");
        assertThat(ended).hasValue(0);
        release.countDown();

        awaitEnded(2);
        assertThat(consumer.pollNow()).isNotNull();
        awaitEnded(3);
        assertThat(consumer.recentPollList()).hasSize(3);
    }

    @Test
    void given_frequent_polls_when_many_more_are_requested_then_there_are_never_two_at_once() throws Exception {
        clinicea.servePatients(patients(0, 3));
        CliniceaConsumer consumer = start("delay=1");

        for (int request = 0; request < 200; request++) {
            consumer.pollNow();
            if (request % 20 == 0) {
                int polls = ended.get();
                awaitEnded(polls + 1);
            }
        }

        awaitEnded(ended.get() + 2);
    }

    @Test
    void given_polls_that_back_off_when_one_is_requested_then_it_begins_nevertheless() throws Exception {
        clinicea.server().stubFor(any(anyUrl()).willReturn(answer(500)));
        CliniceaConsumer consumer = start("delay=600000&maxRetries=0&backoffErrorThreshold=1&backoffMultiplier=1000");
        awaitEnded(1);

        consumer.pollNow();

        awaitEnded(2);
    }

    @Test
    void given_a_wait_that_retry_after_asks_for_when_a_poll_is_requested_then_the_call_returns_and_a_stop_ends_both()
            throws Exception {
        clinicea.server().stubFor(any(anyUrl()).willReturn(answer(429).withHeader("Retry-After", "600")));
        CliniceaConsumer consumer = start("delay=600000&maxRetryWait=700000");
        await().atMost(PATIENCE)
                .until(() -> !clinicea.requests(StubClinicea.PATIENTS).isEmpty());

        assertThat(consumer.pollNow()).contains("right after");

        camel.getRouteController().stopRoute("sync");
        awaitEnded(1);
        assertThat(clinicea.requests(StubClinicea.PATIENTS)).hasSize(1);
    }

    @Test
    void given_a_requested_poll_that_hangs_in_the_route_when_stopped_and_started_then_it_polls_again()
            throws Exception {
        clinicea.servePatients(patients(0, 3));
        CliniceaConsumer consumer = start("delay=600000");
        awaitEnded(1);
        blocking = true;
        consumer.resetSync();
        consumer.pollNow();
        await().atMost(PATIENCE).until(() -> consumer.getRowsInFlight() > 0);

        camel.getRouteController().stopRoute("sync");
        blocking = false;
        camel.getRouteController().startRoute("sync");

        // The route would hang for a minute.
        awaitEnded(3);
    }

    @Test
    void given_a_route_that_is_suspended_or_stopped_when_a_poll_is_requested_then_the_error_says_so() throws Exception {
        clinicea.servePatients(patients(0, 3));
        CliniceaConsumer consumer = start("delay=600000");
        awaitEnded(1);

        camel.getRouteController().suspendRoute("sync");
        assertThatThrownBy(consumer::pollNow)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sync is suspended");
        camel.getRouteController().resumeRoute("sync");
        consumer.pollNow();
        awaitEnded(2);
        camel.getRouteController().stopRoute("sync");

        assertThatThrownBy(consumer::pollNow)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sync is stopped");
    }
}
