/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.sync.HostileServer.Base;
import io.github.camelclinicea.sync.HostileServer.Order;
import io.github.camelclinicea.sync.HostileServer.Time;
import io.github.camelclinicea.sync.HostileServer.Traits;
import io.github.camelclinicea.sync.PollResult.End;
import io.github.camelclinicea.sync.SyncWorld.Node;
import io.github.camelclinicea.sync.SyncWorld.Setup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Tests the rules of docs/design/sync.md, section 3, one by one. A page has five rows. */
class SyncContractTest {
    private static final Instant FROM = VirtualTime.BEGIN.minus(SyncWorld.OLDEST);

    private SyncWorld world;
    private Node node;

    private void given(Traits traits, int rows) {
        given(Setup.of(traits, rows));
    }

    private void given(Setup setup) {
        world = new SyncWorld(setup);
        node = world.node();
    }

    private PollResult poll() throws Exception {
        return node.poll();
    }

    private int requestsOf(int polls) throws Exception {
        int before = world.server.requests();
        for (int poll = 0; poll < polls; poll++) {
            assertThat(poll().end()).isEqualTo(End.CLEAN);
        }
        return world.server.requests() - before;
    }

    @Test
    void given_nothing_new_when_polled_then_it_costs_one_request() throws Exception {
        given(Setup.of(Traits.friendly(), 3).pagesInFlight(8));
        poll();
        world.server.pass(Duration.ofMinutes(10).toMillis());

        assertThat(requestsOf(3)).isEqualTo(3);
    }

    @Test
    void given_a_list_that_never_had_a_row_when_polled_then_both_first_pages_are_asked_for_and_nothing_moves()
            throws Exception {
        given(Traits.friendly(), 0);

        assertThat(requestsOf(3)).isEqualTo(6);
        assertThat(world.server.asked()).containsExactly(0, 1, 0, 1, 0, 1);
        assertThat(world.checkpoint()).isNull();
    }

    @Test
    void given_a_page_or_less_when_polled_then_it_reads_one_page_more() throws Exception {
        given(Traits.friendly(), 3);

        assertThat(requestsOf(1)).isEqualTo(2);
    }

    @Test
    void given_many_pages_in_flight_when_the_first_is_short_then_none_is_fetched_ahead() throws Exception {
        given(Setup.of(Traits.friendly(), 4).pagesInFlight(8));

        assertThat(requestsOf(1)).isEqualTo(2);
    }

    @Test
    void given_a_quiet_list_of_several_pages_when_polled_then_it_costs_a_probe_and_no_pass() throws Exception {
        given(Traits.friendly(), 12);

        assertThat(requestsOf(1))
                .as("3 pages, the end, the page behind it, the probe, which is empty, once more")
                .isEqualTo(7);
    }

    @Test
    void given_a_quiet_list_when_pages_are_fetched_ahead_then_it_costs_a_probe_more() throws Exception {
        given(Setup.of(Traits.friendly(), 12).pagesInFlight(2));

        assertThat(requestsOf(1))
                .as("3 pages, the end, the page behind it, two probes, each of them empty and asked for once more")
                .isEqualTo(9);
    }

    @Test
    void given_a_row_that_slips_past_the_sweep_when_the_list_churned_then_the_backward_pass_brings_it()
            throws Exception {
        given(Traits.friendly(), 12);
        world.server.beforeRequest(2, () -> world.server.edit(0));

        assertThat(poll().end()).isEqualTo(End.CLEAN);

        assertThat(node.route.delivered()).contains("5:5", "0:12");
        assertThat(world.server.asked())
                .as("forward reading, probe, backward pass, probe, forward pass, probe;"
                        + " one page behind each end of several pages")
                .containsExactly(0, 1, 2, 3, 4, 0, 1, 3, 2, 1, 0, 0, 1, 0, 1, 2, 3, 4, 0, 1);
    }

