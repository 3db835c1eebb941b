package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.sync.HostileServer.Time;
import io.github.camelclinicea.sync.HostileServer.Traits;
import io.github.camelclinicea.sync.SyncWorld.Setup;
import org.junit.jupiter.api.Test;

/** The rules of sync-contract section 3, one by one. */
class SyncContractTest {
    @Test
    void given_no_Date_when_a_known_row_slips_between_two_pages_then_it_is_not_delivered_again() throws Exception {
        SyncWorld world = new SyncWorld(Setup.of(Traits.friendly().with(Time.NONE, Time.RIGHT), 17));
        world.node().poll();
        world.node().route.delivered();

        world.server.beforeRequest(2, () -> world.server.edit(0));
        world.node().poll();
        assertThat(world.node().route.delivered())
                .as("held back: which is newer?")
                .isEmpty();
        world.node().poll();

        assertThat(world.node().route.delivered()).containsExactly("0:17");
    }
}
