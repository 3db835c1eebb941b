/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclinicea.sync.HostileServer.Traits;
import io.github.camelclinicea.sync.PollResult.End;
import io.github.camelclinicea.sync.SyncWorld.Node;
import io.github.camelclinicea.sync.SyncWorld.Setup;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests a reset that begins at a moment. The twelve rows are one to ten days old. */
class ResetFromTest {
    private static final Instant FROM = VirtualTime.BEGIN.minus(SyncWorld.OLDEST);
    private static final Instant MOMENT = VirtualTime.BEGIN.minus(Duration.ofDays(5));

    private final SyncWorld world =
            new SyncWorld(Setup.of(Traits.friendly(), 12).nodes(HistoryChecker.Nodes.IN_TURN));
    private Node node = world.node();

    @BeforeEach
    void let_the_checkpoint_go_back() {
        world.resetTo(MOMENT);
    }

    private int pollOnce() throws Exception {
        world.server.pass(1_000);
        node.route.delivered();
        node.poll();
        return node.route.delivered().size();
    }

    private void restart() {
        world.restart(node);
        node = world.node();
    }

    /** Polls until nothing is new, and returns how many rows are not older than the moment. */
    private int settled() throws Exception {
        while (node.poll().end() != End.CLEAN) {
            world.server.pass(1_000);
        }
        return (int) world.server.history().stream()
                .filter(row -> row.get(row.size() - 1).stamp() >= MOMENT.toEpochMilli())
                .count();
    }

    @Test
    void given_a_moment_when_reset_then_the_next_poll_brings_what_changed_since_and_nothing_older() throws Exception {
        int since = settled();
        assertThat(since).isBetween(1, 11);

        node.sync.requestReset(MOMENT);

        assertThat(pollOnce()).isEqualTo(since);
        assertThat(pollOnce()).isZero();
        assertThat(world.repository.keys()).noneMatch(key -> key.startsWith("s=r"));
    }

    @Test
    void given_a_moment_when_the_process_ends_before_the_next_poll_then_the_new_one_begins_there() throws Exception {
        int since = settled();
        node.sync.requestReset(MOMENT.plusMillis(400));

        restart();

        assertThat(node.sync.since()).isEqualTo(MOMENT);
        assertThat(pollOnce()).isEqualTo(since);
    }

    @Test
    void given_a_row_that_is_held_since_when_the_process_ends_then_the_new_one_begins_at_the_moment_and_not_before()
            throws Exception {
        settled();
        node.sync.requestReset(MOMENT);
        node.route.failOn(100);
        node.poll();

        restart();

        assertThat(node.sync.since()).isEqualTo(MOMENT);
    }

    @Test
    void given_two_requests_when_polled_then_the_later_one_counts() throws Exception {
        settled();
        node.sync.requestReset(MOMENT);
        node.sync.requestReset(null);

        restart();

        assertThat(node.sync.since()).isEqualTo(FROM);
        node.sync.requestReset(null);
        node.sync.requestReset(MOMENT);
        restart();
        assertThat(node.sync.since()).isEqualTo(MOMENT);
    }

    @Test
    void given_a_crash_at_any_call_of_a_request_when_started_again_then_it_begins_at_the_checkpoint_or_the_moment()
            throws Exception {
        settled();
        Instant checkpoint = world.checkpoint();
        for (int call = 0; call < 80; call++) {
            node.connection.crashAfter(call);
            try {
                node.sync.requestReset(MOMENT);
            } catch (TestRepository.Crash e) {
                world.checker.note("as planned");
            }
            restart();
            assertThat(node.sync.since()).as("call %s", call).isIn(checkpoint, MOMENT);
            if (node.sync.since().equals(MOMENT)) {
                node.sync.reset(FROM);
                settled();
                checkpoint = world.checkpoint();
            }
        }
    }

    @Test
    void given_a_crash_at_any_call_of_a_poll_after_it_when_started_again_then_nothing_since_the_moment_is_missing()
            throws Exception {
        for (int call = 0; call < 400; call++) {
            int since = settled();
            node.sync.requestReset(MOMENT);
            node.connection.crashAfter(call);
            node.route.delivered();
            int brought = 0;
            if (node.pollQuietly().isPresent()) {
                brought = node.route.delivered().size();
            } else {
                node = world.node();
                assertThat(node.sync.since()).as("call %s", call).isAfterOrEqualTo(MOMENT);
            }
            brought += pollOnce() + pollOnce();
            assertThat(brought).as("call %s", call).isLessThanOrEqualTo(2 * since);
            world.checker.nothingIsLost();
        }
    }

    @Test
    void given_a_request_while_another_is_carried_out_when_polled_then_it_is_carried_out_next() throws Exception {
        AtomicBoolean requested = new AtomicBoolean(true);
        for (int call = 0; requested.getAndSet(false); call++) {
            int since = settled();
            node.sync.requestReset(null);
            node.connection.beforeCall(node.connection.calls() + call, () -> {
                requested.set(true);
                node.sync.requestReset(MOMENT);
            });
            node.poll();
            node.connection.beforeCall(Integer.MAX_VALUE, () -> {});

            int brought = pollOnce();

            assertThat(brought).as("call %s", call).isEqualTo(requested.get() ? since : 0);
        }
        world.checker.nothingIsLost();
    }

    @Test
    void given_a_moment_before_2000_when_reset_then_it_begins_at_2000() throws Exception {
        settled();
        world.resetTo(Instant.parse("2000-01-01T00:00:00Z"));
        node.sync.requestReset(Instant.parse("1969-07-20T20:17:40Z"));

        restart();

        assertThat(node.sync.since()).isEqualTo(Instant.parse("2000-01-01T00:00:00Z"));
        assertThat(pollOnce()).isEqualTo(12);
    }

    @Test
    void given_a_repository_that_fails_when_requested_then_this_process_carries_it_out() throws Exception {
        int since = settled();
        node.connection.failAfter(0, 200);
        assertThatThrownBy(() -> node.sync.requestReset(MOMENT)).hasMessageContaining("out of order");
        node.connection.heal();

        assertThat(pollOnce()).isEqualTo(since);
    }

    @Test
    void given_a_name_of_77_characters_when_the_request_is_kept_then_its_keys_fit() {
        RepositoryKeys keys = new RepositoryKeys(world.repository.new Connection(), 0);
        Set<String> before = Set.copyOf(world.repository.keys());

        new ResetRequest(keys, "n".repeat(SyncSettings.LONGEST_SYNC_ID), world.server.localClock()).request(MOMENT);

        assertThat(world.repository.keys())
                .hasSizeGreaterThan(before.size() + 7)
                .allSatisfy(key -> assertThat(key.length()).isLessThanOrEqualTo(100));
    }
}