    @Test
    void given_a_page_in_the_middle_is_short_when_polled_then_it_is_not_the_end() throws Exception {
        given(Traits.friendly().withShortPage(0), 12);

        assertThat(poll().delivered()).isEqualTo(12);
    }

    @Test
    void given_a_server_that_repeats_its_last_short_page_when_polled_then_that_is_the_end() throws Exception {
        given(Traits.friendly().with(Base.ZERO, HostileServer.End.REPEATS_LAST), 12);

        assertThat(poll()).isEqualTo(new PollResult(12, 12, 0, 5, End.CLEAN));
        assertThat(world.checkpoint()).isAfter(FROM);
    }

    @Test
    void given_a_server_that_repeats_a_full_page_when_polled_then_the_poll_fails_and_nothing_moves() {
        given(Traits.friendly().with(Base.ZERO, HostileServer.End.REPEATS_LAST), 10);

        assertThatThrownBy(this::poll).isInstanceOf(SyncException.class).hasMessageContaining("pageParameter");
        assertThat(world.checkpoint()).isNull();
        assertThat(node.route.delivered()).hasSize(10);
    }

    @Test
    void given_a_list_without_an_end_when_maxPages_are_read_then_the_poll_fails_and_nothing_moves() {
        given(Traits.friendly(), 5 * SyncWorld.MAX_PAGES + 1);

        assertThatThrownBy(this::poll)
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("maxPages=" + SyncWorld.MAX_PAGES);
        assertThat(world.checkpoint()).isNull();
    }

    @Test
    void given_a_row_that_fails_when_polled_again_then_it_holds_the_checkpoint_and_comes_alone() throws Exception {
        given(Traits.friendly(), 12);
        node.route.failOn("7:7", 2);

        assertThat(poll().end()).isEqualTo(End.ROWS_FAILED);
        assertThat(node.sync.holdback().failedRows()).isEqualTo(1);
        Instant held = node.sync.holdback().since();
        assertThat(node.route.delivered()).hasSize(12);
        assertThat(world.checkpoint()).isNull();
        world.server.pass(60_000);
        assertThat(poll().end()).isEqualTo(End.ROWS_FAILED);
        assertThat(node.route.delivered()).containsExactly("7:7");
        assertThat(node.sync.holdback().since()).isEqualTo(held);
        assertThat(poll().end()).isEqualTo(End.CLEAN);

        assertThat(node.route.delivered()).containsExactly("7:7");
        assertThat(node.sync.holdback()).isEqualTo(Holdback.NONE);
        assertThat(world.checkpoint()).isAfter(FROM);
        assertThat(node.sync.cleanPolls()).isEqualTo(1);
        assertThat(node.sync.lastCleanPoll()).isEqualTo(Instant.ofEpochMilli(world.time.now()));
    }

    @Test
    void given_rows_that_fail_when_polled_then_they_are_emitted_and_not_delivered() throws Exception {
        given(Traits.friendly(), 12);
        node.route.failOn("7:7", 1);
        node.route.failOn("8:8", 2);

        assertThat(poll()).isEqualTo(new PollResult(12, 10, 2, 5, End.ROWS_FAILED));
        assertThat(poll())
                .extracting(PollResult::emitted, PollResult::delivered, PollResult::failed)
                .containsExactly(2, 1, 1);
        assertThat(node.sync.rowsDelivered()).isEqualTo(11);
    }

    @Test
    void given_a_page_that_fails_when_polled_again_then_only_what_was_not_delivered_comes() {
        given(Traits.friendly(), 12);
        node.failPage(3);

        assertThat(node.pollQuietly()).isEmpty();
        assertThat(node.route.delivered()).hasSize(10);
        assertThat(world.checkpoint()).isNull();
        node.pollQuietly();

        assertThat(node.route.delivered()).containsExactly("10:10", "11:11");
    }

    @Test
    void given_rows_when_polled_then_the_checkpoint_is_the_servers_time_less_a_second_and_the_overlap()
            throws Exception {
        given(Traits.friendly(), 3);
        world.server.pass(7_400);

        poll();

        assertThat(world.checkpoint())
                .isEqualTo(VirtualTime.BEGIN.plusSeconds(7 - 1).minusSeconds(300));
    }

