/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.sync.HostileServer.Traits;
import io.github.camelclinicea.sync.PollResult.End;
import io.github.camelclinicea.testing.TestRow;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;

/** Tests that an operator can skip held rows at any moment, and request them again. */
class SkippedRowsTest implements OpenSink {
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final TestRepository repository = new TestRepository(() -> {});
    private final TestRepository.Connection connection = repository.new Connection();
    private final VirtualTime time = new VirtualTime();
    private final Clock clock = new HostileServer(Traits.friendly(), time, 1).localClock();
    private final SyncCounters counters = new SyncCounters();
    private final List<Row> listed = new ArrayList<>();
    private final List<String> emitted = new ArrayList<>();
    private final List<Delivery> inFlight = new ArrayList<>();
    private final Set<String> failing = new HashSet<>();
    private boolean asynchronous;
    private ChangeSync sync;

    private ChangeSync start(boolean transacted) {
        ChangeSync started = new ChangeSync(
                (since, number, listener) -> page(since, number),
                new RepositoryKeys(connection, 0),
                TestSettings.of(false, transacted),
                null,
                Runnable::run,
                clock,
                null,
                HeldRowListener.NONE,
                counters,
                0);
        started.start(FROM);
        return started;
    }

    private Page page(Instant since, int number) {
        List<Row> rows = listed.stream()
                .filter(row -> !Instant.parse(row.modified()).isBefore(since))
                .toList();
        return new Page(number, number > 0 ? List.of() : rows, clock.instant());
    }

    private Row list(String id, String content) {
        Row row =
                TestRow.of(id, "Modified", clock.instant().toString(), (id + content).getBytes(StandardCharsets.UTF_8));
        listed.add(row);
        return row;
    }

    @Override
    public void deliver(Delivery delivery) {
        String text = new String(delivery.row().content(), StandardCharsets.UTF_8);
        emitted.add(text);
        if (asynchronous) {
            inFlight.add(delivery);
        } else {
            end(delivery);
        }
    }

    private void end(Delivery delivery) {
        if (failing.contains(new String(delivery.row().content(), StandardCharsets.UTF_8))) {
            delivery.failed(new IllegalStateException("of the route"));
        } else {
            delivery.completed();
        }
    }

    private End poll() throws Exception {
        time.pass(60_000);
        return sync.poll(this).end();
    }

    /** Lists three rows and polls once. The row {@code p2} fails. */
    private void holdOne() throws Exception {
        sync = start(false);
        list("p1", "a");
        list("p2", "a");
        list("p3", "a");
        failing.add("p2a");
        assertThat(poll()).isEqualTo(End.ROWS_FAILED);
        emitted.clear();
    }

    private void pollLater() throws Exception {
        time.pass(Duration.ofHours(2).toMillis());
        list("p9", Integer.toString(listed.size()));
        assertThat(poll()).isEqualTo(End.CLEAN);
        failing.clear();
        emitted.remove("p9" + (listed.size() - 1));
        assertThat(emitted).isEmpty();
    }

    @Test
    void given_a_held_row_when_skipped_then_no_poll_and_no_restart_brings_it_again_and_it_is_not_delivered()
            throws Exception {
        holdOne();
        assertThat(sync.checkpoint()).isEqualTo(FROM);

        assertThat(sync.skip("p2"))
                .singleElement()
                .extracting(HeldRow::recordId)
                .isEqualTo("p2");

        assertThat(sync.heldRows()).isEmpty();
        sync = start(false);
        assertThat(poll()).isEqualTo(End.CLEAN);
        assertThat(sync.checkpoint()).isAfter(FROM);
        assertThat(sync.holdback()).isEqualTo(Holdback.NONE);
        pollLater();
        sync = start(false);
        pollLater();
        assertThat(counters.rowsSkipped()).isEqualTo(1);
        assertThat(counters.rowsDelivered()).as("p1, p3 and the two later ones").isEqualTo(4);
        assertThat(counters.failedAttempts()).isEqualTo(1);
    }

    @Test
    void given_a_skipped_row_when_its_record_changes_then_the_new_version_is_delivered() throws Exception {
        holdOne();
        sync.skip("p2");

        listed.remove(1);
        list("p2", "b");

        assertThat(poll()).isEqualTo(End.CLEAN);
        assertThat(emitted).containsExactly("p2b");
        assertThat(repository.keys('#')).hasSize(3);
    }

    @Test
    void given_no_such_row_when_skipped_then_nothing_happens() throws Exception {
        holdOne();
        Set<String> before = Set.copyOf(repository.keys());

        assertThat(sync.skip("p1")).isEmpty();
        assertThat(sync.skip("")).isEmpty();
        assertThat(sync.skip(null)).isEmpty();

        assertThat(sync.heldRows()).hasSize(1);
        assertThat(repository.keys()).isEqualTo(before);
        assertThat(counters.rowsSkipped()).isZero();
    }

