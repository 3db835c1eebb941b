/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static io.github.camelclinicea.testing.ListedRow.LONG_AGO;
import static io.github.camelclinicea.testing.StubClinicea.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.CliniceaComponent;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.testing.Answer;
import io.github.camelclinicea.testing.BetweenPolls;
import io.github.camelclinicea.testing.ChangeListServer;
import io.github.camelclinicea.testing.ListedRow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.cluster.FileLockClusterService;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests hints that something changed, by {@link CliniceaComponent#pollNow}. The delay is the default of 60 s. */
class PollHintsTest {
    private final ChangeListServer server = new ChangeListServer().firstPage(0);
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final QuietExceptionHandler failures = new QuietExceptionHandler();
    private final List<String> ids = new CopyOnWriteArrayList<>();
    private final CountDownLatch door = new CountDownLatch(1);
    private volatile boolean blocking;

    @AfterEach
    void stop() {
        door.countDown();
        BetweenPolls.stop(camel);
        server.close();
    }

    private CliniceaComponent component() {
        return camel.getComponent("clinicea", CliniceaComponent.class);
    }

    private CliniceaConsumer start(String options) throws Exception {
        add("", options);
        camel.start();
        await().atMost(PATIENCE).until(() -> !consumer().recentPollList().isEmpty());
        return consumer();
    }

    private CliniceaConsumer consumer() {
        return (CliniceaConsumer) camel.getRoute("sync").getConsumer();
    }

    private void add(String prefix, String options) throws Exception {
        camel.disableJMX();
        camel.getShutdownStrategy().setTimeout(1);
        camel.getRegistry().bind("quiet", failures);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(prefix + "clinicea:patients?apiKey=a-key-of-the-tests&baseUrl=" + server.baseUrl()
                                + "&firstPage=0&initialDelay=0&maxRetries=0&exceptionHandler=#quiet" + options)
                        .routeId("sync")
                        .process(exchange -> {
                            ids.add(exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class));
                            if (blocking) {
                                door.await(60, TimeUnit.SECONDS);
                            }
                        });
            }
        });
    }

    // ---- the pause between requests

    /** Keeps what is scheduled, with its delay, until the test runs it. */
    private static final class Timer {
        final List<Long> delays = new ArrayList<>();
        final List<Runnable> tasks = new ArrayList<>();

        ScheduledExecutorService service() {
            return (ScheduledExecutorService) java.lang.reflect.Proxy.newProxyInstance(
                    Timer.class.getClassLoader(),
                    new Class<?>[] {ScheduledExecutorService.class},
                    (proxy, method, arguments) -> {
                        tasks.add((Runnable) arguments[0]);
                        delays.add((Long) arguments[1]);
                        return null;
                    });
        }
    }

    @Test
    void given_hints_when_they_come_fast_then_the_first_requests_at_once_and_all_others_once_a_second_later() {
        AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
        AtomicInteger requests = new AtomicInteger();
        Timer timer = new Timer();
        PollHints hints = new PollHints(now::get, timer::service, requests::incrementAndGet);

        hints.hint();
        hints.hint();
        timer.tasks.get(0).run();
        now.addAndGet(Duration.ofMillis(300).toNanos());
        hints.hint();
        hints.hint();
        timer.tasks.get(1).run();
        now.addAndGet(Duration.ofSeconds(5).toNanos());
        hints.hint();
        timer.tasks.get(2).run();

        assertThat(timer.delays).containsExactly(0L, Duration.ofMillis(700).toNanos(), 0L);
        assertThat(requests).hasValue(3);
    }

    @Test
    void given_a_timer_that_is_shut_down_when_a_hint_comes_then_nothing_happens() {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        timer.shutdownNow();
        AtomicInteger requests = new AtomicInteger();
        PollHints hints = new PollHints(System::nanoTime, () -> timer, requests::incrementAndGet);

        hints.hint();
        hints.hint();

        assertThat(requests).hasValue(0);
    }

    // ---- the poll

    @Test
    void given_a_long_delay_when_a_hint_comes_then_the_change_is_delivered() throws Exception {
        start("");
        server.add(ListedRow.patient("new", LONG_AGO));

        assertThat(component().pollNow("patients")).isTrue();

        await().atMost(PATIENCE).until(() -> ids.contains("new"));
    }

    @Test
    void given_a_poll_that_runs_when_many_hints_come_then_one_more_poll_follows() throws Exception {
        CliniceaConsumer consumer = start("");
        blocking = true;
        server.add(ListedRow.patient("slow", LONG_AGO));
        component().pollNow("patients");
        await().atMost(PATIENCE).until(() -> ids.contains("slow"));
        for (int hint = 0; hint < 100; hint++) {
            component().pollNow("patients");
        }
        await().atMost(PATIENCE).until(() -> pollThreads() == 2);
        blocking = false;
        door.countDown();

        await().atMost(PATIENCE).until(() -> consumer.recentPollList().size() == 3);
        await().during(Duration.ofSeconds(2))
                .atMost(PATIENCE)
                .until(() -> consumer.recentPollList().size() == 3);
    }

    /** Returns the number of requested polls that run, or wait for their turn. */
    private static long pollThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("CliniceaPollNow"))
                .count();
    }

    @Test
    void given_a_key_that_is_refused_when_hints_come_then_it_is_not_sent_again() throws Exception {
        server.answerAlways(0, Answer.refusal(401));
        start("");

        component().pollNow("patients");

        await().atMost(PATIENCE).until(() -> failures.exceptions().size() == 2);
        assertThat(server.requestCount()).isEqualTo(1);
    }

    // ---- no consumer

    @Test
    void given_an_unknown_sync_or_a_stopped_route_when_a_hint_comes_then_it_is_ignored() throws Exception {
        start("&syncId=mine");
        int requests = server.requestCount();

        assertThat(component().pollNow("patients")).isFalse();
        camel.getRouteController().suspendRoute("sync");
        assertThat(component().pollNow("mine")).isFalse();
        camel.getRouteController().stopRoute("sync");
        assertThat(component().pollNow("mine")).isFalse();
        assertThatThrownBy(() -> component().pollNow(null)).hasMessage("syncId");

        assertThat(server.requestCount()).isEqualTo(requests);
    }

    @Test
    void given_master_when_a_hint_comes_to_a_waiting_node_then_it_is_ignored_and_the_leader_polls(@TempDir Path folder)
            throws Exception {
        FileLockClusterService leader = election(folder);
        camel.addService(leader);
        add("master:one:", "");
        camel.start();
        await().atMost(PATIENCE).until(() -> component().pollNow("patients"));
        try (DefaultCamelContext waiting = new DefaultCamelContext()) {
            waiting.addService(election(folder));
            waiting.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("master:one:clinicea:patients?apiKey=a-key-of-the-tests&baseUrl=" + server.baseUrl())
                            .to("log:none?level=OFF");
                }
            });
            waiting.start();

            assertThat(waiting.getComponent("clinicea", CliniceaComponent.class).pollNow("patients"))
                    .isFalse();
        }
        server.add(ListedRow.patient("new", LONG_AGO));
        component().pollNow("patients");

        await().atMost(PATIENCE).until(() -> ids.contains("new"));
    }

    private static FileLockClusterService election(Path folder) {
        FileLockClusterService election = new FileLockClusterService();
        election.setRoot(folder.toString());
        election.setAcquireLockDelay(10, TimeUnit.MILLISECONDS);
        election.setAcquireLockInterval(50, TimeUnit.MILLISECONDS);
        return election;
    }
}