    @Test
    void given_a_long_sweep_when_it_ends_then_the_checkpoint_is_the_time_of_its_first_answer() throws Exception {
        given(Traits.friendly().withPages(5, 0, 60_000).with(Time.RIGHT, Time.AHEAD), 12);

        poll();

        assertThat(world.checkpoint())
                .isEqualTo(VirtualTime.BEGIN.plusSeconds(60 - 1).minusSeconds(300));
    }

    @Test
    void given_an_empty_list_when_polled_then_the_checkpoint_stays_however_old_it_is() throws Exception {
        given(Traits.friendly(), 3);
        poll();
        Instant first = world.checkpoint();

        world.server.pass(Duration.ofDays(3).toMillis());
        poll();

        assertThat(world.checkpoint()).isEqualTo(first);
        assertThat(node.sync.since()).isEqualTo(first);
    }

    @Test
    void given_no_Date_when_polled_then_the_checkpoint_stays_and_nothing_comes_twice() throws Exception {
        given(Traits.friendly().with(Time.NONE, Time.RIGHT), 12);
        poll();
        world.server.pass(Duration.ofHours(5).toMillis());
        node.route.delivered();

        assertThat(poll().end()).isEqualTo(End.CLEAN);

        assertThat(world.checkpoint()).isNull();
        assertThat(node.route.delivered()).isEmpty();
    }

    @Test
    void given_no_Date_when_a_known_row_slips_between_two_pages_then_it_is_not_delivered_again() throws Exception {
        given(Traits.friendly().with(Time.NONE, Time.RIGHT), 17);
        poll();
        node.route.delivered();

        world.server.beforeRequest(2, () -> world.server.edit(0));
        poll();
        assertThat(node.route.delivered()).as("held back: which is newer?").isEmpty();
        poll();

        assertThat(node.route.delivered()).containsExactly("0:17");
    }

    @Test
    void given_one_clock_that_is_wrong_when_polled_then_the_checkpoint_is_held_back_and_never_pushed_on()
            throws Exception {
        Instant right = VirtualTime.BEGIN.minusSeconds(1 + 300);
        for (Time[] clocks : new Time[][] {{Time.RIGHT, Time.AHEAD}, {Time.AHEAD, Time.RIGHT}}) {
            given(Traits.friendly().with(clocks[0], clocks[1]), 3);
            poll();
            assertThat(world.checkpoint()).isEqualTo(right);
        }
        for (Time[] clocks : new Time[][] {{Time.RIGHT, Time.BEHIND}, {Time.BEHIND, Time.RIGHT}}) {
            given(Traits.friendly().with(clocks[0], clocks[1]), 3);
            poll();
            assertThat(world.checkpoint()).isEqualTo(right.minus(Duration.ofHours(2)));
        }
    }

    @Test
    void given_a_list_that_never_rests_when_maxPasses_are_done_then_the_poll_is_unsettled_and_nothing_moves()
            throws Exception {
        given(Setup.of(Traits.friendly().with(Order.MODIFIED, 200), 30).maxPasses(1));

        PollResult result = poll();

        assertThat(result.end()).isEqualTo(End.UNSETTLED);
        assertThat(world.checkpoint()).isNull();
        world.settleAndCheck();
    }

    @Test
    void given_two_versions_of_a_row_in_pages_read_in_any_order_when_polled_then_the_newer_is_the_last() {
        for (int seed = 0; seed < 40; seed++) {
            given(Setup.of(Traits.friendly().with(Order.NEWEST_FIRST, 0), 20)
                    .pagesInFlight(6)
                    .seed(seed));
            world.server.beforeRequest(4, () -> world.server.edit(4));
            world.server.beforeRequest(6, () -> world.server.edit(4));

            node.pollQuietly();

            assertThat(node.route.delivered().stream().filter(key -> key.startsWith("4:")))
                    .as("seed %s", seed)
                    .last()
                    .isEqualTo("4:21");
        }
    }

