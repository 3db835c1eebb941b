/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static io.github.camelclinicea.testing.StubClinicea.PATIENCE;
import static io.github.camelclinicea.testing.StubClinicea.patients;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.sync.PollResult.End;
import io.github.camelclinicea.sync.SyncCounters;
import io.github.camelclinicea.testing.BetweenPolls;
import io.github.camelclinicea.testing.StubClinicea;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests that counters and the last polls outlive a consumer. */
class SyncHistoryTest {
    private final StubClinicea clinicea = new StubClinicea();
    private final DefaultCamelContext camel = new DefaultCamelContext();

    @AfterEach
    void stop() {
        BetweenPolls.stop(camel);
        clinicea.close();
    }

    private void addRoute(String id, String options) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(clinicea.uri("patients", "delay=50&idempotentRepository=#state&exceptionHandler=#quiet" + options))
                        .routeId(id)
                        .process(exchange -> {
                            if ("p1".equals(exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID))) {
                                throw new IllegalStateException("the route is broken");
                            }
                        });
            }
        });
    }

    private CliniceaConsumer consumer(String route) {
        return (CliniceaConsumer) camel.getRoute(route).getConsumer();
    }

    private void start(String options) throws Exception {
        camel.disableJMX();
        camel.getRegistry().bind("quiet", new QuietExceptionHandler());
        camel.getRegistry()
                .bind("state", MemoryIdempotentRepository.memoryIdempotentRepository(new ConcurrentHashMap<>()));
        clinicea.servePatients(patients(0, 3));
        addRoute("sync", options);
        camel.start();
        await().atMost(PATIENCE).until(() -> consumer("sync").counters().failedAttempts() > 1);
    }

    @Test
    void given_a_route_that_is_removed_and_added_again_when_it_polls_then_it_goes_on_counting() throws Exception {
        start("");
        consumer("sync").skipRow("p1");
        await().atMost(PATIENCE).until(() -> consumer("sync").getCleanPolls() > 0);
        CliniceaConsumer before = consumer("sync");
        camel.getRouteController().stopRoute("sync");
        camel.removeRoute("sync");
        long failed = before.getFailedAttempts();
        long clean = before.getCleanPolls();
        assertThat(before.getDeliveredRows()).isEqualTo(2);

        addRoute("sync", "");

        assertThat(consumer("sync")).isNotSameAs(before);
        await().atMost(PATIENCE).until(() -> consumer("sync").getCleanPolls() > clean);
        assertThat(consumer("sync").getDeliveredRows()).isEqualTo(2);
        assertThat(consumer("sync").getSkippedRows()).isEqualTo(1);
        assertThat(consumer("sync").getFailedAttempts()).isEqualTo(failed);
        assertThat(consumer("sync").getLastCleanPoll()).isNotNull();
        assertThat(consumer("sync").recentPollList())
                .extracting(PollSummary::end)
                .contains(End.ROWS_FAILED, End.CLEAN);
    }

    @Test
    void given_another_route_or_sync_when_it_polls_then_it_counts_for_itself() throws Exception {
        start("");

        addRoute("other", "&syncId=other");

        await().atMost(PATIENCE).until(() -> consumer("other").getDeliveredRows() >= 2);
        // In the second poll, a row that is counted twice would show.
        await().atMost(PATIENCE).until(() -> consumer("other").counters().failedAttempts() > 1);
        assertThat(consumer("other").getDeliveredRows()).isEqualTo(2);
        assertThat(consumer("sync").getDeliveredRows()).isEqualTo(2);
    }

    @Test
    void given_rows_of_every_status_when_counted_then_unknown_words_are_one_and_all_add_up() throws Exception {
        SyncCounters counters = new SyncHistory().counters();
        clinicea.servePatients("["
                + String.join(
                        ",",
                        StubClinicea.patient("a", "Added", "2026-01-01T00:00:00"),
                        StubClinicea.patient("b", "MODIFIED", "2026-01-01T00:00:00"),
                        StubClinicea.patient("c", "Jane", "2026-01-01T00:00:00"))
                + "]");
        assertThat(counters.rowsDeliveredByStatus().values()).containsOnly(0L);
        camel.disableJMX();
        camel.getRegistry().bind("quiet", new QuietExceptionHandler());
        camel.getRegistry()
                .bind("state", MemoryIdempotentRepository.memoryIdempotentRepository(new ConcurrentHashMap<>()));
        addRoute("sync", "&batching=true");
        camel.start();

        await().atMost(PATIENCE).until(() -> consumer("sync").getCleanPolls() > 0);

        SyncCounters ours = consumer("sync").counters();
        assertThat(ours.rowsDeliveredByStatus())
                .containsEntry("none", 0L)
                .containsEntry("added", 1L)
                .containsEntry("modified", 1L)
                .containsEntry("deleted", 0L)
                .containsEntry("other", 1L)
                .hasSize(5);
        assertThat(ours.rowsDelivered()).isEqualTo(3);
        assertThat(ours.rowsEmitted()).isEqualTo(3);
        assertThat(ours.batches()).isEqualTo(3);
        assertThat(ours.requests()).isPositive();
    }

    @Test
    void given_more_than_fifty_polls_when_listed_then_the_latest_fifty_come_first() {
        SyncHistory history = new SyncHistory();
        for (int poll = 1; poll <= 60; poll++) {
            history.add(new PollSummary(Instant.EPOCH, Duration.ZERO, poll, 0, 0, 0, 0, End.CLEAN));
        }

        assertThat(history.recentPolls())
                .hasSize(50)
                .extracting(PollSummary::emitted)
                .startsWith(60, 59)
                .endsWith(11);
    }
}
