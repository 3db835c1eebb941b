/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.sync.HostileServer.Order;
import io.github.camelclinicea.sync.HostileServer.Traits;
import io.github.camelclinicea.sync.SyncWorld.Node;
import io.github.camelclinicea.sync.SyncWorld.Setup;
import org.junit.jupiter.api.Test;

/**
 * Tests a row that returns to an earlier version, equal to the byte. The delivery of the earlier version must not count
 * for it.
 */
class FlipFlopTest {
    private final SyncWorld world =
            new SyncWorld(Setup.of(Traits.friendly().withoutStamps(), 12).maxRows(12));
    private final Node node = world.node();

    @Test
    void given_the_version_between_failed_when_the_row_is_what_it_was_then_it_is_delivered_again() throws Exception {
        node.poll();
        world.server.edit(3);
        node.route.failOn("3:12", 1);
        node.poll();
        world.server.restore(3);
        node.route.delivered();

        node.poll();

        assertThat(node.route.delivered()).containsExactly("3:3");
        world.settleAndCheck();
    }

    @Test
    void given_the_version_between_was_over_the_limit_when_another_follows_then_the_first_is_forgotten()
            throws Exception {
        node.poll();
        for (int row = 0; row < 12; row++) {
            world.server.edit(row);
        }
        node.route.stopAfter(5);
        node.poll();
        node.route.resume();
        node.poll();
        for (int row = 0; row < 12; row++) {
            world.server.restore(row);
        }
        node.route.delivered();

        node.poll();

        assertThat(node.route.delivered()).hasSize(12);
        world.settleAndCheck();
    }

    @Test
    void given_a_crash_at_any_call_when_the_row_is_what_it_was_then_whoever_was_shown_another_is_shown_it_again()
            throws Exception {
        int shown = 0;
        for (int call = 0; call < 12; call++) {
            SyncWorld other = new SyncWorld(Setup.of(Traits.friendly().withoutStamps(), 12));
            Node dying = other.node();
            dying.poll();
            other.server.edit(3);
            dying.route.delivered();
            dying.connection.crashAfter(call);
            dying.pollQuietly();
            other.restart(other.node());
            other.server.restore(3);

            other.node().poll();

            if (dying.route.delivered().contains("3:12")) {
                shown++;
                assertThat(other.node().route.delivered())
                        .as("crash at call %s", call)
                        .containsExactly("3:3");
            }
            other.settleAndCheck();
        }
        assertThat(shown).isPositive();
    }

    @Test
    void given_the_checkpoint_could_not_be_written_when_the_row_is_what_it_was_then_it_is_delivered_again()
            throws Exception {
        node.connection.failOnCheckpoint();
        assertThat(node.pollQuietly()).isEmpty();
        world.server.edit(3);
        node.poll();
        world.server.restore(3);
        node.route.delivered();

        node.poll();

        assertThat(node.route.delivered()).containsExactly("3:3");
        world.settleAndCheck();
    }

    @Test
    void given_the_repository_failed_at_any_call_when_a_row_is_what_it_was_then_it_is_delivered_again()
            throws Exception {
        for (int call = 0; call < 120; call++) {
            SyncWorld other =
                    new SyncWorld(Setup.of(Traits.friendly().withoutStamps(), 8).pagesInFlight(1 + call % 3));
            other.server.edit(3);
            other.node().connection.failAfter(call, 4);
            other.node().pollQuietly();
            for (int edit = 0; edit < 3; edit++) {
                other.server.edit(3);
                other.node().connection.failAfter(call / 4, 4);
                other.node().pollQuietly();
                other.server.restore(3);
                other.node().pollQuietly();
            }
            other.settleAndCheck();
        }
    }

    @Test
    void given_the_repository_failed_when_rows_are_what_they_were_and_fail_then_they_are_offered_again()
            throws Exception {
        for (int call = 0; call < 20; call++) {
            SyncWorld other =
                    new SyncWorld(Setup.of(Traits.friendly().withoutStamps().with(Order.NEWEST_FIRST, 0), 12));
            Node node = other.node();
            node.route.failOn("11:11", 1);
            node.poll();
            other.server.edit(0);
            other.server.edit(3);
            node.connection.failAfter(call, 4);
            node.pollQuietly();
            node.poll();
            other.server.restore(0);
            other.server.restore(3);
            node.route.failOn("0:0", 1);
            node.route.failOn("3:3", 1);
            node.poll();
            node.route.delivered();

            node.poll();

            assertThat(node.route.delivered())
                    .as("the repository failed at call %s", call)
                    .containsExactlyInAnyOrder("0:0", "3:3");
            other.settleAndCheck();
        }
    }
}