    @Test
    void given_an_asynchronous_route_when_polled_then_the_poll_ends_after_the_last_row() throws Exception {
        given(new Setup(
                Traits.friendly(), 40, 3, 300, 4, 0, true, true, false, false, false, HistoryChecker.Nodes.ONE, 1));

        assertThat(poll()).extracting(PollResult::delivered, PollResult::end).containsExactly(40, End.CLEAN);

        assertThat(node.route.held()).isZero();
        assertThat(node.sync.rowsInFlight()).isZero();
    }

    @Test
    void given_a_stop_in_the_sweep_when_resumed_then_the_rest_comes_and_the_checkpoint_has_not_moved()
            throws Exception {
        given(Traits.friendly(), 12);
        node.route.stopAfter(7);

        assertThat(poll()).extracting(PollResult::delivered, PollResult::end).containsExactly(7, End.STOPPED);
        assertThat(world.checkpoint()).isNull();
        node.route.resume();
        node.route.delivered();
        poll();

        assertThat(node.route.delivered()).containsExactly("7:7", "8:8", "9:9", "10:10", "11:11");
    }

    @Test
    void given_a_stop_while_only_known_rows_are_read_when_noticed_then_no_further_page_is_asked_for() throws Exception {
        for (int pagesInFlight = 1; pagesInFlight <= 2; pagesInFlight++) {
            given(Setup.of(Traits.friendly().with(Time.NONE, Time.RIGHT), 60).pagesInFlight(pagesInFlight));
            poll();
            int before = world.server.requests();
            world.server.beforeRequest(3, () -> node.route.stopAfter(0));

            assertThat(poll())
                    .extracting(PollResult::delivered, PollResult::end)
                    .containsExactly(0, End.STOPPED);
            assertThat(world.server.requests() - before)
                    .as("12 pages; the third is under way, and one ahead of it at most")
                    .isBetween(3, 2 + pagesInFlight);
        }
    }

    @Test
    void given_a_stop_in_the_backward_pass_when_noticed_then_no_further_page_is_asked_for() throws Exception {
        given(Traits.friendly(), 60);
        world.server.beforeRequest(2, () -> world.server.edit(0));
        world.server.beforeRequest(15 + 2 + 4, () -> node.route.stopAfter(0));

        assertThat(poll().end()).isEqualTo(End.STOPPED);

        assertThat(world.server.asked()).endsWith(12, 11, 10, 9).hasSize(15 + 2 + 4);
    }

    @Test
    void given_pages_under_way_at_a_stop_when_resumed_again_and_again_then_no_place_for_a_page_is_lost() {
        given(Setup.of(Traits.friendly(), 40).pagesInFlight(4));
        for (int round = 0; round < 20; round++) {
            node.route.stopAfter(2);
            node.pollQuietly();
            node.route.resume();
            node.failPage(4);
            node.pollQuietly();
        }

        world.settleAndCheck();
    }

    @Test
    void given_pages_that_have_come_when_the_poll_fails_before_their_turn_then_no_place_for_a_page_is_lost() {
        for (int seed = 0; seed < 20; seed++) {
            given(Setup.of(Traits.friendly(), 40).pagesInFlight(4).seed(seed));
            for (int failing = 3; failing < 9; failing++) {
                node.failPage(failing);
                node.pollQuietly();
                node.route.stopAfter(8);
                node.pollQuietly();
                node.route.resume();
            }

            world.settleAndCheck();
            for (int row = 0; row < 40; row++) {
                world.server.edit(row);
            }
            world.server.pass(600_000);
            node.executor.most();
            node.pollQuietly();
            assertThat(node.executor.most())
                    .as("pages fetched ahead, seed %s", seed)
                    .isEqualTo(4);
        }
    }

