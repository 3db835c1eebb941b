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
 * Runs two processes that poll the same list with the same state. Users should not do this, and some will. Nothing else
 * may run at the same time: a node that waits for a CPU between a page and the delivery ledger is a pause that the test
 * does not see.
 */
@Tag("proof")
@Tag("alone")
class TwoNodesTest {
    private static final int DELAY_MILLIS = 200;
    private static final int PAUSES = Integer.getInteger("crash.pauses", 2);

    /** Longer than a node may pause without noticing it. */
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
                // The other node makes several polls, and the rows in the first node's memory become outdated.
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
                // The row in the route, and one that was on its way to it.
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