    @Test
    void given_a_guid_in_other_letters_when_skipped_then_its_row_is() throws Exception {
        String id = "0a1b2c3d-0000-4000-8000-00000000000e";
        sync = start(false);
        list(id, "a");
        failing.add(id + "a");
        poll();

        assertThat(sync.skip(id.toUpperCase(Locale.ROOT))).hasSize(1);

        assertThat(poll()).isEqualTo(End.CLEAN);
    }

    @Test
    void given_two_held_rows_of_one_record_when_it_is_skipped_then_both_are() throws Exception {
        sync = start(false);
        list("p2", "a");
        list("p2", "b");
        failing.addAll(List.of("p2a", "p2b"));
        poll();
        assertThat(sync.heldRows()).hasSize(2);
        emitted.clear();

        assertThat(sync.skip("p2")).hasSize(2);

        assertThat(poll()).isEqualTo(End.CLEAN);
        pollLater();
        assertThat(counters.rowsSkipped()).isEqualTo(2);
    }

    @Test
    void given_two_held_rows_of_one_record_when_one_is_skipped_by_its_version_then_the_other_stays() throws Exception {
        sync = start(false);
        Row one = list("p2", "a");
        list("p2", "b");
        failing.addAll(List.of("p2a", "p2b"));
        poll();
        emitted.clear();

        assertThat(sync.skip(one.version().text())).hasSize(1);

        assertThat(poll()).isEqualTo(End.ROWS_FAILED);
        assertThat(emitted).containsExactly("p2b");
    }

    @Test
    void given_a_held_row_without_an_id_when_skipped_by_its_version_then_it_does_not_come_again() throws Exception {
        sync = start(false);
        Row row = list(null, "a");
        failing.add("nulla");
        poll();
        assertThat(sync.heldRows())
                .singleElement()
                .extracting(HeldRow::recordId)
                .isNull();

        assertThat(sync.skip(row.version().text())).hasSize(1);

        emitted.clear();
        assertThat(poll()).isEqualTo(End.CLEAN);
        assertThat(emitted).isEmpty();
    }

    @Test
    void given_a_repository_that_fails_when_skipped_then_the_row_stays_held_and_comes_again() throws Exception {
        holdOne();
        connection.failAfter(0, 200);

        assertThatThrownBy(() -> sync.skip("p2")).hasMessageContaining("out of order");

        connection.heal();
        assertThat(sync.heldRows()).hasSize(1);
        assertThat(counters.rowsSkipped()).isZero();
        assertThat(poll()).isEqualTo(End.ROWS_FAILED);
        assertThat(emitted).containsExactly("p2a");
    }

    @Test
    void given_a_repository_that_fails_after_it_kept_one_key_when_two_rows_are_skipped_then_a_restart_brings_both()
            throws Exception {
        sync = start(false);
        list("p2", "a");
        list("p2", "b");
        failing.addAll(List.of("p2a", "p2b"));
        poll();
        // The first key is added and confirmed.
        connection.failAfter(2, 8);

        assertThatThrownBy(() -> sync.skip("p2")).hasMessageContaining("out of order");

        emitted.clear();
        sync = start(false);
        poll();
        assertThat(emitted).containsExactly("p2a", "p2b");
    }

    @Test
    void given_a_row_in_flight_when_skipped_and_it_fails_then_it_is_held_no_more() throws Exception {
        holdOne();
        asynchronous = true;
        time.pass(60_000);
        sync.poll(new OpenSink() {
            @Override
            public void deliver(Delivery delivery) {
                SkippedRowsTest.this.deliver(delivery);
                assertThat(sync.skip("p2")).hasSize(1);
                assertThat(counters.rowsSkipped())
                        .as("it may still be delivered")
                        .isZero();
                end(delivery);
            }
        });

        assertThat(sync.heldRows()).isEmpty();
        assertThat(counters.rowsSkipped()).isEqualTo(1);
        emitted.clear();
        asynchronous = false;
        assertThat(poll()).isEqualTo(End.CLEAN);
        assertThat(emitted).isEmpty();
    }

    @Test
    void given_a_row_in_flight_when_skipped_and_it_is_delivered_then_it_counts_as_delivered() throws Exception {
        holdOne();
        failing.clear();
        asynchronous = true;
        time.pass(60_000);
        sync.poll(new OpenSink() {
            @Override
            public void deliver(Delivery delivery) {
                assertThat(sync.skip("p2")).hasSize(1);
                end(delivery);
            }
        });

        assertThat(sync.heldRows()).isEmpty();
        assertThat(counters.rowsSkipped()).isZero();
        assertThat(counters.rowsDelivered()).isEqualTo(3);
    }

