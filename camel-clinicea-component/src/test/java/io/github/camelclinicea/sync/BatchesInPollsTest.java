/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.row.RowVersion;
import io.github.camelclinicea.sync.PollResult.End;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests polls with {@code batching}, in one thread that is server, sync and route in turn. */
@Timeout(60)
class BatchesInPollsTest {
    private static final int STUCK = 10_000;
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private final List<Row> list = new ArrayList<>();
    private final TestRepository repository = new TestRepository(() -> {});
    private final TestRepository.Connection connection = repository.new Connection();
    private final Route route = new Route();
    private int pageSize = 10;
    private int pagesInFlight = 1;
    private int maxRows;
    private boolean transacted;
    private EchoMarks echoes;
    private ChangeSync sync;

    /** Records each delivery as its status and rows; one with several attempts has their number behind it. */
    private static final class Route implements RowSink {
        private final List<String> emitted = new ArrayList<>();
        private final Deque<Delivery> unfinished = new ArrayDeque<>();
        private final Set<String> poison = new HashSet<>();
        private Consumer<Delivery> end = this::finish;
        private Runnable whileWaiting = () -> {};
        private boolean open = true;
        private boolean mayWait = true;
        private int looks;

        @Override
        public boolean open() {
            if (++looks > STUCK) {
                throw new AssertionError("stuck after " + emitted);
            }
            whileWaiting.run();
            return open;
        }

        @Override
        public boolean mayWait() {
            return mayWait;
        }

        @Override
        public boolean wants(Row row) {
            return true;
        }

        @Override
        public void deliver(Delivery delivery) {
            emitted.add(text(delivery));
            end.accept(delivery);
        }

        private void finish(Delivery delivery) {
            if (delivery.rows().stream().anyMatch(row -> poison.contains(content(row)))) {
                delivery.failed(new IllegalStateException("poison"));
            } else {
                delivery.completed();
            }
        }

        private void finishNext() {
            if (!unfinished.isEmpty()) {
                finish(unfinished.poll());
            }
        }

        private List<String> emitted() {
            List<String> since = List.copyOf(emitted);
            emitted.clear();
            return since;
        }
    }

    private static String content(Row row) {
        return new String(row.content(), StandardCharsets.UTF_8);
    }

    private static String text(Delivery delivery) {
        return delivery.row().status() + " "
                + delivery.rows().stream().map(BatchesInPollsTest::content).collect(Collectors.joining(" "))
                + (delivery.attempt() == 1 ? "" : " #" + delivery.attempt());
    }

    /** Returns a row whose id is the letters of its content. */
    private static Row row(String content, String status) {
        return row(content, status, null);
    }