    @Test
    void given_an_executor_that_takes_no_more_when_polled_then_no_place_for_a_page_is_lost() throws Exception {
        world = new SyncWorld(Setup.of(Traits.friendly(), 12));
        boolean[] refuses = {true};
        List<Delivery> deliveries = new ArrayList<>();
        ChangeSync sync = new ChangeSync(
                world.server,
                world.repository.new Connection(),
                new SyncSettings("t", Duration.ofMinutes(5), 2, 0, false, 5, 100, 4, 0),
                task -> {
                    if (refuses[0]) {
                        throw new RejectedExecutionException("shut down");
                    }
                    task.run();
                },
                world.server.localClock(),
                null,
                0);
        sync.start(FROM);
        RowSink sink = new RowSink() {
            private int looks;

            @Override
            public boolean open() {
                return ++looks < 1000;
            }

            @Override
            public boolean wants(Row row) {
                return true;
            }

            @Override
            public void deliver(Delivery delivery) {
                deliveries.add(delivery);
                delivery.completed();
            }
        };
        for (int round = 0; round < 3; round++) {
            assertThatThrownBy(() -> sync.poll(sink)).isInstanceOf(RejectedExecutionException.class);
        }
        refuses[0] = false;

        assertThat(sync.poll(sink).end()).isEqualTo(End.CLEAN);
        assertThat(deliveries).hasSize(12);
    }

    @Test
    void given_an_error_in_the_sink_when_polled_then_its_row_has_failed_and_all_others_come() throws Exception {
        world = new SyncWorld(Setup.of(Traits.friendly(), 12));
        List<Delivery> deliveries = new ArrayList<>();
        ChangeSync sync = new ChangeSync(
                world.server,
                world.repository.new Connection(),
                new SyncSettings("t", Duration.ofMinutes(5), 2, 0, false, 5, 100, 1, 0),
                Runnable::run,
                world.server.localClock(),
                null,
                0);
        sync.start(FROM);
        OpenSink sink = delivery -> {
            deliveries.add(delivery);
            if (deliveries.size() == 1) {
                throw new StackOverflowError();
            }
            delivery.completed();
        };

        assertThat(sync.poll(sink).end()).isEqualTo(End.ROWS_FAILED);
        assertThat(deliveries).hasSize(12);
        assertThat(sync.poll(sink).end()).isEqualTo(End.CLEAN);
        assertThat(deliveries).hasSize(13);
        assertThat(deliveries.get(12).row().version())
                .isEqualTo(deliveries.get(0).row().version());
    }

    @Test
    void given_more_rows_than_a_poll_may_deliver_when_polled_then_it_stops_there_and_the_next_goes_on()
            throws Exception {
        given(Setup.of(Traits.friendly(), 12).maxRows(5));

        assertThat(poll()).extracting(PollResult::delivered, PollResult::end).containsExactly(5, End.LIMITED);
        assertThat(poll()).extracting(PollResult::delivered, PollResult::end).containsExactly(5, End.LIMITED);
        assertThat(world.checkpoint()).isNull();
        assertThat(poll()).extracting(PollResult::delivered, PollResult::end).containsExactly(2, End.CLEAN);

        assertThat(world.checkpoint()).isAfter(FROM);
    }

    @Test
    void given_rows_that_are_no_longer_shown_when_polled_clean_then_the_ledger_has_forgotten_them() throws Exception {
        given(Traits.friendly(), 12);
        poll();
        assertThat(world.repository.keys('#')).hasSize(12);
        world.server.edit(3);

        poll();

        assertThat(world.repository.keys('#')).hasSize(1);
    }

    @Test
    void given_one_row_that_changes_often_when_polled_then_the_ledger_holds_one_key_of_it() throws Exception {
        given(Traits.friendly(), 1);
        for (int edit = 0; edit < 10; edit++) {
            world.server.edit(0);
            poll();
            assertThat(world.repository.keys('#')).hasSize(1);
        }
    }

