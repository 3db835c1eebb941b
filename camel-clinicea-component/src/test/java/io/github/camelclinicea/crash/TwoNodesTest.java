/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.sync.SyncKeys;
import io.github.camelclinicea.testing.HttpClinic;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two processes that poll the same list with the same state, which nobody should do and somebody will. A node that waits
 * for a CPU between a page and the ledger is one that stands still unseen, so nothing else may run beside it.
 */
@Tag("proof")
@Tag("alone")
class TwoNodesTest {
    private static final int DELAY_MILLIS = 200;
    private static final int PAUSES = Integer.getInteger("crash.pauses", 2);

    /** Longer than a node may stand still without noticing. */
    private static final Duration STANDSTILL = Duration.ofSeconds(8);

    @Test
    void given_two_nodes_when_one_is_paused_for_longer_than_a_poll_then_nothing_is_lost() throws Exception {
        Databases database = Databases.postgres();
        try (HttpClinic clinic = new HttpClinic(1);
                Child one = Child.start("one", clinic.baseUrl(), database.jdbcUrl(), DELAY_MILLIS, "none");
                Child two = Child.start("two", clinic.baseUrl(), database.jdbcUrl(), DELAY_MILLIS, "none")) {
            clinic.add(600);
            await().atMost(HttpClinic.PATIENCE).until(clinic::allArrived);
            for (int pause = 0; pause < PAUSES; pause++) {
                clinic.change(150);
                int arrived = clinic.arrivalCount();
                await().atMost(HttpClinic.PATIENCE).until(() -> clinic.arrivalCount() > arrived + 20);
                one.pause();
                Instant paused = Instant.now();
                // The other node goes on for several polls, and what the first one holds in its hands grows old.
                clinic.change(150);
                await().atMost(HttpClinic.PATIENCE).until(clinic::allArrivedOnce);
                clinic.change(50);
                await().atMost(HttpClinic.PATIENCE).until(clinic::allArrivedOnce);
                clinic.awaitPolls(4);
                clinic.assertCheckpointIsTrue(SyncKeys.checkpoint(HttpClinic.SYNC_ID, database.keys()));
                await().atMost(HttpClinic.PATIENCE).until(() -> Instant.now().isAfter(paused.plus(STANDSTILL)));
                int before = clinic.arrivalCount();
                one.resume();
                clinic.awaitPolls(6);
                // The row that the route had, and one that was on its way to it.
                assertThat(clinic.overtakenBy("one", before)).isLessThanOrEqualTo(2);
                clinic.assertCheckpointIsTrue(SyncKeys.checkpoint(HttpClinic.SYNC_ID, database.keys()));
            }
            clinic.change(20);
            await().atMost(HttpClinic.PATIENCE).until(clinic::allArrived);
            clinic.awaitPolls(8);

            assertThat(one.alive()).isTrue();
            assertThat(two.alive()).isTrue();
            clinic.assertNewestLast("two nodes");
        }
    }
}
