/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclinicea.sync.HistoryChecker.Nodes;
import io.github.camelclinicea.sync.HostileServer.Traits;
import io.github.camelclinicea.sync.PollResult.End;
import io.github.camelclinicea.sync.SyncWorld.Node;
import io.github.camelclinicea.sync.SyncWorld.Setup;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests that {@link ChangeSync#requestReset} takes effect in spite of failures and stops in between. */
class ResetWishTest {
    private static final String WISH = "s=reset";
    private static final Instant FROM = VirtualTime.BEGIN.minus(SyncWorld.OLDEST);

    // A reset delivers every row again, which the checker allows only with two nodes.
    private final SyncWorld world =
            new SyncWorld(Setup.of(Traits.friendly(), 12).nodes(Nodes.IN_TURN));
    private Node node = world.node();

    @BeforeEach
    void given_a_sync_that_has_moved() throws Exception {
        assertThat(node.poll().end()).isEqualTo(End.CLEAN);
        assertThat(world.checkpoint()).isAfter(FROM);
        node.route.delivered();
    }

    private void restart() {
        world.restart(node);
        node = world.node();
    }

    @Test
    void given_a_wish_when_the_process_ends_before_the_next_poll_then_the_next_one_carries_it_out() throws Exception {
        node.sync.requestReset(null);
        assertThat(world.repository.keys()).contains(WISH);

        restart();

        assertThat(node.sync.since()).isEqualTo(FROM);
        assertThat(world.repository.keys()).as("until a poll was clean").contains(WISH);
        assertThat(node.poll().end()).isEqualTo(End.CLEAN);
        assertThat(node.route.delivered()).hasSize(12);
        assertThat(world.repository.keys()).doesNotContain(WISH);
    }

    @Test
    void given_a_wish_when_a_row_fails_then_it_is_carried_out_and_a_restart_brings_that_row_only() throws Exception {
        node.sync.requestReset(null);
        node.route.failOn("7:7", 1);
        assertThat(node.poll().end()).isEqualTo(End.ROWS_FAILED);
        assertThat(node.route.delivered()).hasSize(12);
        assertThat(world.repository.keys()).doesNotContain(WISH);

        restart();

        assertThat(node.poll().end()).isEqualTo(End.CLEAN);
        assertThat(node.route.delivered()).as("what failed, and nothing else").hasSize(1);
    }

    @Test
    void given_a_wish_when_a_poll_does_not_read_to_the_end_then_it_is_kept_and_a_restart_begins_again()
            throws Exception {
        node.sync.requestReset(null);
        node.failPage(2);
        assertThat(node.pollQuietly()).isEmpty();
        assertThat(world.repository.keys()).contains(WISH);
        node.route.delivered();

        restart();

        assertThat(node.poll().end()).isEqualTo(End.CLEAN);
        assertThat(node.route.delivered()).as("all of it again").hasSize(12);
        assertThat(world.repository.keys()).doesNotContain(WISH);
    }

    @Test
    void given_a_wish_that_was_carried_out_when_polled_or_started_again_then_nothing_comes_again() throws Exception {
        node.sync.requestReset(null);
        node.poll();
        node.route.delivered();

        node.poll();
        assertThat(node.route.delivered()).isEmpty();
        restart();
        node.poll();

        assertThat(node.route.delivered()).isEmpty();
        assertThat(world.checkpoint()).isAfter(FROM);
    }

    @Test
    void given_a_repository_that_cannot_keep_the_wish_when_polled_then_this_process_carries_it_out() throws Exception {
        node.connection.failAfter(0, 100);
        assertThatThrownBy(() -> node.sync.requestReset(null)).hasMessage("the repository is out of order");
        node.connection.heal();

        assertThat(node.poll().end()).isEqualTo(End.CLEAN);

        assertThat(node.route.delivered()).hasSize(12);
        assertThat(world.repository.keys()).doesNotContain(WISH);
    }
}
