/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static io.github.camelclinicea.testing.StubClinicea.PATIENCE;
import static io.github.camelclinicea.testing.StubClinicea.answer;
import static io.github.camelclinicea.testing.StubClinicea.patients;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.sync.ChangeSync;
import io.github.camelclinicea.testing.BetweenPolls;
import io.github.camelclinicea.testing.LogLines;
import io.github.camelclinicea.testing.StubClinicea;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests what the log says of polls at INFO and WARN. */
class PollLogTest {
    private static final String CAMELS = CliniceaConsumer.class.getName();

    private final StubClinicea clinicea = new StubClinicea();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final LogLines polls = new LogLines(PollReport.class);
    private final LogLines failures = new LogLines(PollFailureLog.class);
    private final LogLines sync = new LogLines(ChangeSync.class.getPackageName());
    private final LogLines consumer = new LogLines(CAMELS);
    private final List<Throwable> handled = new CopyOnWriteArrayList<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private volatile boolean blocking;

    @AfterEach
    void stop() {
        release.countDown();
        BetweenPolls.stop(camel);
        clinicea.close();
        List.of(polls, failures, sync, consumer).forEach(LogLines::close);
    }

    private void start(String options) throws Exception {
        camel.disableJMX();
        camel.getRegistry()
                .bind("state", MemoryIdempotentRepository.memoryIdempotentRepository(new ConcurrentHashMap<>()));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class)
                        .handled(true)
                        .process(exchange ->
                                handled.add(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)));
                from(clinicea.uri("patients", options + "delay=50&maxRetries=0&idempotentRepository=#state"))
                        .routeId("sync")
                        .process(exchange -> {
                            if (blocking) {
                                release.await(60, TimeUnit.SECONDS);
                            }
                        });
            }
        });
        camel.start();
    }

    private CliniceaConsumer consumer() {
        return (CliniceaConsumer) camel.getRoute("sync").getConsumer();
    }

    private void awaitPolls(int more) {
        int before = consumer().recentPollList().size();
        await().atMost(PATIENCE).until(() -> consumer().recentPollList().size() >= before + more);
    }

    @Test
    void given_polls_when_they_emit_rows_or_none_then_only_the_first_kind_is_a_line_at_info() throws Exception {
        clinicea.servePatients(patients(0, 3));
        start("");
        awaitPolls(3);

        assertThat(polls.of("INFO"))
                .singleElement()
                .asString()
                .contains(
                        "patients",
                        "3 rows emitted",
                        "3 delivered",
                        "0 failed",
                        "pages read",
                        " s, CLEAN",
                        "checkpoint")
                .doesNotContain("Testa", StubClinicea.API_KEY);
        assertThat(polls.of("DEBUG")).hasSizeGreaterThan(1);
    }

    @Test
    void given_a_start_when_the_state_is_read_then_one_line_says_where_the_sync_begins_and_why() throws Exception {
        clinicea.servePatients(patients(0, 3));
        start("");
        awaitPolls(3);
        camel.getRouteController().stopRoute("sync");
        camel.getRouteController().startRoute("sync");

        // Other syncs may run in this process.
        List<String> lines = sync.of("INFO").stream()
                .filter(line -> line.startsWith("Sync patients "))
                .toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).contains("syncFrom, 2000-01-01T00:00:00Z", "no checkpoint");
        assertThat(lines.get(1)).contains("goes on from", "the checkpoint in the repository");
        assertThat(sync.of("WARN")).noneMatch(line -> line.startsWith("Sync patients"));
    }

    @Test
    void given_polls_that_fail_when_no_handler_is_set_then_one_line_says_so_and_one_that_they_succeed_again()
            throws Exception {
        clinicea.server().stubFor(any(anyUrl()).willReturn(answer(503)));
        start("");
        awaitPolls(4);
        assertThat(failures.of("WARN")).singleElement().asString().contains("sync", "503");
        assertThat(failures.withStack()).doesNotContain("WARN", "INFO").contains("DEBUG");
        assertThat(consumer.withStack()).isEmpty();

        clinicea.server().resetMappings();
        clinicea.servePatients(patients(0, 3));

        await().atMost(PATIENCE).until(() -> !failures.of("INFO").isEmpty());
        awaitPolls(3);
        assertThat(failures.of("INFO")).singleElement().asString().contains("succeed again");
        assertThat(failures.of("WARN")).hasSize(1);
    }

    @Test
    void given_the_error_handler_is_bridged_when_polls_fail_then_it_gets_each_failure_and_the_log_none()
            throws Exception {
        clinicea.server().stubFor(any(anyUrl()).willReturn(answer(503)));

        start("bridgeErrorHandler=true&");

        await().atMost(PATIENCE).until(() -> handled.size() > 2);
        assertThat(failures.of("WARN")).isEmpty();
    }

    @Tag("proof")
    @Test
    void given_a_poll_that_takes_long_when_it_runs_then_a_line_says_how_far_it_is() throws Exception {
        clinicea.servePatients(patients(0, 3));
        blocking = true;

        start("");

        await().atMost(PATIENCE).until(() -> !polls.of("INFO").isEmpty());
        assertThat(polls.of("INFO").get(0))
                .contains("has been running for 10 s", "1 rows emitted", "0 delivered", "1 in flight", "1 pages read");
    }
}
