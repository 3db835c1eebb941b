/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static io.github.camelclinicea.testing.StubClinicea.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.testing.BetweenPolls;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.ScheduledPollConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests which thread a stop interrupts. */
class RequestedPollsTest {
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final CountDownLatch door = new CountDownLatch(1);
    private final ScheduledPollConsumer consumer = newConsumer();
    private final RequestedPolls requests = new RequestedPolls(consumer, this::pollUntilInterrupted);
    private volatile boolean wanted = true;

    private ScheduledPollConsumer newConsumer() {
        camel.disableJMX();
        return new ScheduledPollConsumer(camel.getEndpoint("direct:none"), exchange -> {}) {
            @Override
            protected int poll() {
                return 0;
            }
        };
    }

    @AfterEach
    void stop() {
        door.countDown();
        consumer.stop();
        BetweenPolls.stop(camel);
    }

    private void pollUntilInterrupted() {
        begun.countDown();
        try {
            door.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted.countDown();
        }
    }

    private List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("(" + camel.getName() + ")")
                        && thread.getName().contains("CliniceaPollNow"))
                .toList();
    }

    @Test
    void given_a_poll_that_runs_when_another_request_has_come_and_gone_then_an_interrupt_reaches_the_poll()
            throws Exception {
        camel.start();
        requests.serveCallers(() -> wanted);
        consumer.start();
        requests.requestIfStarted();
        assertThat(begun.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        requests.requestIfStarted();
        await().atMost(PATIENCE).until(() -> threads().size() == 2);
        wanted = false;
        await().atMost(PATIENCE).until(() -> threads().size() == 1);

        requests.interrupt();

        assertThat(interrupted.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void given_a_request_that_waits_for_its_turn_when_interrupted_then_the_poll_that_runs_is() throws Exception {
        camel.start();
        requests.serveCallers(() -> wanted);
        consumer.start();
        requests.requestIfStarted();
        assertThat(begun.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        requests.requestIfStarted();
        await().atMost(PATIENCE).until(() -> threads().size() == 2);

        requests.interrupt();

        assertThat(interrupted.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
}