    @Test
    void given_no_checkpoint_and_no_syncFrom_when_polled_then_the_servers_now_is_committed_at_once() throws Exception {
        for (Time localClock : List.of(Time.RIGHT, Time.AHEAD, Time.BEHIND)) {
            given(Traits.friendly().with(Time.RIGHT, localClock), 0);
            world.server.pass(4_980);

            node.sync.start(null);
            poll();

            assertThat(world.checkpoint()).isEqualTo(VirtualTime.BEGIN.plusSeconds(5));
            assertThat(node.route.delivered()).isEmpty();
            world.server.pass(60_000);
            world.restart(node);
            assertThat(world.node().sync.since()).isEqualTo(VirtualTime.BEGIN.plusSeconds(5));
        }
    }

    @Test
    void given_a_sync_that_has_moved_when_reset_then_all_comes_again() throws Exception {
        given(new Setup(
                Traits.friendly(),
                12,
                1,
                300,
                4,
                0,
                false,
                true,
                false,
                false,
                false,
                HistoryChecker.Nodes.IN_TURN,
                1));
        poll();
        node.route.delivered();

        node.sync.reset(FROM);

        assertThat(world.repository.keys())
                .as("the wish, until it is carried out")
                .filteredOn(key -> !key.matches("s=(1|2|.{22})"))
                .containsExactly("s=reset");
        assertThat(node.sync.since()).isEqualTo(FROM);
        poll();
        assertThat(node.route.delivered()).hasSize(12);
        assertThat(world.repository.keys()).doesNotContain("s=reset");
    }

    @Test
    void given_rows_that_another_process_delivered_when_reset_then_they_come_again_and_are_offered_until_they_complete()
            throws Exception {
        given(Setup.of(Traits.friendly(), 12).nodes(HistoryChecker.Nodes.IN_TURN));
        Node other = world.other(node).orElseThrow();
        poll();
        other.sync.reset(FROM);
        other.route.failOn("3:3", 1);

        other.poll();
        assertThat(other.route.delivered()).hasSize(12);
        other.poll();

        assertThat(other.route.delivered()).containsExactly("3:3");
    }

    @Test
    void given_another_node_moved_the_checkpoint_when_leadership_is_taken_then_it_goes_on_from_there()
            throws Exception {
        given(Setup.of(Traits.friendly(), 12).nodes(HistoryChecker.Nodes.IN_TURN));
        Node other = world.other(node).orElseThrow();
        poll();

        other.start();
        other.poll();

        assertThat(other.sync.since()).isEqualTo(world.checkpoint());
        assertThat(other.route.delivered()).isEmpty();
    }

    @Test
    void given_a_list_that_is_wrongly_empty_once_when_it_is_right_again_then_nothing_comes_twice() throws Exception {
        given(Traits.friendly(), 0);
        for (int row = 0; row < 3; row++) {
            world.server.add();
        }
        poll();
        node.route.delivered();

        node.answerEmpty(true);
        poll();
        node.answerEmpty(false);
        poll();

        assertThat(node.route.delivered()).isEmpty();
    }

    @Test
    void given_a_server_clock_that_is_set_back_when_a_new_process_starts_then_it_goes_on_from_there() throws Exception {
        given(Traits.friendly(), 3);
        poll();
        Instant before = world.checkpoint();

        world.server.setBack(Duration.ofHours(1).toMillis());
        poll();

        assertThat(world.checkpoint()).isBefore(before.minus(Duration.ofMinutes(59)));
        assertThat(node.sync.serverBehindSince()).isNotNull();
        world.restart(node);
        assertThat(world.node().sync.since()).isEqualTo(world.checkpoint());
    }

    @Test
    void given_a_first_checkpoint_half_written_when_the_servers_clock_is_set_back_then_it_does_not_come_back() {
        for (int call = 0; call < 40; call++) {
            given(Setup.of(Traits.friendly(), 1));
            new Step.PollCrashingAt(call).take(world);
            new Step.ServerClockSetBack(3_600_000).take(world);
            new Step.Change(4).take(world);
            new Step.Restart().take(world);
            new Step.Pass(3_600_000).take(world);
            world.settleAndCheck();
        }
    }
}
