/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static io.github.camelclinicea.testing.StubClinicea.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.sync.ChangeSync;
import io.github.camelclinicea.sync.Delivery;
import io.github.camelclinicea.sync.HeldRowListener;
import io.github.camelclinicea.sync.OpenSink;
import io.github.camelclinicea.sync.PollResult;
import io.github.camelclinicea.sync.SyncCounters;
import io.github.camelclinicea.sync.SyncSettings;
import io.github.camelclinicea.testing.BetweenPolls;
import io.github.camelclinicea.testing.TestRow;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests when a poll counts as stuck. The test sets the clock, and lets pages and rows arrive and end. */
class SyncHealthCheckTest {
    private static final Instant BEGIN = Instant.parse("2026-06-01T12:00:00Z");
    private static final Duration STALE_AFTER = Duration.ofMinutes(15);

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final ExecutorService poller = Executors.newSingleThreadExecutor();
    private final BlockingQueue<List<Row>> pages = new LinkedBlockingQueue<>();
    private final List<Delivery> held = new CopyOnWriteArrayList<>();
    private volatile Instant now = BEGIN;

    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    };

    private final ChangeSync sync = new ChangeSync(
            (since, number, listener) -> new Page(number, nextPage(), now),
            MemoryIdempotentRepository.memoryIdempotentRepository(new ConcurrentHashMap<>()),
            new SyncSettings("s", Duration.ofMinutes(5), 1, 0, false, 100, 1000, 4, 0),
            null,
            Runnable::run,
            clock,
            null,
            HeldRowListener.NONE,
            new SyncCounters());

    /** The time of the monotonic clock. */
    private volatile long nanos = Long.MAX_VALUE - 1_000_000_000L;

    private final PollTimes times = new PollTimes(() -> nanos, clock);
    private Duration due;
    private String budgetReason;
    private ScheduledPollConsumer consumer;

    @BeforeEach
    void start() throws Exception {
        camel.start();
        consumer = (ScheduledPollConsumer)
                camel.getEndpoint("clinicea:patients?apiKey=k").createConsumer(exchange -> {});
        sync.start(BEGIN);
    }

    @AfterEach
    void stop() {
        poller.shutdownNow();
        BetweenPolls.stop(camel);
    }

    /** Returns the next page. The end of the list stays the end at each request. */
    private List<Row> nextPage() throws InterruptedException {
        List<Row> page = pages.take();
        if (page.isEmpty()) {
            pages.add(page);
        }
        return page;
    }

    private SyncHealthCheck check(Duration staleAfter) {
        return check(staleAfter, Duration.ZERO);
    }

    private SyncHealthCheck check(Duration staleAfter, Duration heldAfter) {
        return new SyncHealthCheck(
                consumer,
                HealthCheck.State.UP,
                () -> sync,
                times,
                since -> Optional.ofNullable(due),
                () -> Optional.ofNullable(budgetReason),
                new SyncHealthCheck.Limits(staleAfter, heldAfter),
                new TakenRows(() -> "patients", Duration.ZERO, clock),
                clock);
    }

    private HealthCheck.Result health() {
        return check(STALE_AFTER).call();
    }

    private Future<PollResult> poll() {
        Future<PollResult> poll = poller.submit(() -> sync.poll((OpenSink) delivery -> {
            held.add(delivery);
        }));
        await().atMost(PATIENCE).until(sync::polling);
        return poll;
    }

    private static List<Row> rows(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> TestRow.of("id" + i, "Added", "then", ("content" + i).getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private void awaitProgress() {
        await().atMost(PATIENCE).until(() -> now.equals(sync.lastProgress()));
    }

    @Test
    void given_a_budget_smaller_than_one_reading_when_no_reading_ended_then_it_is_down_until_one_does() {
        budgetReason = "one reading needs more than 7 requests: raise requestsPerDay";

        assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(health().getMessage().orElse(""))
                .contains("one reading needs more than 7 requests: raise requestsPerDay");

        budgetReason = null;
        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void
            given_a_page_that_does_not_come_when_it_is_waited_for_longer_than_allowed_then_it_is_down_and_says_since_when() {
        poll();
        pass(STALE_AFTER);
        assertThat(health().getState()).as("not longer than allowed").isEqualTo(HealthCheck.State.UP);
        pass(Duration.ofSeconds(1));

        HealthCheck.Result health = health();

        assertThat(health.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(health.getMessage().orElseThrow()).contains("hangs").contains(BEGIN.toString());
        assertThat(health.getDetails())
                .containsEntry("clinicea.noProgressSince", BEGIN.toString())
                .containsEntry("clinicea.rowsInFlight", 0);
    }

    @Test
    void given_a_poll_that_hung_when_its_page_comes_then_it_is_up_again() {
        poll();
        pass(Duration.ofHours(1));
        assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN);

        pages.add(rows(0, 1));
        awaitProgress();

        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(health().getDetails()).doesNotContainKey("clinicea.noProgressSince");
    }

    @Test
    void given_a_route_that_holds_rows_when_it_does_so_for_longer_than_allowed_then_it_is_down_and_says_how_many() {
        poll();
        pages.add(rows(0, 3));
        pages.add(List.of());
        await().atMost(PATIENCE).until(() -> held.size() == 3);
        pass(Duration.ofMinutes(10));
        held.get(0).completed();
        pass(Duration.ofMinutes(10));
        assertThat(health().getState()).as("one ended").isEqualTo(HealthCheck.State.UP);
        pass(Duration.ofMinutes(10));

        HealthCheck.Result health = health();

        assertThat(health.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(health.getDetails())
                .containsEntry("clinicea.rowsInFlight", 2)
                .containsEntry(
                        "clinicea.noProgressSince",
                        BEGIN.plus(Duration.ofMinutes(10)).toString());
        assertThat(health.getMessage().orElseThrow()).contains("rows in flight: 2");
        assertThat(health.getMessage() + " " + health.getDetails())
                .as("no content of a row")
                .doesNotContain("content")
                .doesNotContain("id1");
    }

    @Test
    void given_a_long_sync_that_gets_on_when_asked_then_it_is_up_all_the_time() throws Exception {
        Future<PollResult> poll = poll();
        for (int page = 0; page < 20; page++) {
            pages.add(rows(2 * page, 2));
            int delivered = 2 * page + 2;
            await().atMost(PATIENCE).until(() -> held.size() == delivered);
            pass(Duration.ofMinutes(14));
            assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
            held.get(delivered - 2).completed();
            held.get(delivered - 1).failed(null);
            pass(Duration.ofMinutes(14));
            assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
        }
        pages.add(List.of());

        assertThat(poll.get(30, TimeUnit.SECONDS).emitted()).isEqualTo(40);
    }

    private void run(Duration time) {
        pass(time);
        nanos += time.toNanos();
    }

    private void startConsumer() {
        consumer.setStartScheduler(false);
        consumer.start();
        times.started(Duration.ofMinutes(1));
        due = Duration.ofMinutes(30);
    }

    @Test
    void given_no_poll_that_begins_when_three_are_missing_then_it_is_down_and_says_since_when() {
        startConsumer();
        run(Duration.ofMinutes(31));
        assertThat(health().getState()).as("the initial delay counts").isEqualTo(HealthCheck.State.UP);
        run(Duration.ofSeconds(1));

        HealthCheck.Result health = health();

        assertThat(health.getState()).isEqualTo(HealthCheck.State.DOWN);
        Instant since = BEGIN.plus(Duration.ofMinutes(1));
        assertThat(health.getMessage().orElseThrow()).contains("no poll").contains(since.toString());
        assertThat(health.getDetails()).containsEntry("clinicea.noPollSince", since.toString());
        times.began();
        assertThat(health().getState()).as("one began").isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void given_a_short_delay_when_three_polls_are_missing_then_it_is_down_only_after_healthCheckStaleAfter() {
        startConsumer();
        times.began();
        due = Duration.ofSeconds(3);

        run(STALE_AFTER);

        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
        run(Duration.ofSeconds(1));
        assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN);
    }

    @Test
    void given_a_poll_that_reads_for_long_when_asked_then_others_are_not_missing() {
        startConsumer();
        times.began();
        times.reading();

        run(Duration.ofDays(1));

        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
        times.ended(null);
        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void given_polls_that_back_off_when_none_begins_for_long_then_it_is_up() {
        startConsumer();
        for (int skipped = 0; skipped < 10; skipped++) {
            run(Duration.ofMinutes(20));
            times.leftOut();
        }

        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void given_a_consumer_that_is_suspended_or_stopped_when_none_begins_then_it_is_up() {
        startConsumer();
        consumer.suspend();
        run(Duration.ofDays(1));

        assertThat(health().getState()).as("suspended").isEqualTo(HealthCheck.State.UP);
        consumer.resume();
        assertThat(health().getState()).as("resumed").isEqualTo(HealthCheck.State.DOWN);
        consumer.stop();
        assertThat(health().getState()).as("stopped").isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void given_a_scheduler_that_does_not_say_when_it_polls_when_none_begins_then_it_is_up() {
        startConsumer();
        due = null;

        run(Duration.ofDays(1));

        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void given_0_when_no_poll_begins_then_it_is_not_looked_at() {
        startConsumer();

        run(Duration.ofDays(1));

        assertThat(check(Duration.ZERO).call().getState()).isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void given_a_local_clock_that_jumps_when_asked_then_no_poll_is_missing() {
        startConsumer();

        pass(Duration.ofDays(1));

        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void given_a_row_that_is_held_when_it_is_for_longer_than_healthCheckHeldAfter_then_it_is_down() throws Exception {
        Duration heldAfter = Duration.ofHours(24);
        Future<PollResult> poll = poll();
        pages.add(rows(0, 1));
        pages.add(List.of());
        await().atMost(PATIENCE).until(() -> held.size() == 1);
        held.get(0).failed(new IllegalStateException("content0"));
        poll.get(30, TimeUnit.SECONDS);
        times.ended(sync.holdback().since());
        run(heldAfter);
        assertThat(check(STALE_AFTER, heldAfter).call().getState()).isEqualTo(HealthCheck.State.UP);
        run(Duration.ofSeconds(1));

        HealthCheck.Result health = check(STALE_AFTER, heldAfter).call();

        assertThat(health.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(health.getMessage().orElseThrow())
                .contains("healthCheckHeldAfter")
                .contains(BEGIN.toString());
        assertThat(health.getDetails())
                .containsEntry("clinicea.heldBackSince", BEGIN.toString())
                .containsEntry("clinicea.failedRows", 1);
        assertThat(health.getMessage() + " " + health.getDetails())
                .as("no content of a row")
                .doesNotContain("content")
                .doesNotContain("id0");
        assertThat(check(STALE_AFTER, Duration.ZERO).call().getState())
                .as("0 for ever")
                .isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void given_0_when_a_poll_hangs_then_it_is_not_looked_at() {
        poll();

        pass(Duration.ofDays(1));

        assertThat(check(Duration.ZERO).call().getState()).isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void given_the_check_is_off_when_a_poll_hangs_then_it_does_not_say() {
        poll();
        pass(Duration.ofDays(1));
        SyncHealthCheck check = check(STALE_AFTER);

        check.setEnabled(false);

        assertThat(check.call().getState()).isEqualTo(HealthCheck.State.UNKNOWN);
    }
}