    private static Row row(String content, String status, String defect) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        String id = content.replaceAll("[0-9]", "");
        String modified = "2026-06-01T11:00:0" + content.replaceAll("[^0-9]", "");
        return new Row(id, status, modified, bytes, null, RowVersion.of(id, status, modified, bytes), defect);
    }

    private static List<Row> rows(String status, String... contents) {
        return List.of(contents).stream().map(content -> row(content, status)).toList();
    }

    private Page page(Instant since, int number) {
        int from = Math.min(list.size(), number * pageSize);
        return new Page(number, List.copyOf(list.subList(from, Math.min(list.size(), from + pageSize))), NOW);
    }

    private ChangeSync newSync() {
        return new ChangeSync(
                (since, number, listener) -> page(since, number),
                connection,
                TestSettings.of(pagesInFlight, pageSize, maxRows, true, transacted),
                Runnable::run,
                Clock.fixed(NOW, ZoneOffset.UTC),
                echoes,
                0);
    }

    private PollResult poll() throws Exception {
        if (sync == null) {
            sync = newSync();
            sync.start(NOW.minus(Duration.ofDays(10)));
        }
        return sync.poll(route);
    }

    private List<String> held() {
        return sync.heldRows().stream()
                .map(row -> row.recordId() + " #" + row.attempts())
                .toList();
    }

    private int ledgerSize() {
        return repository.keys('#').size();
    }

    /** Lets deliveries end while the sync waits. */
    private void endLater() {
        route.end = route.unfinished::add;
        route.whileWaiting = route::finishNext;
    }

    @Nested
    class OnePage {
        @Test
        void given_rows_of_several_statuses_when_polled_then_each_status_is_one_delivery() throws Exception {
            list.addAll(List.of(row("a1", "Added"), row("b1", "Modified"), row("c1", "Added"), row("d1", null)));
            List<String> places = new ArrayList<>();
            route.end = delivery -> {
                places.add(delivery.position().index() + " of "
                        + delivery.position().size());
                delivery.completed();
            };

            PollResult result = poll();

            assertThat(route.emitted()).containsExactly("Added a1 c1", "Modified b1", "null d1");
            assertThat(places).as("batches of the page").containsExactly("0 of 3", "1 of 3", "2 of 3");
            assertThat(result.end()).isEqualTo(End.CLEAN);
            assertThat(result.emitted()).as("rows").isEqualTo(4);
            assertThat(result.delivered()).as("rows").isEqualTo(4);
            assertThat(ledgerSize()).isEqualTo(4);
            assertThat(poll().emitted()).isZero();
        }

        @Test
        void given_an_echo_among_the_rows_of_a_page_when_polled_then_the_batch_is_without_it() throws Exception {
            echoes = new EchoMarks(connection, "s", Clock.fixed(NOW, ZoneOffset.UTC));
            list.addAll(BatchesInPollsTest.rows("Added", "a1", "b1", "c1"));
            poll();
            route.emitted();
            EchoMarks writer = new EchoMarks(repository.new Connection(), "s", Clock.fixed(NOW, ZoneOffset.UTC));
            writer.guard("b");
            assertThat(writer.mark(row("b2", "Added"), List.of(row("b1", "Added"))))
                    .isTrue();
            list.clear();
            list.addAll(BatchesInPollsTest.rows("Added", "a2", "b2", "c2"));

            assertThat(poll().end()).isEqualTo(End.CLEAN);

            assertThat(route.emitted()).containsExactly("Added a2 c2");
            assertThat(sync.echoesDropped()).isEqualTo(1);
            assertThat(poll().emitted()).isZero();
        }

        @Test
        void given_a_record_in_two_statuses_when_polled_then_their_order_is_kept() throws Exception {
            list.addAll(List.of(row("a1", "Added"), row("b1", "Modified"), row("a2", "Modified"), row("c1", "Added")));
            endLater();

            assertThat(poll().end()).isEqualTo(End.CLEAN);

            assertThat(route.emitted()).containsExactly("Added a1", "Modified b1", "Modified a2", "Added c1");
            assertThat(ledgerSize()).isEqualTo(4);
        }

        @Test
        void given_a_record_in_two_statuses_when_the_first_has_not_ended_then_the_second_is_not_emitted()
                throws Exception {
            list.addAll(List.of(row("a1", "Added"), row("a2", "Modified")));
            endLater();
            int[] looks = {0};
            route.whileWaiting = () -> {
                if (++looks[0] == 20) {
                    assertThat(route.emitted).containsExactly("Added a1");
                    route.end = route::finish;
                    route.finishNext();
                }
            };

            assertThat(poll().end()).isEqualTo(End.CLEAN);

            assertThat(route.emitted()).containsExactly("Added a1", "Modified a2");
        }

        @Test
        void given_siblings_of_one_status_when_polled_then_they_share_a_batch() throws Exception {
            list.addAll(List.of(row("a1", "Modified"), row("b1", "Modified"), row("a2", "Modified")));

            assertThat(poll().end()).isEqualTo(End.CLEAN);

            assertThat(route.emitted()).containsExactly("Modified a1 b1 a2");
            assertThat(sync.rowsInFlight()).isZero();
            assertThat(ledgerSize()).isEqualTo(3);
            assertThat(poll().emitted()).isZero();
        }

        @Test
        void given_siblings_in_a_batch_that_fails_when_polled_then_they_are_emitted_one_after_the_other()
                throws Exception {
            list.addAll(List.of(row("a1", "Modified"), row("a2", "Modified"), row("b1", "Modified")));
            route.poison.add("a1");

            assertThat(poll().end()).isEqualTo(End.ROWS_FAILED);

            assertThat(route.emitted())
                    .containsExactly("Modified a1 a2 b1", "Modified a1 #2", "Modified a2 #2", "Modified b1 #2");
            assertThat(held()).containsExactly("a #2");
            assertThat(sync.rowsInFlight()).isZero();
        }

        @Test
        void given_an_asynchronous_route_when_a_batch_with_siblings_fails_then_no_two_are_in_flight_together()
                throws Exception {
            list.addAll(List.of(row("a1", "Modified"), row("a2", "Modified"), row("b1", "Modified")));
            route.poison.add("a1");
            endLater();
            route.end = delivery -> {
                assertThat(route.unfinished)
                        .noneMatch(other ->
                                other.row().recordKey() == delivery.row().recordKey());
                route.unfinished.add(delivery);
            };

            assertThat(poll().end()).isEqualTo(End.ROWS_FAILED);

            assertThat(route.emitted()).hasSize(4);
            assertThat(held()).containsExactly("a #2");
        }

        @Test
        void given_a_row_with_a_defect_when_polled_then_it_is_alone() throws Exception {
            list.addAll(List.of(row("a1", "Added"), row("b1", "Added", "no JSON"), row("c1", "Added")));

            poll();

            assertThat(route.emitted()).containsExactlyInAnyOrder("Added a1 c1", "Added b1");
        }
    }

    @Nested
    class FailedBatch {
        @BeforeEach
        void poison() {
            list.addAll(rows("Added", "a1", "b1", "c1"));
            route.poison.add("b1");
        }

        @Test
        void given_a_poison_row_when_polled_then_it_alone_is_held_after_two_attempts() throws Exception {
            assertThat(poll().end()).isEqualTo(End.ROWS_FAILED);

            assertThat(route.emitted()).containsExactly("Added a1 b1 c1", "Added a1 #2", "Added b1 #2", "Added c1 #2");
            assertThat(held()).containsExactly("b #2");
            assertThat(ledgerSize()).isEqualTo(2);
            assertThat(sync.lastPoll().failed()).isEqualTo(1);
            assertThat(sync.lastPoll().delivered()).isEqualTo(2);
        }

        @Test
        void given_a_held_row_when_it_is_listed_again_then_it_is_emitted_alone() throws Exception {
            poll();
            route.emitted();
            list.add(row("d1", "Added"));

            poll();

            assertThat(route.emitted()).containsExactlyInAnyOrder("Added b1 #3", "Added d1");
            route.poison.clear();
            assertThat(poll().end()).isEqualTo(End.CLEAN);
            assertThat(route.emitted()).containsExactly("Added b1 #4");
        }

        @Test
        void given_an_asynchronous_route_when_a_batch_fails_then_its_rows_follow_in_the_same_poll() throws Exception {
            endLater();

            assertThat(poll().end()).isEqualTo(End.ROWS_FAILED);

            assertThat(route.emitted()).containsExactly("Added a1 b1 c1", "Added a1 #2", "Added b1 #2", "Added c1 #2");
            assertThat(held()).containsExactly("b #2");
            assertThat(sync.rowsInFlight()).isZero();
        }

        @Test
        void given_one_page_in_flight_when_its_batch_fails_while_the_next_page_waits_then_the_poll_goes_on()
                throws Exception {
            pageSize = 3;
            list.addAll(rows("Added", "d1", "e1", "f1", "g1"));
            endLater();

            assertThat(poll().end()).isEqualTo(End.ROWS_FAILED);

            assertThat(held()).containsExactly("b #2");
            assertThat(ledgerSize()).isEqualTo(6);
        }

        @Test
        void given_a_poll_that_is_stopped_when_its_batch_fails_at_once_then_no_row_is_emitted_or_in_flight_any_more()
                throws Exception {
            route.end = delivery -> {
                route.open = false;
                route.finish(delivery);
            };

            assertThat(poll().end()).isEqualTo(End.STOPPED);

            assertThat(route.emitted()).containsExactly("Added a1 b1 c1");
            goesOnAsIfNothingHappened();
        }

        @Test
        void given_a_poll_that_was_stopped_when_its_batch_fails_later_then_the_next_poll_goes_on() throws Exception {
            endLater();
            route.whileWaiting = () -> route.open = route.unfinished.isEmpty();
            assertThat(poll().end()).isEqualTo(End.STOPPED);
            assertThat(sync.rowsInFlight()).isEqualTo(3);
            route.emitted();

            Thread other = new Thread(route::finishNext);
            other.start();
            other.join();

            goesOnAsIfNothingHappened();
        }

        @Test
        void given_two_versions_of_a_record_when_the_poll_may_not_wait_for_the_first_then_the_second_is_held()
                throws Exception {
            list.clear();
            list.addAll(BatchesInPollsTest.rows("Added", "a1", "a2"));
            pagesInFlight = 2;
            route.end = delivery -> {
                if (delivery.rows().size() > 1) {
                    delivery.failed(new IllegalStateException("the batch"));
                } else {
                    route.mayWait = false;
                }
            };

            assertThat(poll().end()).isEqualTo(End.STOPPED);

            assertThat(route.emitted()).containsExactly("Added a1 a2", "Added a1 #2");
            assertThat(sync.rowsInFlight()).isEqualTo(1);
            assertThat(held()).contains("a #1");
        }

        /** The only page in flight must have ended for that, and no row may be in flight. */
        private void goesOnAsIfNothingHappened() throws Exception {
            route.open = true;
            route.end = route::finish;
            route.whileWaiting = () -> {};
            assertThat(poll().end()).isEqualTo(End.ROWS_FAILED);
            assertThat(sync.rowsInFlight()).isZero();
            assertThat(held()).containsExactly("b #2");
            assertThat(ledgerSize()).isEqualTo(2);
            route.poison.clear();
            assertThat(poll().end()).isEqualTo(End.CLEAN);
            assertThat(ledgerSize()).isEqualTo(3);
        }

        @Test
        void given_a_poll_that_was_stopped_when_its_batch_fails_in_the_next_poll_then_newer_versions_replace_its_rows()
                throws Exception {
            endLater();
            route.whileWaiting = () -> route.open = route.unfinished.isEmpty();
            assertThat(poll().end()).isEqualTo(End.STOPPED);
            route.emitted();
            route.finishNext();
            list.set(0, row("a2", "Added"));
            route.open = true;
            route.end = route::finish;
            route.whileWaiting = () -> {};

            poll();

            List<String> emitted = route.emitted();
            assertThat(emitted).filteredOn(text -> text.contains("a2")).hasSize(1);
            assertThat(emitted.subList(emitted.indexOf("Added a2"), emitted.size()))
                    .as("from the newer version on")
                    .noneMatch(text -> text.contains("a1"));
        }

        @Test
        void
                given_another_node_that_delivered_a_newer_version_when_leadership_returns_then_the_older_one_is_not_emitted()
                        throws Exception {
            endLater();
            route.whileWaiting = () -> route.open = route.unfinished.isEmpty();
            assertThat(poll().end()).isEqualTo(End.STOPPED);
            route.emitted();
            route.finishNext();
            list.set(0, row("a2", "Added"));
            new Ledger(new RepositoryKeys(connection, 0), "s").add(list.get(0).version());
            route.open = true;
            route.end = route::finish;
            route.whileWaiting = () -> {};
            sync.start(NOW.minus(Duration.ofDays(10)));

            poll();

            assertThat(route.emitted()).noneMatch(text -> text.contains("a1"));
        }

        @Test
        void given_a_route_that_throws_when_rows_follow_one_by_one_then_none_stays_in_flight() throws Exception {
            route.end = delivery -> {
                if (delivery.attempt() == 2) {
                    throw new IllegalStateException("the route");
                }
                route.finish(delivery);
            };

            assertThatThrownBy(this::pollOnce).hasMessage("the route");

            assertThat(sync.rowsInFlight()).isZero();
            route.emitted();
            route.poison.clear();
            route.end = route::finish;
            assertThat(poll().end()).isEqualTo(End.CLEAN);
            assertThat(ledgerSize()).isEqualTo(3);
            assertThat(route.emitted()).hasSize(3);
        }

        @Test
        void given_a_route_that_throws_on_a_batch_when_polled_then_the_poll_fails_and_the_rows_come_again()
                throws Exception {
            route.end = delivery -> {
                if (delivery.attempt() == 1) {
                    throw new IllegalStateException("the route");
                }
                route.finish(delivery);
            };

            assertThatThrownBy(this::pollOnce).hasMessage("the route");

            assertThat(sync.rowsInFlight()).isZero();
            route.poison.clear();
            route.end = route::finish;
            assertThat(poll().end()).isEqualTo(End.CLEAN);
            assertThat(ledgerSize()).isEqualTo(3);
        }

        @Test
        void given_an_Error_in_the_route_when_polled_then_the_rows_follow_one_by_one_and_the_poll_goes_on()
                throws Exception {
            route.end = delivery -> {
                if (delivery.rows().stream().anyMatch(row -> content(row).equals("b1"))) {
                    throw new StackOverflowError("the route");
                }
                delivery.completed();
            };

            assertThat(poll().end()).isEqualTo(End.ROWS_FAILED);

            assertThat(held()).containsExactly("b #2");
            assertThat(ledgerSize()).isEqualTo(2);
        }

        private void pollOnce() throws Exception {
            poll();
        }
    }

    @Nested
    class Limits {
        @Test
        void given_a_limit_of_rows_when_polled_then_a_batch_has_no_more() throws Exception {
            maxRows = 2;
            list.addAll(rows("Added", "a1", "b1", "c1", "d1", "e1"));

            assertThat(poll().end()).isEqualTo(End.LIMITED);
            assertThat(poll().end()).isEqualTo(End.LIMITED);
            assertThat(poll().end()).isEqualTo(End.CLEAN);

            assertThat(route.emitted()).containsExactly("Added a1 b1", "Added c1 d1", "Added e1");
        }

        @Test
        void given_a_sink_that_closes_between_two_batches_when_polled_again_then_the_second_is_emitted()
                throws Exception {
            list.addAll(List.of(row("a1", "Added"), row("b1", "Modified"), row("c1", "Added"), row("d1", "Modified")));
            route.end = delivery -> {
                delivery.completed();
                route.open = false;
            };
            assertThat(poll().end()).isEqualTo(End.STOPPED);
            assertThat(route.emitted()).containsExactly("Added a1 c1");
            route.open = true;
            route.end = route::finish;

            assertThat(poll().end()).isEqualTo(End.CLEAN);

            assertThat(route.emitted()).containsExactly("Modified b1 d1");
        }

        @Test
        void given_asynchronous_batches_when_polled_then_no_more_pages_are_in_flight_than_allowed() throws Exception {
            pageSize = 3;
            pagesInFlight = 2;
            IntStream.range(0, 9)
                    .forEach(i -> list.add(row((char) ('a' + i) + "1", i % 2 == 0 ? "Added" : "Modified")));
            route.poison.add("d1");
            route.end = delivery -> {
                route.unfinished.add(delivery);
                assertThat(route.unfinished.stream()
                                .map(one -> one.position().page())
                                .distinct())
                        .hasSizeLessThanOrEqualTo(2);
            };
            int[] looks = {0};
            route.whileWaiting = () -> {
                if (++looks[0] % 20 == 0) {
                    route.finishNext();
                }
            };

            assertThat(poll().end()).isEqualTo(End.ROWS_FAILED);

            assertThat(held()).containsExactly("d #2");
            assertThat(ledgerSize()).isEqualTo(8);
        }
    }

    @Nested
    class Repository {
        @BeforeEach
        void rows() {
            list.addAll(BatchesInPollsTest.rows("Added", "a1", "b1", "c1"));
        }

        /** Lets the repository fail from the end of the next delivery on. */
        private void failAtTheEnd() {
            route.end = delivery -> {
                connection.failAfter(0, 1_000);
                delivery.completed();
            };
        }

        @Test
        void given_a_repository_that_fails_when_a_batch_completes_then_the_poll_fails_and_all_rows_come_again()
                throws Exception {
            failAtTheEnd();

            assertThatThrownBy(BatchesInPollsTest.this::poll).hasMessage("the repository is out of order");

            assertThat(route.emitted()).containsExactly("Added a1 b1 c1");
            assertThat(sync.rowsInFlight()).isZero();
            connection.heal();
            route.end = route::finish;
            assertThat(poll().end()).isEqualTo(End.CLEAN);
            assertThat(ledgerSize()).isEqualTo(3);
        }

        @Test
        void given_a_repository_that_fails_when_rows_follow_one_by_one_then_the_rest_is_held() throws Exception {
            route.end = delivery -> {
                if (delivery.attempt() == 1) {
                    delivery.failed(null);
                } else {
                    connection.failAfter(0, 1_000);
                    delivery.completed();
                }
            };

            assertThatThrownBy(BatchesInPollsTest.this::poll).hasMessage("the repository is out of order");

            assertThat(route.emitted()).containsExactly("Added a1 b1 c1", "Added a1 #2");
            assertThat(sync.rowsInFlight()).isZero();
            connection.heal();
            route.end = route::finish;
            assertThat(poll().end()).isEqualTo(End.CLEAN);
            assertThat(ledgerSize()).isEqualTo(3);
        }

        @Test
        void given_a_repository_that_fails_when_the_replaced_keys_are_removed_then_no_row_is_emitted_or_in_flight()
                throws Exception {
            poll();
            route.emitted();
            list.clear();
            list.addAll(BatchesInPollsTest.rows("Added", "a2", "b2", "c2"));
            int[] contains = {0};
            route.whileWaiting = () -> {
                if (++contains[0] == 2) {
                    connection.failAfter(0, 1_000);
                }
            };

            assertThatThrownBy(BatchesInPollsTest.this::poll).hasMessage("the repository is out of order");

            assertThat(route.emitted()).isEmpty();
            assertThat(sync.rowsInFlight()).isZero();
            connection.heal();
            route.whileWaiting = () -> {};
            assertThat(poll().end()).isEqualTo(End.CLEAN);
            assertThat(route.emitted()).containsExactly("Added a2 b2 c2");
            assertThat(ledgerSize()).isEqualTo(3);
        }
    }

    @Nested
    class Transacted {
        @BeforeEach
        void rows() {
            transacted = true;
            list.addAll(BatchesInPollsTest.rows("Added", "a1", "b1"));
        }

        private void commit() {
            route.end = delivery -> {
                delivery.remember();
                delivery.completed();
            };
        }

        @Test
        void given_a_delivery_when_it_is_remembered_then_its_keys_are_written_then_and_not_again() throws Exception {
            List<Integer> keys = new ArrayList<>();
            route.end = delivery -> {
                keys.add(ledgerSize());
                delivery.remember();
                keys.add(ledgerSize());
                int calls = connection.calls();
                delivery.completed();
                keys.add(connection.calls() - calls);
            };

            assertThat(poll().end()).isEqualTo(End.CLEAN);

            assertThat(keys).containsExactly(0, 2, 0);
        }

        @Test
        void given_a_delivery_that_was_not_remembered_when_it_completes_then_its_rows_have_failed() throws Exception {
            route.end = Delivery::completed;

            assertThat(poll().end()).isEqualTo(End.ROWS_FAILED);

            assertThat(ledgerSize()).isZero();
            assertThat(sync.rowsInFlight()).isZero();
            commit();
            assertThat(poll().end()).isEqualTo(End.CLEAN);
            assertThat(ledgerSize()).isEqualTo(2);
        }

        @Test
        void given_a_newer_version_when_it_is_emitted_then_the_key_of_the_older_goes_only_with_its_own()
                throws Exception {
            commit();
            poll();
            Set<String> before = Set.copyOf(repository.keys('#'));
            list.set(0, row("a2", "Added"));
            route.end = delivery -> {
                assertThat(repository.keys('#')).isEqualTo(before);
                delivery.remember();
                delivery.completed();
            };

            assertThat(poll().end()).isEqualTo(End.CLEAN);

            assertThat(ledgerSize()).isEqualTo(2);
            assertThat(repository.keys('#')).isNotEqualTo(before);
        }

        @Test
        void given_a_version_that_comes_back_after_a_rollback_when_it_fails_then_it_was_not_committed_before()
                throws Exception {
            commit();
            poll();
            list.set(0, row("a2", "Added"));
            route.end = delivery -> delivery.failed(null);
            poll();
            commit();
            assertThat(poll().end()).isEqualTo(End.CLEAN);
            list.set(0, row("a1", "Added"));
            route.end = delivery -> delivery.failed(null);
            poll();
            route.emitted();
            commit();

            assertThat(poll().end()).isEqualTo(End.CLEAN);

            assertThat(route.emitted()).containsExactly("Added a1 #2");
            assertThat(ledgerSize()).isEqualTo(2);
        }

        @Test
        void given_a_repository_that_fails_after_a_rollback_when_polled_again_then_the_replaced_key_goes()
                throws Exception {
            commit();
            poll();
            list.set(0, row("a2", "Added"));
            route.end = delivery -> {
                connection.failAfter(0, 1_000);
                delivery.failed(null);
            };
            assertThat(poll().end()).isEqualTo(End.ROWS_FAILED);
            assertThat(ledgerSize()).isEqualTo(2);
            connection.heal();
            route.end = delivery -> {
                assertThat(ledgerSize()).isEqualTo(1);
                delivery.remember();
                delivery.completed();
            };

            assertThat(poll().end()).isEqualTo(End.CLEAN);

            assertThat(ledgerSize()).isEqualTo(2);
        }

        @Test
        void given_a_commit_that_was_done_but_reported_as_failed_when_emitted_again_then_the_row_counts_as_delivered()
                throws Exception {
            list.remove(1);
            route.end = delivery -> {
                delivery.remember();
                delivery.failed(new IllegalStateException("the connection broke during the commit"));
            };
            assertThat(poll().end()).isEqualTo(End.ROWS_FAILED);
            assertThat(held()).containsExactly("a #1");
            route.emitted();

            assertThat(poll().end()).isEqualTo(End.CLEAN);

            assertThat(route.emitted()).isEmpty();
            assertThat(held()).isEmpty();
        }

        @Test
        void given_a_batch_whose_commit_was_done_but_reported_as_failed_when_polled_then_no_row_is_emitted_again()
                throws Exception {
            route.end = delivery -> {
                delivery.remember();
                delivery.failed(new IllegalStateException("the connection broke during the commit"));
            };

            assertThat(poll().end()).isEqualTo(End.CLEAN);

            assertThat(route.emitted()).containsExactly("Added a1 b1");
            assertThat(sync.rowsInFlight()).isZero();
            assertThat(sync.lastPoll().delivered()).isEqualTo(2);
        }

        @Test
        void given_a_repository_that_fails_when_a_row_is_about_to_be_emitted_again_then_none_stays_in_flight()
                throws Exception {
            route.end = delivery -> {
                connection.failAfter(0, 1_000);
                delivery.failed(null);
            };

            assertThatThrownBy(BatchesInPollsTest.this::poll).hasMessage("the repository is out of order");

            assertThat(sync.rowsInFlight()).isZero();
            assertThat(route.emitted()).containsExactly("Added a1 b1");
            connection.heal();
            commit();
            assertThat(poll().end()).isEqualTo(End.CLEAN);
            assertThat(ledgerSize()).isEqualTo(2);
        }

        @Test
        void given_a_repository_that_fails_when_a_held_row_is_about_to_be_emitted_then_it_does_not_stay_in_flight()
                throws Exception {
            list.remove(1);
            route.end = delivery -> delivery.failed(null);
            poll();
            route.emitted();
            int[] looks = {0};
            route.whileWaiting = () -> {
                // Once to fetch the page, once before the row.
                if (++looks[0] == 2) {
                    connection.failAfter(0, 1_000);
                }
            };

            assertThatThrownBy(BatchesInPollsTest.this::poll).hasMessage("the repository is out of order");

            assertThat(sync.rowsInFlight()).isZero();
            assertThat(route.emitted()).isEmpty();
            connection.heal();
            route.whileWaiting = () -> {};
            commit();
            assertThat(poll().end()).isEqualTo(End.CLEAN);
            assertThat(ledgerSize()).isEqualTo(1);
        }
    }
}
