/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.sync.HostileServer.Traits;
import io.github.camelclinicea.sync.PollResult.End;
import io.github.camelclinicea.sync.SyncWorld.Node;
import io.github.camelclinicea.sync.SyncWorld.Setup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests the cost of a row that always fails for the polls. A page has five rows. */
class HeldRowsInPollsTest {
    private static final String POISON = "7:7";
    private static final int ALWAYS = 1_000;
    private static final Instant FROM = VirtualTime.BEGIN.minus(SyncWorld.OLDEST);

    private final SyncWorld world = new SyncWorld(Setup.of(Traits.friendly(), 12));
    private Node node = world.node();

    private void poison() {
        node.route.failOn(POISON, ALWAYS);
    }

    private End poll() throws Exception {
        return node.poll().end();
    }

    private List<Integer> attempts() throws Exception {
        List<Integer> attempts = new ArrayList<>();
        node.sync.poll(new OpenSink() {
            @Override
            public void deliver(Delivery delivery) {
                if (HistoryChecker.key(delivery).equals(POISON)) {
                    attempts.add(delivery.attempt());
                }
                node.route.deliver(delivery);
            }
        });
        return attempts;
    }

    private void restart() {
        world.restart(node);
        node = world.node();
    }

    private static List<Integer> requestsOfPolls(String failing) throws Exception {
        SyncWorld world = new SyncWorld(Setup.of(Traits.friendly(), 12));
        world.node().route.failOn(failing, ALWAYS);
        List<Integer> requests = new ArrayList<>();
        for (int poll = 0; poll < 6; poll++) {
            int before = world.server.requests();
            world.node().poll();
            requests.add(world.server.requests() - before);
            world.server.pass(Duration.ofMinutes(10).toMillis());
            if (poll == 3) {
                world.server.edit(2);
            }
        }
        return requests;
    }

    @Test
    void given_a_row_that_always_fails_when_polled_then_it_costs_no_request_more_than_one_that_does_not()
            throws Exception {
        assertThat(requestsOfPolls(POISON)).isEqualTo(requestsOfPolls("none"));
    }

    @Test
    void given_a_row_that_is_held_when_polled_then_reading_goes_on_and_the_checkpoint_stays() throws Exception {
        poison();
        assertThat(poll()).isEqualTo(End.ROWS_FAILED);
        Instant since = node.sync.since();
        assertThat(since).isAfter(FROM);
        world.server.pass(Duration.ofHours(1).toMillis());
        world.server.edit(3);
        world.server.pass(1_000);

        assertThat(poll()).isEqualTo(End.ROWS_FAILED);

        assertThat(node.sync.since()).isAfter(since);
        assertThat(world.checkpoint()).isNull();
        assertThat(node.route.delivered()).endsWith("3:12", POISON);
        assertThat(node.sync.heldRows())
                .singleElement()
                .extracting(HeldRow::attempts)
                .isEqualTo(2);
    }

    @Test
    void given_a_row_that_is_held_when_it_completes_then_the_checkpoint_catches_up_at_once() throws Exception {
        poison();
        poll();
        world.server.pass(Duration.ofHours(1).toMillis());
        world.server.edit(3);
        world.server.pass(1_000);
        poll();
        Instant since = node.sync.since();
        node.route.heal();

        assertThat(poll()).isEqualTo(End.CLEAN);

        assertThat(world.checkpoint()).isEqualTo(node.sync.since()).isAfterOrEqualTo(since);
        assertThat(node.sync.heldRows()).isEmpty();
        assertThat(node.sync.holdback()).isEqualTo(Holdback.NONE);
    }

    @Test
    void given_a_row_that_is_held_when_the_process_ends_then_the_next_reads_from_the_checkpoint_and_emits_it_alone()
            throws Exception {
        poison();
        poll();
        world.server.pass(Duration.ofHours(1).toMillis());
        poll();

        restart();

        assertThat(node.sync.since()).isEqualTo(FROM);
        assertThat(node.sync.heldRows()).isEmpty();
        assertThat(poll()).isEqualTo(End.CLEAN);
        assertThat(node.route.delivered()).containsExactly(POISON);
        assertThat(world.checkpoint()).isAfter(FROM);
    }

    @Test
    void given_a_row_that_is_held_when_a_newer_version_comes_then_it_takes_its_place() throws Exception {
        poison();
        poll();
        node.route.delivered();
        world.server.pass(60_000);
        world.server.edit(7);
        world.server.pass(1_000);

        assertThat(poll()).isEqualTo(End.CLEAN);

        assertThat(node.route.delivered()).containsExactly("7:12");
        assertThat(node.sync.heldRows()).isEmpty();
        assertThat(world.checkpoint()).isAfter(FROM);
    }

    @Test
    void given_rows_that_are_no_longer_shown_when_a_row_is_held_then_their_keys_stay_and_go_once_it_completes()
            throws Exception {
        poison();
        poll();
        world.server.pass(Duration.ofHours(2).toMillis());
        world.server.edit(3);
        world.server.pass(1_000);
        poll();
        assertThat(world.repository.keys('#'))
                .as("11 rows and an edit, whose older version is replaced")
                .hasSize(11);
        node.route.heal();

        assertThat(poll()).isEqualTo(End.CLEAN);

        assertThat(world.repository.keys('#')).as("what the list still shows").hasSize(1);
    }

    @Test
    void given_a_row_that_always_fails_when_emitted_then_its_attempts_are_counted_and_from_the_tenth_on_it_waits()
            throws Exception {
        poison();
        for (int attempt = 1; attempt <= 10; attempt++) {
            assertThat(attempts()).containsExactly(attempt);
        }
        assertThat(attempts()).as("it waits").isEmpty();
        world.server.pass(SyncSettings.HELD_ROW_BACKOFF.toMillis());

        assertThat(attempts()).containsExactly(11);
        assertThat(attempts()).isEmpty();
    }

    @Test
    void given_a_row_that_was_held_when_the_process_ends_then_its_attempts_are_counted_anew() throws Exception {
        poison();
        attempts();
        attempts();

        restart();

        assertThat(attempts()).containsExactly(1);
    }

    @Test
    void given_a_row_that_is_held_when_reset_then_all_comes_again_and_nothing_is_held_any_more() throws Exception {
        // If only one node polls, no row may come twice.
        node = new SyncWorld(Setup.of(Traits.friendly(), 12).nodes(HistoryChecker.Nodes.IN_TURN)).node();
        poison();
        poll();
        node.route.heal();
        node.route.delivered();
        node.sync.requestReset(null);

        assertThat(poll()).isEqualTo(End.CLEAN);

        assertThat(node.route.delivered()).hasSize(12);
        assertThat(node.sync.heldRows()).isEmpty();
    }
}