    @Test
    void given_a_row_that_is_about_to_be_emitted_when_skipped_then_the_route_does_not_see_it() throws Exception {
        holdOne();
        boolean[] skipped = {false};
        time.pass(60_000);

        PollResult result = sync.poll(new OpenSink() {
            @Override
            public boolean open() {
                if (!skipped[0] && !sync.skip("p2").isEmpty()) {
                    skipped[0] = true;
                }
                return true;
            }

            @Override
            public void deliver(Delivery delivery) {
                SkippedRowsTest.this.deliver(delivery);
            }
        });

        assertThat(skipped[0]).isTrue();
        assertThat(emitted).isEmpty();
        assertThat(result.emitted()).isZero();
        assertThat(counters.rowsSkipped()).isEqualTo(1);
        assertThat(poll()).isEqualTo(End.CLEAN);
    }

    @Test
    void given_rows_that_wait_for_their_next_attempt_when_all_are_requested_then_the_next_poll_emits_them_once()
            throws Exception {
        holdOne();
        for (int attempt = 2; attempt <= 10; attempt++) {
            poll();
        }
        emitted.clear();
        poll();
        assertThat(emitted).as("it waits").isEmpty();

        assertThat(sync.retryHeldRows()).isEqualTo(1);

        assertThat(sync.heldRows().get(0).nextAttempt()).isBeforeOrEqualTo(clock.instant());
        poll();
        poll();
        assertThat(emitted).as("and waits again").containsExactly("p2a");
    }

    @Test
    void given_a_transaction_when_a_held_row_is_skipped_then_it_does_not_count_as_delivered() throws Exception {
        sync = start(true);
        list("p2", "a");
        failing.add("p2a");
        poll();

        assertThat(sync.skip("p2")).hasSize(1);

        failing.clear();
        emitted.clear();
        assertThat(poll()).isEqualTo(End.CLEAN);
        assertThat(emitted).isEmpty();
        assertThat(counters.rowsDelivered()).isZero();
        assertThat(counters.rowsSkipped()).isEqualTo(1);
    }

    @Test
    void given_a_transaction_when_a_row_is_skipped_just_before_it_is_emitted_then_it_does_not_count_as_delivered()
            throws Exception {
        sync = start(true);
        list("p2", "a");
        failing.add("p2a");
        poll();
        emitted.clear();
        boolean[] done = {false};
        time.pass(60_000);

        sync.poll(new OpenSink() {
            @Override
            public boolean open() {
                if (!done[0]) {
                    done[0] = !sync.skip("p2").isEmpty();
                }
                return true;
            }

            @Override
            public void deliver(Delivery delivery) {
                SkippedRowsTest.this.deliver(delivery);
            }
        });

        assertThat(emitted).isEmpty();
        assertThat(counters.rowsDelivered()).isZero();
        assertThat(counters.rowsSkipped()).isEqualTo(1);
    }

    /** Skips by one thread while another polls. A row may be on its way to the route when its skip returns. */
    @Test
    void given_polls_when_rows_are_skipped_by_another_thread_then_each_is_emitted_once_more_at_most() throws Exception {
        MemoryIdempotentRepository real = new MemoryIdempotentRepository(new ConcurrentHashMap<>());
        for (int row = 0; row < 80; row++) {
            list("p" + row, "a");
        }
        Set<String> skipped = ConcurrentHashMap.newKeySet();
        Map<String, Integer> emittedAfter = new ConcurrentHashMap<>();
        sync = new ChangeSync(
                (since, number, listener) -> new Page(number, number > 0 ? List.of() : listed, NOW),
                new RepositoryKeys(real),
                new SyncSettings("s", TestSettings.OVERLAP, 1, 0, true, 100, 10, 4, 0),
                null,
                Runnable::run,
                Clock.fixed(NOW, ZoneOffset.UTC),
                null,
                HeldRowListener.NONE,
                counters,
                0);
        sync.start(FROM);
        OpenSink route = delivery -> {
            if (skipped.contains(delivery.row().id())) {
                emittedAfter.merge(delivery.row().id(), 1, Integer::sum);
            }
            delivery.failed(null);
        };
        sync.poll(route);
        Thread operator = new Thread(() -> {
            for (int row = 0; row < 80; row++) {
                sync.skip("p" + row);
                skipped.add("p" + row);
            }
        });
        operator.start();

        while (operator.isAlive()) {
            sync.retryHeldRows();
            sync.poll(route);
        }
        operator.join();

        assertThat(emittedAfter.values()).allMatch(times -> times == 1);
        emittedAfter.clear();
        assertThat(sync.heldRows()).isEmpty();
        assertThat(sync.poll(route).end()).isEqualTo(End.CLEAN);
        assertThat(emittedAfter).isEmpty();
        assertThat(counters.rowsSkipped()).isEqualTo(80);
        assertThat(counters.rowsDelivered()).isZero();
    }
}
