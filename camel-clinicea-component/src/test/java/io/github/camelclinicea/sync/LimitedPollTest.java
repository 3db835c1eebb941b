/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.sync.HostileServer.Traits;
import io.github.camelclinicea.sync.PollResult.End;
import io.github.camelclinicea.sync.SyncWorld.Node;
import io.github.camelclinicea.sync.SyncWorld.Setup;
import org.junit.jupiter.api.Test;

/** Tests that a limit on the rows of a poll delivers the other rows although some always fail. */
class LimitedPollTest {
    private final SyncWorld world =
            new SyncWorld(Setup.of(Traits.friendly(), 12).maxRows(3));
    private final Node node = world.node();

    @Test
    void given_rows_that_always_fail_when_a_poll_is_limited_then_they_come_besides_the_others() throws Exception {
        node.route.failOn("0:0", 100);
        node.route.failOn("1:1", 100);

        assertThat(node.poll().end()).isEqualTo(End.LIMITED);
        assertThat(node.route.delivered()).containsExactly("0:0", "1:1", "2:2");
        assertThat(node.poll().end()).isEqualTo(End.LIMITED);
        assertThat(node.route.delivered()).containsExactly("0:0", "1:1", "3:3", "4:4", "5:5");
        assertThat(node.poll().end()).isEqualTo(End.LIMITED);
        assertThat(node.route.delivered()).containsExactly("0:0", "1:1", "6:6", "7:7", "8:8");
        assertThat(node.poll().end()).isEqualTo(End.ROWS_FAILED);
        assertThat(node.route.delivered()).containsExactly("0:0", "1:1", "9:9", "10:10", "11:11");
        world.settleAndCheck();
    }
}
